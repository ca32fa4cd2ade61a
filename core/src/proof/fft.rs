//! From a polynomial's values on a domain of n roots of unity to its values on the coset where Xⁿ = −1.
//!
//! Two transforms of n·log(n)/2 multiplications. The first leaves the coefficients in bit-reversed order and the second
//! takes them so, and no step puts anything in order: Cooley and Tukey ("An algorithm for the machine calculation of
//! complex Fourier series", Mathematics of Computation 19, 1965) with a remainder modulo X^m − c split into those modulo
//! X^(m/2) ∓ √c, and the same network run backwards. Each block of values has one root, and the roots of all levels are
//! prefixes of one list; halves are worked on one after the other, so that small ones stay in the cache.

use ark_bls12_381::Fr;
use ark_ff::{FftField, Field, One};
use rayon::prelude::*;

/// Values that are worth a task of their own.
const TASK: usize = 1 << 12;
/// Values that are transformed level by level: fewer calls, and all in the first cache.
const LEVELS: usize = 1 << 9;

/// What the transforms of one size share.
pub(super) struct Fft {
    /// ω^−e for e the bit-reversed index among n/2.
    back: Vec<Fr>,
    /// ψ^e for e the bit-reversed index among n, with ψ² = ω: up to n/2 these are ω's powers, as `back` has them.
    forth: Vec<Fr>,
}

impl Fft {
    /// For domains of this size, a power of two. `None` for sizes of which the field has no two roots of unity.
    pub(super) fn new(size: usize) -> Option<Self> {
        let root = coset_offset(size)?;
        let inverse = root.inverse()?;
        let (back, forth) = rayon::join(
            || reversed_powers(inverse.square(), size / 2),
            || reversed_powers(root, size),
        );
        Some(Fft { back, forth })
    }

    /// From values on the domain to n times the coefficients, in bit-reversed order.
    pub(super) fn coefficients(&self, values: &mut [Fr]) {
        split(values, &self.back, 0);
    }

    /// From what [`coefficients`](Self::coefficients) leaves to n times the values on the coset.
    pub(super) fn on_coset(&self, coefficients: &mut [Fr]) {
        let pairs = coefficients.par_iter_mut().zip(&self.forth);
        let pairs = pairs.with_min_len(TASK);
        pairs.for_each(|(coefficient, power)| *coefficient *= power);
        merge(coefficients, &self.forth, 0);
    }
}

/// ψ: the coset is ψ times the domain of this size, and ψⁿ = −1. `None` as for [`Fft::new`].
pub(super) fn coset_offset(size: usize) -> Option<Fr> {
    Fr::get_root_of_unity(2 * size as u64)
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

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::UniformRand;
    use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};

    #[test]
    fn values_on_the_coset_are_arkworks() {
        for log in [0, 1, 2, 3, 8, 9, 10, 12, 13, 14] {
            let size = 1 << log;
            let values: Vec<Fr> = (0..size)
                .map(|_| Fr::rand(&mut rand::rngs::OsRng))
                .collect();
            let domain = Radix2EvaluationDomain::<Fr>::new(size).unwrap();
            let offset = coset_offset(size).unwrap();
            assert_eq!(offset.pow([size as u64]), -Fr::one());
            let coset = domain.get_coset(offset).unwrap();
            let coefficients = domain.ifft(&values);
            let fft = Fft::new(size).unwrap();
            let mut ours = values;
            fft.coefficients(&mut ours);
            for (index, coefficient) in coefficients.iter().enumerate() {
                let reversed = index.reverse_bits().checked_shr(usize::BITS - log);
                let found = ours[reversed.unwrap_or(0)];
                assert_eq!(found, *coefficient * Fr::from(size as u64), "{log}");
            }
            fft.on_coset(&mut ours);
            let expected = coset.fft(&coefficients);
            let scaled = expected.iter().map(|value| *value * Fr::from(size as u64));
            assert!(ours.into_iter().eq(scaled), "{log}");
        }
    }

    #[test]
    fn there_are_no_more_roots_than_the_field_has() {
        assert!(coset_offset(1 << 31).is_some());
        assert!(coset_offset(1 << 32).is_none());
    }
}
