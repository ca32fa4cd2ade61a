//! The transforms four values at a time, in double-precision arithmetic, where the CPU has AVX2 and FMA.
//!
//! Four consecutive values are the lanes of a vector. So blocks of eight values and more are transformed vector by vector,
//! with one root for all lanes. A block of sixteen values is four vectors, which are transposed for the last two levels:
//! then each lane has a block of four. Two levels are done at a time, which halves the accesses to memory.
//!
//! The second transform of a block follows directly on the first, while the block and its roots are in the cache. Both use
//! the powers of ω, where the first would usually take those of 1/ω. So the first gives the coefficients in another order,
//! f₋ₖ in place of fₖ. Scaled with the same powers of ψ, they are transformed into the values at the inverse powers of ψ: the
//! points of the coset in reverse order.

mod butterflies;
mod element;
mod multiply;
mod roots;

use crate::cpu::Avx2Fma;
use ark_bls12_381::Fr;
use ark_ff::Field;
use butterflies::*;
use multiply::*;
use rayon::prelude::*;
use roots::*;
use zeroize::{Zeroize, Zeroizing};

/// Vectors of the smallest parallel task.
const MIN_TASK: usize = 1 << 10;
/// Values of the smallest transform: those of a transposition.
pub(super) const MIN_SIZE: usize = 16;

/// Four values, aligned to cache lines.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct AlignedFr(PackedFr);

impl Zeroize for AlignedFr {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// See [`super::Transform`]. For [`MIN_SIZE`] values or more.
pub(super) struct LaneTransform {
    cpu: Avx2Fma,
    /// Number of vectors.
    size: usize,
    roots: Roots,
    /// −1/n times the power of ψ for each value of a transposed block of sixteen; times another ψ for blocks in the upper
    /// half.
    scales: [[Root; 4]; 2],
}

/// See [`super::Values`].
pub(super) struct LaneValues(Zeroizing<Vec<AlignedFr>>);

impl LaneTransform {
    /// For `size` values, with ψ. `None` if the CPU lacks the features or there are too few values.
    pub(super) fn new(size: usize, root: Fr) -> Option<Self> {
        let cpu = Avx2Fma::detect()?;
        if size < MIN_SIZE {
            return None;
        }
        // powers[k] = ψ^(n/2^(k+1))
        let mut powers: Vec<Fr> = std::iter::successors(Some(root), |root| Some(root.square()))
            .take(size.ilog2() as usize)
            .collect();
        powers.reverse();
        let inverse_size = Fr::from(size as u64).inverse()?;
        // SAFETY: an `Avx2Fma` exists, so the CPU has the features.
        #[allow(unsafe_code)]
        let (roots, scales) = unsafe {
            let upper = scales(&powers, -inverse_size * root);
            (
                Roots::new(powers.get(..powers.len() - 1)?),
                [scales(&powers, -inverse_size), upper],
            )
        };
        Some(LaneTransform {
            cpu,
            size: size / 4,
            roots,
            scales,
        })
    }

    /// See [`super::Transform::on_coset`].
    pub(super) fn on_coset(&self, values: &[Fr]) -> LaneValues {
        let Avx2Fma { .. } = self.cpu;
        // SAFETY: as above.
        #[allow(unsafe_code)]
        unsafe {
            let mut values = self.vectors(values);
            self.block(&mut values, 0);
            LaneValues(values)
        }
    }

    #[target_feature(enable = "avx2,fma")]
    fn vectors(&self, values: &[Fr]) -> Zeroizing<Vec<AlignedFr>> {
        let zero = Fr::default();
        let vectors = (0..self.size).into_par_iter().with_min_len(MIN_TASK);
        let vectors = vectors.map(|vector| {
            let value = |lane| values.get(4 * vector + lane).unwrap_or(&zero);
            AlignedFr(element::gather([value(0), value(1), value(2), value(3)]))
        });
        // The length is known, so the vector does not grow and leave copies of values.
        Zeroizing::new(vectors.collect())
    }

    /// Both transforms of a block of four vectors or more.
    #[target_feature(enable = "avx2,fma")]
    fn block(&self, values: &mut [AlignedFr], block: usize) {
        match values {
            [x0, x1, x2, x3] => {
                self.sixteen_values([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0], block)
            }
            [x0, x1, x2, x3, y0, y1, y2, y3] => {
                let root = (block > 0).then(|| self.roots.single(block));
                let mut pairs = [(x0, y0), (x1, y1), (x2, y2), (x3, y3)];
                for (low, high) in &mut pairs {
                    split_once([&mut low.0, &mut high.0], root);
                }
                let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = &mut pairs;
                let (low, high) = (2 * block, 2 * block + 1);
                self.sixteen_values([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0], low);
                self.sixteen_values([&mut y0.0, &mut y1.0, &mut y2.0, &mut y3.0], high);
                for (low, high) in &mut pairs {
                    merge_once([&mut low.0, &mut high.0], root);
                }
            }
            values => self.in_quarters(values, block),
        }
    }

    #[target_feature(enable = "avx2,fma")]
    fn in_quarters(&self, values: &mut [AlignedFr], block: usize) {
        let length = values.len();
        let root = self.roots.single(block);
        let halves = [2 * block, 2 * block + 1].map(|half| self.roots.single(half));
        match block {
            0 => butterflies_across(values, |x| split_first(x, halves[1])),
            _ => butterflies_across(values, |x| split(x, root, halves)),
        }
        let quarters = values.chunks_exact_mut(length / 4).zip(4 * block..);
        if length > MIN_TASK {
            rayon::scope(|scope| {
                for (values, block) in quarters {
                    scope.spawn(move |_| self.block(values, block));
                }
            });
        } else {
            quarters.for_each(|(values, block)| self.block(values, block));
        }
        match block {
            0 => butterflies_across(values, |x| merge_first(x, halves[1])),
            _ => butterflies_across(values, |x| merge(x, root, halves)),
        }
    }

    /// Both transforms of a block of sixteen values.
    #[target_feature(enable = "avx2,fma")]
    fn sixteen_values(&self, [x0, x1, x2, x3]: [&mut PackedFr; 4], block: usize) {
        let root = self.roots.single(block);
        let halves = [2 * block, 2 * block + 1].map(|half| self.roots.single(half));
        match block {
            0 => split_first([x0, x1, x2, x3], halves[1]),
            _ => split([x0, x1, x2, x3], root, halves),
        }
        // The lanes have the blocks 0, 2, 1 and 3: see `Roots::of_transposed_blocks`.
        transpose_lanes([x0, x2, x1, x3]);
        let roots = self.roots.of_transposed_blocks(block);
        let [root, left, right] = [0, 1, 2].map(|which| Each(&roots[which]));
        split([x0, x2, x1, x3], root, [left, right]);
        let quarter = self.size / 8;
        let (scales, index) = match block.checked_sub(quarter) {
            Some(index) if quarter > 0 => (&self.scales[1], index),
            _ => (&self.scales[0], block),
        };
        let common = self.roots.single(16 * index);
        let [a, b, c, d] = scales;
        scale([&mut *x0, &mut *x2], (index > 0).then_some(common), [a, b]);
        scale([&mut *x1, &mut *x3], (index > 0).then_some(common), [c, d]);
        if block == 0 {
            negate_first(x0);
        }
        merge([x0, x2, x1, x3], root, [left, right]);
        transpose_lanes([x0, x2, x1, x3]);
        let root = self.roots.single(block);
        match block {
            0 => merge_first([x0, x1, x2, x3], halves[1]),
            _ => merge([x0, x1, x2, x3], root, halves),
        }
    }
}

/// Applies a radix-4 butterfly to corresponding vectors of the four quarters of a block.
#[target_feature(enable = "avx2,fma")]
fn butterflies_across(values: &mut [AlignedFr], butterfly: impl Fn([&mut PackedFr; 4]) + Sync) {
    let (low, high) = values.split_at_mut(values.len() / 2);
    let (x0, x1) = low.split_at_mut(low.len() / 2);
    let (x2, x3) = high.split_at_mut(high.len() / 2);
    if x0.len() > MIN_TASK {
        let all = x0.par_iter_mut().zip(x1).zip(x2.par_iter_mut().zip(x3));
        all.with_min_len(MIN_TASK / 4)
            .for_each(|((x0, x1), (x2, x3))| {
                butterfly([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0])
            });
    } else {
        let all = x0.iter_mut().zip(x1).zip(x2.iter_mut().zip(x3));
        all.for_each(|((x0, x1), (x2, x3))| {
            butterfly([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0])
        });
    }
}

/// The power of ψ for each value of a transposed block of sixteen, times a factor.
#[target_feature(enable = "avx2,fma")]
fn scales(powers: &[Fr], factor: Fr) -> [Root; 4] {
    let scale = |index: usize| {
        let bits = powers.iter().enumerate().take(4);
        let bits = bits.filter(|(bit, _)| index >> bit & 1 == 1);
        bits.fold(factor, |scale, (_, power)| scale * power)
    };
    [0, 1, 2, 3].map(|within| Root::of([0, 2, 1, 3].map(|lane| scale(4 * lane + within))))
}

impl LaneValues {
    /// Number of vectors.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// See [`super::Values::times`].
    pub(super) fn times(&self, other: &LaneValues) -> Zeroizing<Vec<Fr>> {
        let mut products = Zeroizing::new(vec![Fr::default(); 4 * self.0.len()]);
        let all = products
            .par_rchunks_exact_mut(4)
            .zip(&*self.0)
            .zip(&*other.0);
        all.with_min_len(MIN_TASK)
            .for_each(|((products, one), other)| {
                // SAFETY: values exist, so a `LaneTransform` made them and the CPU has the features.
                #[allow(unsafe_code)]
                let [one, other] =
                    [one, other].map(|four| unsafe { element::scatter(&reduce(&four.0)) });
                let pairs = one.into_iter().zip(other);
                for (product, (one, other)) in products.iter_mut().rev().zip(pairs) {
                    *product = one * other;
                }
            });
        products
    }
}

#[cfg(test)]
mod tests;
