//! Scalars as signed digits.

use super::Terms;
use super::halves::Halves;
use rayon::prelude::*;
use zeroize::{DefaultIsZeroes, Zeroize};

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
/// Terms of more bits are long. Most of a witness are bits, limbs and words.
const LONG: u32 = 34;
/// Scalars that are worth a task of their own.
const CHUNK: usize = 1 << 12;

/// One term of a sum.
#[derive(Clone, Copy, Default)]
pub(crate) struct Term {
    /// Half a scalar's absolute value, plus half a window's range in every window but the last, so that each digit can
    /// be read by itself, without a carry from those below.
    pub(crate) shifted: u128,
    /// Its place among all bases.
    pub(crate) base: u32,
    /// Whether it is z² times the base that counts.
    pub(crate) is_image: bool,
    pub(crate) is_negative: bool,
}

impl DefaultIsZeroes for Term {}

impl Term {
    /// Bits of what has not been shifted yet.
    fn bits(&self) -> u32 {
        u128::BITS - self.shifted.leading_zeros()
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

/// The digits of all scalars that matter, the long ones first.
pub(crate) struct Digits {
    terms: Vec<Term>,
    /// How many of them are long.
    long: usize,
    width: u32,
    windows: u32,
}

/// Scalars are secret.
impl Drop for Digits {
    fn drop(&mut self) {
        self.terms.iter_mut().for_each(Zeroize::zeroize);
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
        let chunks: Vec<Lengths> = halves.par_chunks(CHUNK).map(Lengths::of).collect();
        let lengths = Lengths::sum(&chunks);
        let (width, windows) = shape(&lengths);
        let shift = shift(width, windows);

        // Every chunk's terms have places of their own.
        let long = lengths.longer_than(LONG);
        let mut terms = vec![Term::default(); lengths.longer_than(0)];
        let (mut long_terms, mut short_terms) = terms.split_at_mut(long);
        let mut places = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            let long = chunk.longer_than(LONG);
            let short = chunk.longer_than(0) - long;
            places.push((
                split_off(&mut long_terms, long),
                split_off(&mut short_terms, short),
            ));
        }
        let chunks = halves.par_chunks_mut(CHUNK).zip(places).enumerate();
        chunks.for_each(|(chunk, (halves, (long, short)))| {
            let (mut long, mut short) = (long.iter_mut(), short.iter_mut());
            for (place, halves) in (chunk * CHUNK..).zip(halves) {
                for mut term in halves.terms(place) {
                    let is_long = term.bits() > LONG;
                    let slot = if is_long { long.next() } else { short.next() };
                    if let Some(slot) = slot {
                        term.shifted = term.shifted.wrapping_add(shift);
                        *slot = term;
                    }
                }
                halves.zeroize();
            }
        });
        Digits {
            terms,
            long,
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

    /// The terms' bases: their places among all, and whether z² times the base is meant.
    pub(crate) fn bases(&self) -> impl IndexedParallelIterator<Item = (usize, bool)> + '_ {
        let terms = self.terms.par_iter();
        terms.map(|term| (term.base as usize, term.is_image))
    }

    /// The digits of a window that are not zero.
    pub(crate) fn of(&self, window: u32) -> impl Iterator<Item = Entry> + '_ {
        let from = window * self.width;
        let mask = (1i64 << self.width) - 1;
        let is_last = window + 1 == self.windows;
        let half = if is_last { 0 } else { 1i64 << (self.width - 1) };
        let count = match reaches(LONG, window, self.width) {
            true => self.terms.len(),
            false => self.long,
        };
        let terms = self.terms.iter().take(count).zip(0u32..);
        terms.filter_map(move |(term, place)| {
            let digit = ((term.shifted >> from) as i64 & mask) - half;
            (digit != 0).then(|| Entry {
                code: place << 1 | u32::from((digit < 0) != term.is_negative),
                digit: digit.unsigned_abs() as u32,
            })
        })
    }
}

/// Cuts off the first so many.
fn split_off<'a>(terms: &mut &'a mut [Term], count: usize) -> &'a mut [Term] {
    let all = std::mem::take(terms);
    let (first, others) = all.split_at_mut(count.min(all.len()));
    *terms = others;
    first
}

/// How many terms have each number of bits.
struct Lengths([usize; 129]);

impl Lengths {
    fn of(halves: &[Halves]) -> Lengths {
        let mut counts = [0; 129];
        for term in halves.iter().flat_map(|halves| halves.terms(0)) {
            if let Some(count) = counts.get_mut(term.bits() as usize) {
                *count += 1;
            }
        }
        Lengths(counts)
    }

    fn sum(all: &[Lengths]) -> Lengths {
        Lengths(std::array::from_fn(|bits| {
            all.iter().filter_map(|one| one.0.get(bits)).sum()
        }))
    }

    fn longer_than(&self, bits: u32) -> usize {
        self.0.iter().skip(bits as usize + 1).sum()
    }

    /// The most bits of a term.
    fn longest(&self) -> u32 {
        let longest = self.0.iter().rposition(|count| *count > 0);
        longest.unwrap_or(0) as u32
    }

    /// How many terms may have a digit in a window.
    fn reach(&self, window: u32, width: u32) -> usize {
        let short = (0..129).take_while(|bits| !reaches(*bits, window, width));
        self.longer_than((short.count() as u32).max(1) - 1)
    }
}

/// Whether a term of so many bits may have a digit in a window. Shorter ones do not: with all shifts below they are less
/// than 2^(width·window).
fn reaches(bits: u32, window: u32, width: u32) -> bool {
    bits + 1 >= window * width
}

/// Half a window's range in every window but the last.
fn shift(width: u32, windows: u32) -> u128 {
    (1..windows).fold(0, |shift, window| shift | 1 << (window * width - 1))
}

/// The width of a window for which there is least to do, and how many windows there are.
fn shape(lengths: &Lengths) -> (u32, u32) {
    let most = u128::MAX.checked_shr(u128::BITS - lengths.longest());
    // Digits reach from minus half a window's range to one less than half, in the last window from 0 to half: so much
    // room has what the shifts below leave of the largest term.
    let has_room = |width: u32, windows: u32| {
        let shifted = most.unwrap_or(0).checked_add(shift(width, windows));
        shifted.is_some_and(|shifted| shifted >> (width * (windows - 1)) <= 1 << (width - 1))
    };
    let shapes = (2..=WIDEST).filter_map(|width| {
        let mut all = 1..=u128::BITS.div_ceil(width);
        Some((width, all.find(|windows| has_room(width, *windows))?))
    });
    let all = |(width, windows): &(u32, u32)| -> u64 {
        let windows = (0..*windows).map(|window| cost(lengths.reach(window, *width), *width));
        windows.sum()
    };
    shapes.min_by_key(all).unwrap_or((2, 64))
}

/// Cost of a window that so many terms reach.
fn cost(terms: usize, width: u32) -> u64 {
    let (terms, buckets) = (terms as u64, 1 << (width - 1));
    POINT * terms + BUCKET * terms.min(buckets) + buckets / EMPTY + WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bls12_381::Fr;
    use ark_ff::{AdditiveGroup, Field, PrimeField, UniformRand};
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use std::collections::BTreeSet;

    /// Near a power of two, a multiple of one with z², or what is halfway to the next multiple of z².
    fn edge(rng: &mut ChaCha8Rng, square: Fr) -> Fr {
        let [low, high] = [(); 2].map(|()| Fr::from(2u64).pow([rng.gen_range(0..255)]));
        let delta = Fr::from(rng.gen_range(0..4)) - Fr::from(2u64);
        let half = Fr::from(u128::from(0x6900_8000_0000_8000u64) * 0xd201_0000_0001_0000);
        delta
            + match rng.gen_range(0..5) {
                0 => low,
                1 => low + high * square,
                2 => half + square * Fr::from(rng.gen_range(0..9)),
                // As long as a short term may be.
                _ => Fr::from((1u64 << LONG) - 3),
            }
    }

    /// However wide the windows are, which depends on how many scalars there are.
    #[test]
    fn digits_add_up_to_their_scalars() {
        let rng = &mut ChaCha8Rng::seed_from_u64(1);
        let square = Fr::from(0xd201_0000_0001_0000u64).square();
        let mut widths = BTreeSet::new();
        for count in [1, 30, 70, 150, 300, 700, 2_000, 9_000, 70_000] {
            let scalars = (0..count).map(|_| match rng.gen_range(0..4) {
                0 => Fr::rand(rng),
                1 => -edge(rng, square),
                _ => edge(rng, square),
            });
            let scalars: Vec<Fr> = scalars.collect();
            let numbers: Vec<_> = scalars.iter().map(|s| s.into_bigint()).collect();
            let digits = Digits::new(&[(&vec![[1u64]; count], &numbers)]);
            let mut sums = vec![Fr::ZERO; count];
            let mut weight = Fr::ONE;
            for window in 0..digits.windows() {
                for Entry { code, digit } in digits.of(window) {
                    assert!((1..=1 << (digits.width() - 1)).contains(&digit));
                    let term = &digits.terms[code as usize >> 1];
                    let of_base = if term.is_image { square } else { Fr::ONE };
                    let value = weight * Fr::from(digit) * of_base;
                    sums[term.base as usize] += if code & 1 == 1 { -value } else { value };
                }
                weight *= Fr::from(1u64 << digits.width());
            }
            assert!(sums == scalars, "{count}");
            widths.insert(digits.width());
        }
        assert!(widths.len() > 5, "{widths:?}");
    }
}
