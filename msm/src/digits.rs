//! Scalars as signed digits.

use super::decomposition::{Decomposition, LOWER_BITS, is_sparse};
use super::input::Terms;
use super::signed_index::SignedIndex;
use super::term::{Part, Term};
use super::window_shape::{LONG, TermCounts, reaches, signed_digit_offset, window_shape};
use rayon::prelude::*;
use zeroize::Zeroize;

/// Scalars of one task.
const CHUNK: usize = 1 << 12;
/// With fewer sparse scalars the windows of their upper halves cost more than they save.
const MIN_SPARSE: usize = 1 << 11;

/// A base of a window and the bucket it is added to.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// Index of the term, with the sign of its digit.
    pub(crate) point: SignedIndex,
    /// The digit's absolute value: from 1 to half a window's range.
    pub(crate) digit: u32,
}

/// The signed digits (Booth, "A signed binary multiplication technique", Quarterly Journal of Mechanics and Applied
/// Mathematics 4, 1951) of all terms that are not zero: the long terms, the short ones, and the upper halves of sparse
/// scalars.
pub(crate) struct Digits {
    terms: Vec<Term>,
    /// Number of long terms.
    long: usize,
    /// Number of short terms.
    short: usize,
    width: u32,
    /// Number of windows of the lower components, and of the upper halves if there are any.
    windows: u32,
}

/// Scalars are secret.
impl Drop for Digits {
    fn drop(&mut self) {
        self.terms.iter_mut().for_each(Zeroize::zeroize);
    }
}

impl Digits {
    /// Leaves out terms whose scalar is zero or whose base is the identity.
    pub(crate) fn new<const WORDS: usize>(all: &[Terms<WORDS>]) -> Digits {
        let pairs = |(bases, scalars): &Terms<WORDS>| bases.len().min(scalars.len());
        let sparse = all.iter().map(|(bases, scalars)| {
            let pairs = bases.par_iter().zip(scalars.par_iter());
            pairs.filter(|(_, scalar)| is_sparse(scalar)).count()
        });
        let may_cut = sparse.sum::<usize>() >= MIN_SPARSE;
        // With its final capacity: a vector that grows leaves copies of scalars in freed memory.
        let mut scalars: Vec<Decomposition> = Vec::with_capacity(all.iter().map(pairs).sum());
        for (bases, integers) in all {
            let terms = bases.par_iter().zip(integers.par_iter());
            scalars
                .par_extend(terms.map(|(base, scalar)| Decomposition::new(base, scalar, may_cut)));
        }
        let chunks: Vec<TermCounts> = scalars.par_chunks(CHUNK).map(TermCounts::of).collect();
        let counts = TermCounts::sum(&chunks);
        let (width, windows) = window_shape(&counts);
        let offset = signed_digit_offset(width, windows);

        // The terms of each chunk go to slices of their own.
        let (long, short) = (counts.long(), counts.short());
        let mut terms = vec![Term::default(); long + short + counts.upper()];
        let (mut long_terms, others) = terms.split_at_mut(long);
        let (mut short_terms, mut upper_terms) = others.split_at_mut(short);
        let mut slices = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            slices.push([
                split_off_first(&mut long_terms, chunk.long()),
                split_off_first(&mut short_terms, chunk.short()),
                split_off_first(&mut upper_terms, chunk.upper()),
            ]);
        }
        let chunks = scalars.par_chunks_mut(CHUNK).zip(slices).enumerate();
        chunks.for_each(|(chunk, (scalars, slices))| {
            let [mut long, mut short, mut upper] = slices.map(|slice| slice.iter_mut());
            for (base, scalar) in (chunk * CHUNK..).zip(scalars) {
                for mut term in scalar.terms(base) {
                    let slots = match (term.part, term.bits() > LONG) {
                        (Part::Upper, _) => &mut upper,
                        (_, true) => &mut long,
                        (_, false) => &mut short,
                    };
                    if let Some(slot) = slots.next() {
                        term.magnitude = term.magnitude.wrapping_add(offset);
                        *slot = term;
                    }
                }
                scalar.zeroize();
            }
        });
        Digits {
            terms,
            long,
            short,
            width,
            windows,
        }
    }

    /// Bits of a window.
    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    /// Number of windows. Window 0 is the lowest. Those of upper halves come last.
    pub(crate) fn windows(&self) -> u32 {
        let has_upper = self.terms.len() > self.long + self.short;
        self.windows * if has_upper { 2 } else { 1 }
    }

    /// The place of a window's lowest bit: a digit 1 stands for 2 to the power of it.
    pub(crate) fn lowest_bit(&self, window: u32) -> u32 {
        match window.checked_sub(self.windows) {
            Some(upper) => LOWER_BITS + upper * self.width,
            None => window * self.width,
        }
    }

    /// For each term the index of its base, and whether the point is z² times the base.
    pub(crate) fn bases(&self) -> impl IndexedParallelIterator<Item = (usize, bool)> + '_ {
        let terms = self.terms.par_iter();
        terms.map(|term| (term.base as usize, term.part == Part::Endomorphism))
    }

    /// The digits of a window that are not zero.
    pub(crate) fn of(&self, window: u32) -> impl Iterator<Item = Entry> + '_ {
        let lower = self.long + self.short;
        let (window, terms) = match window.checked_sub(self.windows) {
            Some(upper) => (upper, lower..self.terms.len()),
            None if reaches(LONG, window, self.width) => (window, 0..lower),
            None => (window, 0..self.long),
        };
        let from = window * self.width;
        let mask = (1i64 << self.width) - 1;
        let is_last = window + 1 == self.windows;
        let half = if is_last { 0 } else { 1i64 << (self.width - 1) };
        let indices = terms.start as u32..;
        let terms = self.terms.iter().take(terms.end).skip(terms.start);
        terms.zip(indices).filter_map(move |(term, index)| {
            let digit = ((term.magnitude >> from) as i64 & mask) - half;
            (digit != 0).then(|| Entry {
                point: SignedIndex::new(index, (digit < 0) != term.is_negative),
                digit: digit.unsigned_abs() as u32,
            })
        })
    }
}

/// Cuts off the first `count` terms, and leaves the rest in `terms`.
fn split_off_first<'a>(terms: &mut &'a mut [Term], count: usize) -> &'a mut [Term] {
    let all = std::mem::take(terms);
    let (first, others) = all.split_at_mut(count.min(all.len()));
    *terms = others;
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_bls12_381::Fr;
    use ark_ff::{AdditiveGroup, Field, PrimeField, UniformRand};
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use std::collections::BTreeSet;

    /// A scalar near a power of two, near the sum of one and z² times another, or halfway between multiples of z².
    fn edge_scalar(rng: &mut ChaCha8Rng, z_squared: Fr) -> Fr {
        let [low, high] = [(); 2].map(|()| Fr::from(2u64).pow([rng.gen_range(0..255)]));
        let delta = Fr::from(rng.gen_range(0..4)) - Fr::from(2u64);
        let half = Fr::from(u128::from(0x6900_8000_0000_8000u64) * 0xd201_0000_0001_0000);
        delta
            + match rng.gen_range(0..5) {
                0 => low,
                1 => low + high * z_squared,
                2 => half + z_squared * Fr::from(rng.gen_range(0..9)),
                // The longest short term.
                _ => Fr::from((1u64 << LONG) - 3),
            }
    }

    /// A few bits in up to two places, of either sign.
    fn sparse_scalar(rng: &mut ChaCha8Rng) -> Fr {
        let places = [(); 2].map(|()| Fr::from(2u64).pow([rng.gen_range(0..250)]));
        let sum: Fr = places
            .map(|place| Fr::from(rng.gen_range(0u32..8)) * place)
            .iter()
            .sum();
        if rng.r#gen() { -sum } else { sum }
    }

    /// For every width, which depends on the number of scalars.
    #[test]
    fn signed_digits_sum_to_their_scalars_at_every_width() {
        let rng = &mut ChaCha8Rng::seed_from_u64(1);
        let z_squared = Fr::from(0xd201_0000_0001_0000u64).square();
        let (mut widths, mut cut) = (BTreeSet::new(), false);
        for count in [1, 30, 70, 150, 300, 700, 2_000, 9_000, 70_000] {
            let scalars = (0..count).map(|_| match rng.gen_range(0..5) {
                0 => Fr::rand(rng),
                1 => -edge_scalar(rng, z_squared),
                2 => sparse_scalar(rng),
                _ => edge_scalar(rng, z_squared),
            });
            let scalars: Vec<Fr> = scalars.collect();
            let numbers: Vec<_> = scalars.iter().map(|s| s.into_bigint()).collect();
            let digits = Digits::new(&[(&vec![[1u64]; count], &numbers)]);
            let mut sums = vec![Fr::ZERO; count];
            for window in 0..digits.windows() {
                let weight = Fr::from(2u64).pow([digits.lowest_bit(window).into()]);
                for Entry { point, digit } in digits.of(window) {
                    assert!((1..=1 << (digits.width() - 1)).contains(&digit));
                    let term = &digits.terms[point.index()];
                    let multiple = match term.part {
                        Part::Endomorphism => z_squared,
                        Part::Low | Part::Upper => Fr::ONE,
                    };
                    let value = weight * Fr::from(digit) * multiple;
                    sums[term.base as usize] += if point.is_negative() { -value } else { value };
                }
            }
            assert!(sums == scalars, "{count}");
            widths.insert(digits.width());
            cut |= digits.windows() > digits.windows;
        }
        assert!(cut, "no sparse scalars");
        assert!(widths.len() > 5, "{widths:?}");
    }
}
