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

/// One term of a sum.
#[derive(Clone, Copy)]
struct Term {
    /// Its place among all terms.
    base: u32,
    is_negative: bool,
    /// Bits of the scalar's absolute value; none if the base is the identity.
    bits: u16,
    /// The scalar's absolute value plus half a window's range in every window but the last, so that each digit can be
    /// read by itself, without a carry from those below.
    shifted: [u64; 4],
}

impl Term {
    fn new<const WORDS: usize>(place: usize, base: &[u64; WORDS], scalar: &Scalar) -> Term {
        let is_negative = *scalar > Fr::MODULUS_MINUS_ONE_DIV_TWO;
        let mut value = *scalar;
        if is_negative {
            value = Fr::MODULUS;
            value.sub_with_borrow(scalar);
        }
        let counts = base.iter().any(|word| *word != 0);
        Term {
            base: place as u32,
            is_negative,
            bits: if counts { value.num_bits() as u16 } else { 0 },
            shifted: value.0,
        }
    }
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
        wipe(&mut self.terms);
    }
}

fn wipe(terms: &mut [Term]) {
    terms.iter_mut().for_each(|term| term.shifted.zeroize());
}

impl Digits {
    /// Of terms whose scalar is not zero and whose base is not the identity.
    pub(crate) fn new<const WORDS: usize>(all: &[Terms<WORDS>]) -> Digits {
        // In place: a vector that grows would leave scalars behind.
        let length = all
            .iter()
            .map(|(bases, scalars)| bases.len().min(scalars.len()));
        let mut unsorted: Vec<Term> = Vec::with_capacity(length.sum());
        for (bases, scalars) in all {
            let before = unsorted.len();
            let terms = bases.par_iter().zip(scalars.par_iter()).enumerate();
            unsorted.par_extend(
                terms.map(|(place, (base, scalar))| Term::new(before + place, base, scalar)),
            );
        }
        // longer[b]: how many have at least b bits.
        let mut longer = [0usize; 258];
        for term in &unsorted {
            if let Some(count) = longer.get_mut(usize::from(term.bits)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in longer.iter_mut().rev() {
            sum += *count;
            *count = sum;
        }
        let most = unsorted.par_iter().filter(|term| term.bits > 0);
        let most = most.map(|term| Scalar::new(term.shifted)).max();
        let (width, windows) = shape(&longer, most.unwrap_or(Scalar::zero()));
        let shift = shift(width, windows);
        let mut order = vec![0u32; longer[1]];
        let mut ends = longer;
        for (place, term) in unsorted.iter().enumerate() {
            let before = ends.get_mut(usize::from(term.bits) + 1);
            if let Some((slot, end)) = before.and_then(|end| Some((order.get_mut(*end)?, end))) {
                *slot = place as u32;
                *end += 1;
            }
        }
        let mut terms = Vec::with_capacity(order.len());
        terms.par_extend(
            order
                .par_iter()
                .filter_map(|place| unsorted.get(*place as usize))
                .map(|term| {
                    let mut value = Scalar::new(term.shifted);
                    value.add_with_carry(&shift);
                    Term {
                        shifted: value.0,
                        ..*term
                    }
                }),
        );
        wipe(&mut unsorted);
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

    /// The terms' bases, as places among all terms.
    pub(crate) fn bases(&self) -> impl IndexedParallelIterator<Item = usize> + '_ {
        self.terms.par_iter().map(|term| term.base as usize)
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
        let reach = self.reach.get(task.window as usize).copied().unwrap_or(0);
        let share = |share| reach * share / task.shares.max(1);
        let range = share(task.share)..share(task.share + 1);
        let terms = self.terms.get(range.clone()).unwrap_or(&[]);
        let terms = terms.iter().zip(range.start as u32..);
        terms.filter_map(move |(term, place)| {
            let digit = bits(&term.shifted, from, self.width) as i64 - half;
            (digit != 0).then(|| Entry {
                code: place << 1 | u32::from((digit < 0) != term.is_negative),
                digit: digit.unsigned_abs() as u32,
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

/// Half a window's range in every window but the last.
fn shift(width: u32, windows: u32) -> Scalar {
    let mut shift = Scalar::zero();
    for window in 1..windows {
        let bit = window * width - 1;
        if let Some(limb) = shift.0.get_mut((bit / 64) as usize) {
            *limb |= 1 << (bit % 64);
        }
    }
    shift
}

/// How many terms may have a digit in a window. Shorter scalars do not reach it: with all shifts below they are less
/// than 2^(width·window).
fn reach(longer: &[usize; 258], window: u32, width: u32) -> usize {
    let bits = (window * width).saturating_sub(1).max(1);
    longer.get(bits as usize).copied().unwrap_or(0)
}

/// The width of a window for which there is least to do, and how many windows there are.
fn shape(longer: &[usize; 258], most: Scalar) -> (u32, u32) {
    // Digits reach from minus half a window's range to one less than half, in the last window from 0 to half: so much
    // room has what the shifts below leave of the largest scalar.
    let has_room = |width: u32, windows: u32| {
        let mut shifted = most;
        let is_over = shifted.add_with_carry(&shift(width, windows));
        let digit = shifted >> (width * (windows - 1));
        !is_over && digit <= Scalar::from(1u64 << (width - 1))
    };
    let shapes = (2..=WIDEST).filter_map(|width| {
        let mut all = 1..=256u32.div_ceil(width);
        Some((width, all.find(|windows| has_room(width, *windows))?))
    });
    let all = |(width, windows): &(u32, u32)| -> u64 {
        let windows = (0..*windows).map(|window| cost(reach(longer, window, *width), *width));
        windows.sum()
    };
    shapes.min_by_key(all).unwrap_or((2, 128))
}

/// Cost of a window that so many terms reach.
fn cost(terms: usize, width: u32) -> u64 {
    let (terms, buckets) = (terms as u64, 1 << (width - 1));
    POINT * terms + BUCKET * terms.min(buckets) + buckets / EMPTY + WINDOW
}
