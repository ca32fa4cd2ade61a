//! The transforms in the lanes of vectors, several values at a time.
//!
//! With L lanes, L consecutive values are the lanes of a vector. So blocks of 2·L values and more are transformed vector by
//! vector, with one root for all lanes. A block of L² values is L vectors, which are transposed for the last levels: then
//! each lane has a block of L. Two levels are done at a time, which halves the accesses to memory.
//!
//! The second transform of a block follows directly on the first, while the block and its roots are in the cache. Both use
//! the powers of ω, where the first would usually take those of 1/ω. So the first gives the coefficients in another order,
//! f₋ₖ in place of fₖ. Scaled with the same powers of ψ, they are transformed into the values at the inverse powers of ψ: the
//! points of the coset in reverse order.
//!
//! The arithmetic is that of a CPU's unit for vectors ([`unit::VectorUnit`]): [`avx2`] or [`ifma`].

mod avx2;
mod factors;
mod ifma;
mod roots;
mod unit;

use ark_bls12_381::Fr;
use ark_ff::Field;
use factors::Roots;
use rayon::prelude::*;
use roots::{Scales, roots};
use unit::{Aligned, VectorUnit};
use zeroize::Zeroizing;

/// Values of the smallest parallel task.
const MIN_TASK: usize = 1 << 12;

/// See [`super::Transform`].
pub(super) struct LaneTransform<U: VectorUnit> {
    unit: U,
    /// Number of vectors.
    size: usize,
    roots: Roots<U::Root>,
    scales: Scales<U>,
}

/// See [`super::Values`].
pub(super) struct LaneValues<U: VectorUnit> {
    unit: U,
    vectors: Zeroizing<Vec<Aligned<U>>>,
}

impl<U: VectorUnit> LaneTransform<U> {
    /// Vectors of the smallest parallel task.
    const MIN_TASK: usize = MIN_TASK / U::LANES;

    /// For `size` values, with ψ. `None` if the CPU lacks the unit or there are fewer values than a transposition takes.
    pub(super) fn new(size: usize, root: Fr) -> Option<Self> {
        let unit = U::detect()?;
        if size < U::LANES * U::LANES {
            return None;
        }
        // powers[k] = ψ^(n/2^(k+1))
        let mut powers: Vec<Fr> = std::iter::successors(Some(root), |root| Some(root.square()))
            .take(size.ilog2() as usize)
            .collect();
        powers.reverse();
        Some(LaneTransform {
            unit,
            size: size / U::LANES,
            roots: roots(unit, powers.get(..powers.len() - 1)?),
            scales: Scales::new(unit, &powers)?,
        })
    }

    /// See [`super::Transform::on_coset`].
    pub(super) fn on_coset(&self, values: &[Fr]) -> LaneValues<U> {
        let mut vectors = self.vectors(values);
        self.transform(&mut vectors, 0);
        LaneValues {
            unit: self.unit,
            vectors,
        }
    }

    fn vectors(&self, values: &[Fr]) -> Zeroizing<Vec<Aligned<U>>> {
        let vectors = (0..self.size).into_par_iter().with_min_len(Self::MIN_TASK);
        let vectors = vectors.map(|vector| {
            let rest = values.get(U::LANES * vector..).unwrap_or_default();
            let values = rest.get(..U::LANES).unwrap_or(rest);
            Aligned(self.unit.gather(values))
        });
        // The length is known, so the vector does not grow and leave copies of values.
        Zeroizing::new(vectors.collect())
    }

    /// Both transforms of a block of as many vectors as there are lanes, or more.
    fn transform(&self, vectors: &mut [Aligned<U>], block: usize) {
        let length = vectors.len();
        if length == U::LANES {
            let scale = self.scales.of_block(block, &self.roots);
            self.unit
                .transform_smallest(vectors, block, &self.roots, scale);
        } else if length == 2 * U::LANES {
            let root = (block > 0).then(|| self.roots.single(block));
            let (low, high) = vectors.split_at_mut(length / 2);
            self.unit.split_once([&mut *low, &mut *high], root);
            self.transform(low, 2 * block);
            self.transform(high, 2 * block + 1);
            self.unit.merge_once([low, high], root);
        } else {
            self.transform_in_quarters(vectors, block);
        }
    }

    fn transform_in_quarters(&self, vectors: &mut [Aligned<U>], block: usize) {
        let length = vectors.len();
        let roots = self.roots.of_block(block);
        across_quarters(vectors, |quarters| self.unit.split(quarters, roots));
        let quarters = vectors.chunks_exact_mut(length / 4).zip(4 * block..);
        if length > Self::MIN_TASK {
            rayon::scope(|scope| {
                for (vectors, block) in quarters {
                    scope.spawn(move |_| self.transform(vectors, block));
                }
            });
        } else {
            quarters.for_each(|(vectors, block)| self.transform(vectors, block));
        }
        across_quarters(vectors, |quarters| self.unit.merge(quarters, roots));
    }
}

/// Applies butterflies to corresponding vectors of the four quarters of a block.
fn across_quarters<U: VectorUnit>(
    vectors: &mut [Aligned<U>],
    butterflies: impl Fn([&mut [Aligned<U>]; 4]) + Sync,
) {
    let (low, high) = vectors.split_at_mut(vectors.len() / 2);
    let (x0, x1) = low.split_at_mut(low.len() / 2);
    let (x2, x3) = high.split_at_mut(high.len() / 2);
    let task = LaneTransform::<U>::MIN_TASK;
    if x0.len() > task {
        let [x0, x1, x2, x3] = [x0, x1, x2, x3].map(|quarter| quarter.par_chunks_mut(task / 4));
        let all = x0.zip(x1).zip(x2.zip(x3));
        all.for_each(|((x0, x1), (x2, x3))| butterflies([x0, x1, x2, x3]));
    } else {
        butterflies([x0, x1, x2, x3]);
    }
}

impl<U: VectorUnit> LaneValues<U> {
    /// Number of vectors.
    pub(super) fn len(&self) -> usize {
        self.vectors.len()
    }

    /// See [`super::Values::times`].
    pub(super) fn times(&self, other: &LaneValues<U>) -> Zeroizing<Vec<Fr>> {
        let mut products = Zeroizing::new(vec![Fr::default(); U::LANES * self.len()]);
        let all = products
            .par_rchunks_exact_mut(U::LANES)
            .zip(&*self.vectors)
            .zip(&*other.vectors);
        all.with_min_len(LaneTransform::<U>::MIN_TASK)
            .for_each(|((products, one), other)| {
                self.unit.products(&one.0, &other.0, products);
                products.reverse();
            });
        products
    }
}
