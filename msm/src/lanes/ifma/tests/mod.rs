//! The arithmetic compared with arkworks up to the ends of its bounds, and its bounds for all operands.

mod chosen;
mod intervals;
mod values;

use super::near::{DOWN, GREATEST_MULTIPLE, INTEGER, LEAST_MULTIPLE, MULTIPLES, Quotient, SHARE};
use crate::simd52::exact::Exact;
use crate::simd52::interval::Interval;

impl Quotient for Exact {
    type Multiple = usize;

    fn multiple(top: Self) -> usize {
        let share = (top.0 as f64).mul_add(SHARE, -DOWN);
        ((share + INTEGER).to_bits() & 7) as usize
    }

    fn limb(multiple: usize, limb: usize) -> Self {
        Exact(MULTIPLES[limb][multiple].into())
    }
}

/// Any multiple.
impl Quotient for Interval {
    type Multiple = ();

    fn multiple(_: Self) {}

    fn limb((): (), limb: usize) -> Self {
        let modulus: i128 = super::limbs::MODULUS[limb].into();
        let [least, greatest] = [LEAST_MULTIPLE, GREATEST_MULTIPLE].map(i128::from);
        Interval::new(least * modulus, greatest * modulus)
    }
}
