//! The transforms with arkworks' arithmetic, for any CPU.

use super::coset::coset_offset;
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// Values of the smallest parallel task.
const MIN_TASK: usize = 1 << 12;
/// Up to so many values are transformed level by level, without recursion: they fit into the first cache.
const MAX_ITERATIVE: usize = 1 << 9;

/// See [`super::Transform`].
pub(super) struct PortableTransform {
    size: usize,
    /// For each index below n/2, ω^−e with e the index bit-reversed.
    inverse_roots: Vec<Fr>,
    /// For each index below n, ψ^e with e the index bit-reversed. As ψ² = ω, the first n/2 are powers of ω.
    coset_powers: Vec<Fr>,
    /// 1/n, the factor of the inverse transform.
    inverse_size: Fr,
}

impl PortableTransform {
    pub(super) fn new(size: usize) -> Option<Self> {
        let root = coset_offset(size)?;
        let inverse = root.inverse()?;
        let (inverse_roots, coset_powers) = rayon::join(
            || reversed_powers(inverse.square(), size / 2),
            || reversed_powers(root, size),
        );
        Some(PortableTransform {
            size,
            inverse_roots,
            coset_powers,
            inverse_size: Fr::from(size as u64).inverse()?,
        })
    }

    pub(super) fn on_coset(&self, values: &[Fr]) -> Zeroizing<Vec<Fr>> {
        // Allocated once: a vector that grows leaves copies of its values in freed memory.
        let mut all = Zeroizing::new(vec![Fr::default(); self.size]);
        for (slot, value) in all.iter_mut().zip(values) {
            *slot = *value;
        }
        split(&mut all, &self.inverse_roots, 0);
        let pairs = all
            .par_iter_mut()
            .zip(&self.coset_powers)
            .with_min_len(MIN_TASK);
        pairs.for_each(|(coefficient, power)| *coefficient *= *power * self.inverse_size);
        merge(&mut all, &self.coset_powers, 0);
        all
    }
}

/// The products, point by point.
pub(super) fn times(mut one: Zeroizing<Vec<Fr>>, other: &[Fr]) -> Zeroizing<Vec<Fr>> {
    let pairs = one.par_iter_mut().zip(other).with_min_len(MIN_TASK);
    pairs.for_each(|(one, other)| *one *= other);
    one
}

/// For each index below `count`, a power of two, root^e with e the index bit-reversed.
fn reversed_powers(root: Fr, count: usize) -> Vec<Fr> {
    let mut powers = Vec::with_capacity(count);
    // squares[k] = root^(2^k)
    let squares: Vec<Fr> = std::iter::successors(Some(root), |root| Some(root.square()))
        .take(count.checked_ilog2().unwrap_or(0) as usize)
        .collect();
    if count > 0 {
        powers.push(Fr::one());
    }
    for square in squares.iter().rev() {
        for index in 0..powers.len() {
            let power = powers.get(index).copied().unwrap_or_default();
            powers.push(power * square);
        }
    }
    powers
}

/// The root of a block.
fn root(roots: &[Fr], block: usize) -> Fr {
    roots.get(block).copied().unwrap_or_default()
}

/// Cooley–Tukey butterflies on all levels of a block: input in order, output bit-reversed.
fn split(values: &mut [Fr], roots: &[Fr], block: usize) {
    let length = values.len();
    if length <= MAX_ITERATIVE {
        let mut size = length;
        let mut first = block;
        while size > 1 {
            for (index, values) in values.chunks_exact_mut(size).enumerate() {
                split_once(values, roots, first + index);
            }
            size /= 2;
            first *= 2;
        }
        return;
    }
    split_once(values, roots, block);
    let (low, high) = values.split_at_mut(length / 2);
    both_halves(
        length,
        || split(low, roots, 2 * block),
        || split(high, roots, 2 * block + 1),
    );
}

/// One level of [`split`]. The root of block 0 is one.
fn split_once(values: &mut [Fr], roots: &[Fr], block: usize) {
    let root = root(roots, block);
    butterflies(values, |low, high| {
        let scaled = match block {
            0 => *high,
            _ => *high * root,
        };
        *high = *low - scaled;
        *low += scaled;
    });
}

/// The inverse of [`split`] up to a factor, by Gentleman–Sande butterflies ("Fast Fourier transforms: for fun and profit",
/// AFIPS 1966): input bit-reversed, output in order.
fn merge(values: &mut [Fr], roots: &[Fr], block: usize) {
    let length = values.len();
    if length <= MAX_ITERATIVE {
        let mut size = 2;
        while size <= length {
            let first = block * (length / size);
            for (index, values) in values.chunks_exact_mut(size).enumerate() {
                merge_once(values, roots, first + index);
            }
            size *= 2;
        }
        return;
    }
    let (low, high) = values.split_at_mut(length / 2);
    both_halves(
        length,
        || merge(low, roots, 2 * block),
        || merge(high, roots, 2 * block + 1),
    );
    merge_once(values, roots, block);
}

/// One level of [`merge`]. The root of block 0 is one.
fn merge_once(values: &mut [Fr], roots: &[Fr], block: usize) {
    let root = root(roots, block);
    butterflies(values, |low, high| {
        let difference = *low - *high;
        *low += *high;
        *high = match block {
            0 => difference,
            _ => difference * root,
        };
    });
}

/// Applies a butterfly to each value of the lower half and the corresponding one of the upper.
fn butterflies(values: &mut [Fr], butterfly: impl Fn(&mut Fr, &mut Fr) + Sync) {
    let half = values.len() / 2;
    let (low, high) = values.split_at_mut(half);
    if half > MIN_TASK {
        let pairs = low.par_iter_mut().zip(high).with_min_len(MIN_TASK);
        pairs.for_each(|(low, high)| butterfly(low, high));
    } else {
        let pairs = low.iter_mut().zip(high);
        pairs.for_each(|(low, high)| butterfly(low, high));
    }
}

/// Both halves of a block, in parallel if the block is large enough.
fn both_halves(length: usize, one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    if length > MIN_TASK {
        rayon::join(one, other);
    } else {
        one();
        other();
    }
}
