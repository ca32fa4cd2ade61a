//! Many multiples of one generator: where a key generation spends its time.

use super::key::{Curve, Points};
use super::progress::Stretch;
use ark_bls12_381::Fr;
use ark_ec::scalar_mul::BatchMulPreprocessing;
use ark_ff::{Field, One, PrimeField, Zero};
use provable_mapped::Array;
use rayon::prelude::*;
use std::ops::Range;
use zeroize::{Zeroize, Zeroizing};

/// Multiples that are made at once: they share an inversion, and progress is said after each such chunk.
const CHUNK: usize = 1 << 14;

/// A generator with the library's table of its multiples, window by window.
pub(super) struct FixedBase<G: Curve> {
    table: BatchMulPreprocessing<G>,
    weight: u64,
}

impl<G: Curve> FixedBase<G> {
    /// A table that is worth its time for so many multiples. `weight` is the cost of one, in the stretch's unit.
    pub(super) fn new(base: G, multiples: usize, weight: u64) -> Self {
        FixedBase {
            table: BatchMulPreprocessing::new(base, multiples),
            weight,
        }
    }

    /// What the table for so many multiples costs: each window's is made by as many additions as it has entries, and
    /// a multiple takes one addition a window.
    pub(super) fn table_cost(multiples: usize, weight: u64) -> u64 {
        weight << BatchMulPreprocessing::<G>::compute_window_size(multiples)
    }

    /// The multiples by the scalars of these indices, in order. Scalars are made when they are needed and stay in
    /// none of this module's memory.
    pub(super) fn multiples(
        &self,
        name: &str,
        indices: Range<usize>,
        scalar: impl Fn(usize) -> Fr + Sync,
        stretch: &mut Stretch,
    ) -> Points<G> {
        stretch.begin(name);
        let mut all = Vec::with_capacity(indices.len());
        for start in indices.clone().step_by(CHUNK) {
            let chunk = start..indices.end.min(start + CHUNK);
            let points: Vec<G> = chunk
                .into_par_iter()
                .with_min_len(64)
                .map(|index| self.multiple(scalar(index)))
                .collect();
            all.extend(G::normalize_batch(&points).iter().map(G::record));
            let made = points.iter().filter(|point| !point.is_zero()).count();
            stretch.advance(name, made as u64 * self.weight);
        }
        Points::from(Array::from(all))
    }

    /// One multiple, an addition for each window. The library's own loop writes each scalar's bits to the heap and
    /// leaves them there, and does not pass over zeros, which a query has many of.
    fn multiple(&self, scalar: Fr) -> G {
        let mut sum = G::zero();
        if scalar.is_zero() {
            return sum;
        }
        let mut rest = scalar.into_bigint();
        let mask = (1u64 << self.table.window) - 1;
        for window in &self.table.table {
            let digit = rest.as_ref().first().copied().unwrap_or(0) & mask;
            if let (true, Some(multiple)) = (digit != 0, window.get(digit as usize)) {
                sum += multiple;
            }
            rest >>= self.table.window as u32;
        }
        rest.zeroize();
        sum
    }
}

/// first · pointⁱ for many i, in two multiplications each. Overwritten when dropped.
pub(super) struct Powers {
    low: Zeroizing<Vec<Fr>>,
    high: Zeroizing<Vec<Fr>>,
}

impl Powers {
    const LOW: usize = 1 << 11;

    /// For i below `count`.
    pub(super) fn new(first: Fr, point: Fr, count: usize) -> Self {
        let run = |first: Fr, ratio: Fr, length: usize| {
            let mut powers = Zeroizing::new(Vec::with_capacity(length));
            let mut power = first;
            for _ in 0..length {
                powers.push(power);
                power *= ratio;
            }
            powers
        };
        Powers {
            low: run(Fr::one(), point, Self::LOW),
            high: run(
                first,
                point.pow([Self::LOW as u64]),
                count.div_ceil(Self::LOW),
            ),
        }
    }

    /// The power of this index; zero beyond the count.
    pub(super) fn at(&self, index: usize) -> Fr {
        let low = self.low.get(index % Self::LOW).copied();
        let high = self.high.get(index / Self::LOW).copied();
        low.unwrap_or_default() * high.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::progress::Silent;
    use ark_bls12_381::G1Projective;
    use ark_ec::{AffineRepr, CurveGroup, PrimeGroup};
    use ark_ff::UniformRand;

    #[test]
    fn multiples_are_multiples_across_chunks() {
        let base = G1Projective::generator();
        let (first, point) = (Fr::rand(&mut rand::rngs::OsRng), -Fr::from(2u64));
        let end = CHUNK + 3;
        let powers = Powers::new(first, point, end);
        let scalar = |index| match index {
            0 => Fr::zero(),
            1 => -Fr::one(),
            _ => powers.at(index),
        };
        let table = FixedBase::new(base, end, 1);
        let stretch = &mut Stretch::new(&Silent, 0.0..1.0);
        let multiples = table.multiples("", 0..end, scalar, stretch).all();
        assert_eq!(multiples.len(), end);
        assert!(multiples[0].is_zero());
        assert_eq!(multiples[1], (-base).into_affine());
        for index in [2, Powers::LOW - 1, Powers::LOW, CHUNK - 1, CHUNK, CHUNK + 2] {
            let expected = base * (first * point.pow([index as u64]));
            assert_eq!(multiples[index], expected.into_affine(), "{index}");
        }
        let tail = table.multiples("", CHUNK - 1..end, scalar, stretch);
        assert_eq!(tail.all(), multiples[CHUNK - 1..]);
    }
}
