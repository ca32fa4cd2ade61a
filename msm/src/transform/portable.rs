//! The transforms with arkworks' arithmetic, for any CPU.

use super::coset_offset;
use ark_bls12_381::Fr;
use ark_ff::{Field, One};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// Values that are worth a task of their own.
const TASK: usize = 1 << 12;
/// Values that are transformed level by level: fewer calls, and all in the first cache.
const LEVELS: usize = 1 << 9;

/// See [`super::Transform`].
pub(super) struct Transform {
    size: usize,
    /// ω^−e for e the bit-reversed index among n/2.
    back: Vec<Fr>,
    /// ψ^e for e the bit-reversed index among n, with ψ² = ω: up to n/2 these are ω's powers, as `back` has them.
    forth: Vec<Fr>,
    /// One divided by n, which the two transforms would leave.
    share: Fr,
}

impl Transform {
    pub(super) fn new(size: usize) -> Option<Self> {
        let root = coset_offset(size)?;
        let inverse = root.inverse()?;
        let (back, forth) = rayon::join(
            || reversed_powers(inverse.square(), size / 2),
            || reversed_powers(root, size),
        );
        Some(Transform {
            size,
            back,
            forth,
            share: Fr::from(size as u64).inverse()?,
        })
    }

    pub(super) fn on_coset(&self, values: &[Fr]) -> Zeroizing<Vec<Fr>> {
        // In place, a vector that grows would leave what it held behind.
        let mut all = Zeroizing::new(vec![Fr::default(); self.size]);
        for (place, value) in all.iter_mut().zip(values) {
            *place = *value;
        }
        split(&mut all, &self.back, 0);
        let pairs = all.par_iter_mut().zip(&self.forth).with_min_len(TASK);
        pairs.for_each(|(coefficient, power)| *coefficient *= *power * self.share);
        merge(&mut all, &self.forth, 0);
        all
    }
}

/// Point by point.
pub(super) fn times(mut one: Zeroizing<Vec<Fr>>, other: &[Fr]) -> Zeroizing<Vec<Fr>> {
    let pairs = one.par_iter_mut().zip(other).with_min_len(TASK);
    pairs.for_each(|(one, other)| *one *= other);
    one
}

/// root^e for e the bit-reversed index, of as many bits as the root's powers take.
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

/// A block's root, and whether it is one.
fn root(roots: &[Fr], block: usize) -> Fr {
    roots.get(block).copied().unwrap_or_default()
}

/// In order in, bit-reversed out.
fn split(values: &mut [Fr], roots: &[Fr], block: usize) {
    let length = values.len();
    if length <= LEVELS {
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
    both(
        length,
        || split(low, roots, 2 * block),
        || split(high, roots, 2 * block + 1),
    );
}

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

/// Bit-reversed in, in order out.
fn merge(values: &mut [Fr], roots: &[Fr], block: usize) {
    let length = values.len();
    if length <= LEVELS {
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
    both(
        length,
        || merge(low, roots, 2 * block),
        || merge(high, roots, 2 * block + 1),
    );
    merge_once(values, roots, block);
}

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

/// Does something to each value of the lower half and its partner in the upper.
fn butterflies(values: &mut [Fr], each: impl Fn(&mut Fr, &mut Fr) + Sync) {
    let half = values.len() / 2;
    let (low, high) = values.split_at_mut(half);
    if half > TASK {
        let pairs = low.par_iter_mut().zip(high).with_min_len(TASK);
        pairs.for_each(|(low, high)| each(low, high));
    } else {
        let pairs = low.iter_mut().zip(high);
        pairs.for_each(|(low, high)| each(low, high));
    }
}

/// Two halves of a block: at once if they are worth it.
fn both(length: usize, one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    if length > TASK {
        rayon::join(one, other);
    } else {
        one();
        other();
    }
}
