//! Scalars as signed digits.

use super::window::Task;
use super::{Scalar, Terms};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use rayon::prelude::*;
use zeroize::Zeroize;

/// Cost of adding a point into its bucket, with the search for it. Measured.
const POINT: u64 = 5;
/// Cost of weighing one bucket that has points.
const BUCKET: u64 = 10;
/// How many empty buckets cost as much as one unit.
const EMPTY: u64 = 4;
/// Cost of a window's inversions.
const WINDOW: u64 = 400;
/// The widest window: its buckets have to stay in the cache.
const WIDEST: u32 = 16;

/// A scalar in two halves: its absolute value is ±low + high·z², z being the curve's parameter.
///
/// z² times a point costs one multiplication (Gallant, Lambert, Vanstone, "Faster point multiplication on elliptic
/// curves with efficient endomorphisms", CRYPTO 2001): with twice the terms of half the length there are half as many
/// windows, and so half as many buckets to weigh.
#[derive(Clone, Copy)]
struct Halves {
    low: u128,
    high: u128,
    low_is_negative: bool,
    is_negative: bool,
}

/// The curve's parameter is minus this (draft-irtf-cfrg-pairing-friendly-curves, section 4.2.1).
const Z: u64 = 0xd201_0000_0001_0000;
const SQUARE: u128 = Z as u128 * Z as u128;

impl Halves {
    /// Nothing of what meets the identity.
    fn new<const WORDS: usize>(base: &[u64; WORDS], scalar: &Scalar) -> Halves {
        let is_negative = *scalar > Fr::MODULUS_MINUS_ONE_DIV_TWO;
        let mut value = *scalar;
        if is_negative {
            value = Fr::MODULUS;
            value.sub_with_borrow(scalar);
        }
        if base.iter().all(|word| *word == 0) {
            value = Scalar::zero();
        }
        let (low, high) = match value.num_bits() {
            0..127 => (wide(&value.0), 0),
            _ => {
                let (quotient, rest) = divide(value.0, Z);
                let (quotient, upper) = divide(quotient, Z);
                let low = u128::from(upper) * u128::from(Z) + u128::from(rest);
                (low, wide(&quotient))
            }
        };
        let low_is_negative = low > SQUARE / 2;
        Halves {
            low: if low_is_negative { SQUARE - low } else { low },
            high: high + u128::from(low_is_negative),
            low_is_negative,
            is_negative,
        }
    }

    /// The halves that are something, with their bits.
    fn terms(&self, place: usize) -> impl Iterator<Item = (u32, Term)> {
        let low = Term {
            shifted: self.low,
            base: place as u32,
            is_image: false,
            is_negative: self.is_negative != self.low_is_negative,
        };
        let high = Term {
            shifted: self.high,
            base: place as u32,
            is_image: true,
            is_negative: self.is_negative,
        };
        let with_bits = |term: Term| (u128::BITS - term.shifted.leading_zeros(), term);
        [low, high]
            .map(with_bits)
            .into_iter()
            .filter(|(bits, _)| *bits > 0)
    }
}

/// The lower two words.
fn wide([low, high, ..]: &[u64; 4]) -> u128 {
    u128::from(*high) << 64 | u128::from(*low)
}

/// Quotient and rest.
fn divide(mut value: [u64; 4], by: u64) -> ([u64; 4], u64) {
    let mut rest = 0;
    for word in value.iter_mut().rev() {
        let dividend = u128::from(rest) << 64 | u128::from(*word);
        // Both fit: the rest before is less than the divisor.
        *word = (dividend / u128::from(by)) as u64;
        rest = (dividend % u128::from(by)) as u64;
    }
    (value, rest)
}

/// One term of a sum.
#[derive(Clone, Copy)]
struct Term {
    /// Half a scalar's absolute value, plus half a window's range in every window but the last, so that each digit can
    /// be read by itself, without a carry from those below.
    shifted: u128,
    /// Its place among all bases.
    base: u32,
    /// Whether it is z² times the base that counts.
    is_image: bool,
    is_negative: bool,
}

/// Where a base goes in a window: into the bucket of a digit.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// Twice the term's place, and one more if the base is to be negated.
    pub(crate) code: u32,
    /// From 1 to half a window's range.
    pub(crate) digit: u32,
}

/// The digits of all scalars that matter, the longest scalars first.
pub(crate) struct Digits {
    terms: Vec<Term>,
    width: u32,
    /// For each window, the lowest first, how many terms may have a digit there.
    reach: Vec<usize>,
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
    /// Of terms whose scalar is not zero and whose base is not the identity.
    pub(crate) fn new<const WORDS: usize>(all: &[Terms<WORDS>]) -> Digits {
        // In place: a vector that grows would leave scalars behind.
        let length = all
            .iter()
            .map(|(bases, scalars)| bases.len().min(scalars.len()));
        let mut halves: Vec<Halves> = Vec::with_capacity(length.sum());
        for (bases, scalars) in all {
            let terms = bases.par_iter().zip(scalars.par_iter());
            halves.par_extend(terms.map(|(base, scalar)| Halves::new(base, scalar)));
        }
        let with_bits = || {
            halves
                .iter()
                .enumerate()
                .flat_map(|(place, one)| one.terms(place))
        };
        let mut longer: Longer = [0; 130];
        let mut most = 0;
        for (bits, term) in with_bits() {
            if let Some(count) = longer.get_mut(bits as usize) {
                *count += 1;
            }
            most = most.max(term.shifted);
        }
        let mut sum = 0;
        for count in longer.iter_mut().rev() {
            sum += *count;
            *count = sum;
        }
        let (width, windows) = shape(&longer, most);
        let shift = shift(width, windows);
        let nothing = Term {
            shifted: 0,
            base: 0,
            is_image: false,
            is_negative: false,
        };
        let mut terms = vec![nothing; sum];
        let mut ends = longer;
        for (bits, term) in with_bits() {
            // The longest first: those of so many bits come after all with more.
            let end = ends.get_mut(bits as usize + 1);
            if let Some((slot, end)) = end.and_then(|end| Some((terms.get_mut(*end)?, end))) {
                *slot = term;
                slot.shifted = term.shifted.wrapping_add(shift);
                *end += 1;
            }
        }
        for Halves { low, high, .. } in &mut halves {
            low.zeroize();
            high.zeroize();
        }
        let reach = (0..windows)
            .map(|window| reach(&longer, window, width))
            .collect();
        Digits {
            terms,
            width,
            reach,
        }
    }

    /// Bits of a window.
    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    /// How many windows there are, the lowest first.
    pub(crate) fn windows(&self) -> u32 {
        self.reach.len() as u32
    }

    /// The terms' bases: their places among all, and whether z² times the base is meant.
    pub(crate) fn bases(&self) -> impl IndexedParallelIterator<Item = (usize, bool)> + '_ {
        let terms = self.terms.par_iter();
        terms.map(|term| (term.base as usize, term.is_image))
    }

    /// What a window costs.
    pub(crate) fn cost(&self, window: u32) -> u64 {
        let reach = self.reach.get(window as usize).copied().unwrap_or(0);
        cost(reach, self.width)
    }

    /// The digits of a window that are not zero, of one of some equal shares of all terms.
    pub(crate) fn of(&self, task: Task) -> impl Iterator<Item = Entry> + '_ {
        let from = task.window * self.width;
        let is_last = task.window + 1 == self.windows();
        let half = if is_last { 0 } else { 1i64 << (self.width - 1) };
        let mask = (1i64 << self.width) - 1;
        let reach = self.reach.get(task.window as usize).copied().unwrap_or(0);
        let share = |share| reach * share / task.shares.max(1);
        let range = share(task.share)..share(task.share + 1);
        let terms = self.terms.get(range.clone()).unwrap_or(&[]);
        let terms = terms.iter().zip(range.start as u32..);
        terms.filter_map(move |(term, place)| {
            let digit = (term.shifted >> from) as i64 & mask;
            let digit = digit - half;
            (digit != 0).then(|| Entry {
                code: place << 1 | u32::from((digit < 0) != term.is_negative),
                digit: digit.unsigned_abs() as u32,
            })
        })
    }
}

/// How many terms have at least so many bits.
type Longer = [usize; 130];

/// Half a window's range in every window but the last.
fn shift(width: u32, windows: u32) -> u128 {
    (1..windows).fold(0, |shift, window| shift | 1 << (window * width - 1))
}

/// How many terms may have a digit in a window. Shorter ones do not reach it: with all shifts below they are less than
/// 2^(width·window).
fn reach(longer: &Longer, window: u32, width: u32) -> usize {
    let bits = (window * width).saturating_sub(1).max(1);
    longer.get(bits as usize).copied().unwrap_or(0)
}

/// The width of a window for which there is least to do, and how many windows there are.
fn shape(longer: &Longer, most: u128) -> (u32, u32) {
    // Digits reach from minus half a window's range to one less than half, in the last window from 0 to half: so much
    // room has what the shifts below leave of the largest term.
    let has_room = |width: u32, windows: u32| {
        let shifted = most.checked_add(shift(width, windows));
        shifted.is_some_and(|shifted| shifted >> (width * (windows - 1)) <= 1 << (width - 1))
    };
    let shapes = (2..=WIDEST).filter_map(|width| {
        let mut all = 1..=u128::BITS.div_ceil(width);
        Some((width, all.find(|windows| has_room(width, *windows))?))
    });
    let all = |(width, windows): &(u32, u32)| -> u64 {
        let windows = (0..*windows).map(|window| cost(reach(longer, window, *width), *width));
        windows.sum()
    };
    shapes.min_by_key(all).unwrap_or((2, 64))
}

/// Cost of a window that so many terms reach.
fn cost(terms: usize, width: u32) -> u64 {
    let (terms, buckets) = (terms as u64, 1 << (width - 1));
    POINT * terms + BUCKET * terms.min(buckets) + buckets / EMPTY + WINDOW
}
