//! Scalars as signed digits.

use super::Scalar;
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use rayon::prelude::*;
use zeroize::Zeroize;

/// Cost of adding a point into its bucket, with the search for it. Measured.
const POINT: u64 = 5;
/// Cost of weighing one bucket that has points.
const BUCKET: u64 = 8;
/// How many empty buckets cost as much as one unit.
const EMPTY: u64 = 4;
/// The widest window: its buckets have to stay in the cache.
const WIDEST: u32 = 16;

/// One term of a sum.
struct Term {
    base: u32,
    is_negative: bool,
    /// The scalar's absolute value plus half a window's range in every window, so that each digit can be read by
    /// itself, without a carry from those below.
    shifted: [u64; 4],
}

/// Where a base goes in a window: into the bucket of a digit, as it is or negated.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) base: u32,
    /// From 1 to half a window's range.
    pub(crate) digit: u32,
    pub(crate) is_negative: bool,
}

/// The digits of all scalars that matter.
pub(crate) struct Digits {
    terms: Vec<Term>,
    width: u32,
    windows: u32,
}

/// Scalars are secret.
impl Drop for Digits {
    fn drop(&mut self) {
        self.terms
            .iter_mut()
            .for_each(|term| term.shifted.zeroize());
    }
}

impl Digits {
    /// Takes scalars with their bases; zeros and bases that do not count are left out.
    pub(crate) fn new<B>(scalars: &[Scalar], bases: &[B], counts: impl Fn(&B) -> bool) -> Digits {
        let half = Fr::MODULUS_MINUS_ONE_DIV_TWO;
        // In place: a vector that grows would leave scalars behind.
        let mut terms = Vec::with_capacity(scalars.len().min(bases.len()));
        for (index, (scalar, base)) in scalars.iter().zip(bases).enumerate() {
            if scalar.is_zero() || !counts(base) {
                continue;
            }
            let is_negative = *scalar > half;
            let mut value = *scalar;
            if is_negative {
                value = Fr::MODULUS;
                value.sub_with_borrow(scalar);
            }
            terms.push(Term {
                base: index as u32,
                is_negative,
                shifted: value.0,
            });
        }
        let (width, windows) = shape(&terms);
        let shift = shift(width, windows);
        terms.par_iter_mut().for_each(|term| {
            let mut value = Scalar::new(term.shifted);
            value.add_with_carry(&shift);
            term.shifted = value.0;
        });
        Digits {
            terms,
            width,
            windows,
        }
    }

    /// Bits of a window.
    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    /// How many windows there are, the lowest first.
    pub(crate) fn windows(&self) -> u32 {
        self.windows
    }

    /// The digits of a window that are not zero.
    pub(crate) fn of(&self, window: u32) -> impl Iterator<Item = Entry> + '_ {
        let from = window * self.width;
        let half = 1i64 << (self.width - 1);
        self.terms.iter().filter_map(move |term| {
            let digit = bits(&term.shifted, from, self.width) as i64 - half;
            (digit != 0).then(|| Entry {
                base: term.base,
                digit: digit.unsigned_abs() as u32,
                is_negative: (digit < 0) != term.is_negative,
            })
        })
    }
}

/// `width` bits from bit `from` on.
fn bits(value: &[u64; 4], from: u32, width: u32) -> u64 {
    let (limb, start) = ((from / 64) as usize, from % 64);
    let low = value.get(limb).copied().unwrap_or(0) >> start;
    let high = match start {
        0 => 0,
        start => value.get(limb + 1).copied().unwrap_or(0) << (64 - start),
    };
    (low | high) & ((1 << width) - 1)
}

/// Half a window's range in every window. All windows end below bit 256: a scalar's absolute value is below 2^254.
fn shift(width: u32, windows: u32) -> Scalar {
    let mut shift = Scalar::zero();
    for window in 0..windows {
        let bit = window * width + width - 1;
        if let Some(limb) = shift.0.get_mut((bit / 64) as usize) {
            *limb |= 1 << (bit % 64);
        }
    }
    shift
}

/// The width of a window for which there is least to do, and how many windows there are.
fn shape(terms: &[Term]) -> (u32, u32) {
    // longer[b]: how many have more than b bits.
    let mut longer = [0u64; 257];
    for term in terms {
        if let Some(count) = longer.get_mut(Scalar::new(term.shifted).num_bits() as usize) {
            *count += 1;
        }
    }
    let longest = longer.iter().rposition(|count| *count > 0).unwrap_or(0) as u32;
    let mut sum = 0;
    for count in longer.iter_mut().rev() {
        (*count, sum) = (sum, sum + *count);
    }
    let most = terms.iter().map(|term| Scalar::new(term.shifted)).max();
    let most = most.unwrap_or(Scalar::zero());
    // Digits reach from minus half a window's range to one less than half: the shifted values must have room.
    let has_room = |width: u32, windows: u32| {
        let mut shifted = most;
        let is_over = shifted.add_with_carry(&shift(width, windows));
        !is_over && shifted.num_bits() <= width * windows
    };
    let shapes = (2..=WIDEST).filter_map(|width| {
        let mut all = longest.div_ceil(width)..=256 / width;
        Some((width, all.find(|windows| has_room(width, *windows))?))
    });
    let cost = |(width, windows): &(u32, u32)| -> u64 {
        let additions = (0..*windows).map(|window| {
            let terms = longer.get((window * width) as usize).copied().unwrap_or(0);
            let buckets = 1 << (width - 1);
            POINT * terms + BUCKET * terms.min(buckets) + buckets / EMPTY
        });
        additions.sum()
    };
    shapes.min_by_key(cost).unwrap_or((2, 128))
}
