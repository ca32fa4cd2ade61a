//! Fact 2 for bitwise operations. One lookup covers the whole tuple of a digit, so a row is the sum of the tuples of
//! its digits. The row has no columns for its operation and its words.

use super::context::Sum;
use super::tuples::Tuple;
use super::{Basis, Bounded, Context, Fact, Interval, Numerator};
use crate::circuit::builder::Lc;
use crate::circuit::builder::recompose;
use crate::circuit::family::Family;
use crate::circuit::tuple::{COPROCESSOR, digits};
use crate::circuit::variable::{ONE, Var};

impl Context<'_> {
    /// Requires each of these to be the tuple of one digit of AND, OR or XOR. Returns the tuple of the words that the
    /// digits make. Each field of it is a sum of digits that does not carry into the next field.
    pub(super) fn digits(&mut self, digit_tuples: &[Var]) -> Tuple {
        for digit in digit_tuples {
            self.require_committed("a digit", &(*digit).into());
            let alone = Tuple::single((*digit).into());
            self.add(Sum::Digit, Family::DigitTable, alone, Numerator::one());
        }
        let bits = self.layout.capacities.digit_bits();
        let word = Interval::of(0, (1 << (bits * digit_tuples.len() as u32)) - 1);
        let basis = Basis::of(Fact::Ranges);
        // The fields are not expressions of their own, so only their bounds are checked.
        let field = |interval| Bounded::known(Lc::zero(), interval, basis);
        let fields = [word, Interval::of(0, 0), word, word, word].map(field);
        let checked = self.pack(&COPROCESSOR, "bitwise", &fields, 0);
        checked.plus(recompose(digit_tuples, bits))
    }

    /// The table of digits.
    pub fn digit_table(&mut self) {
        let block = self.layout.digit;
        let entries = digits(self.layout.capacities.digit_bits());
        for (index, entry) in (0..block.rows).zip(entries) {
            let tuple = Tuple::single(Lc::from(ONE) * entry);
            let multiplicity = Numerator::Multiplicity(block.at(index, 0));
            self.take(Sum::Digit, Family::DigitTable, tuple, multiplicity);
        }
    }
}
