//! Batch-affine addition, L pairs at a time in the lanes of a vector.
#![allow(unsafe_code)]

use super::batch::{Batch, Divisors};
use super::components::Components;
use super::exceptions::Exception;
use super::operands::{element, unsigned_point, with_sign};
use super::point::Point;
use super::unit::Unit;
use crate::batch_affine::{BatchAdder, Pair, batches};
use crate::fp::{Coordinate, coordinates};
use crate::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;
use std::marker::PhantomData;

/// See [`BatchAdder`].
pub(crate) struct LaneAdder<U: Unit<K, L>, F, const K: usize, const L: usize> {
    unit: U,
    divisors: Vec<Divisors<U::Packed>>,
    exceptions: Vec<Exception>,
    coordinate: PhantomData<F>,
}

impl<U: Unit<K, L>, F, const K: usize, const L: usize> LaneAdder<U, F, K, L> {
    pub(crate) fn new(unit: U) -> Self {
        LaneAdder {
            unit,
            divisors: Vec::new(),
            exceptions: Vec::new(),
            coordinate: PhantomData,
        }
    }
}

impl<P, U, F, const K: usize, const L: usize> BatchAdder<P> for LaneAdder<U, F, K, L>
where
    P: SWCurveConfig,
    U: Unit<K, L>,
    F: Coordinate<Element = P::BaseField>,
    F::Element: Components<K>,
{
    type Point = Point<U::Limb, K>;

    const BATCH_SIZE: usize = 2048;
    const BLOCK_BYTES: usize = 384 << 10;

    fn point(words: &[u64], endomorphism: bool) -> Self::Point {
        let [x, y] = coordinates::<F>(words, endomorphism);
        let [x, y] = [x, y].map(|one| one.element().components().map(|words| U::limbs(&words)));
        Point { x, y }
    }

    fn projective(point: &Self::Point) -> Projective<P> {
        match point.is_identity() {
            true => Projective::zero(),
            false => {
                let [x, y] = [&point.x, &point.y].map(element::<U, F::Element, K, L>);
                Affine::new_unchecked(x, y).into()
            }
        }
    }

    #[inline]
    fn is_identity(point: &Self::Point) -> bool {
        point.is_identity()
    }

    #[inline]
    fn signed_point(points: &[Self::Point], index: SignedIndex) -> Self::Point {
        with_sign::<U, K, L>(unsigned_point(points, index), index)
    }

    fn add_bases(
        &mut self,
        bases: &[Self::Point],
        points: &mut [Self::Point],
        pairs: &[Pair],
        later: &[SignedIndex],
    ) {
        // Of the bases that are read later, each batch prefetches its share.
        let share = later.len().div_ceil(
            pairs
                .len()
                .div_ceil(<Self as BatchAdder<P>>::BATCH_SIZE)
                .max(1),
        );
        let mut later = later.chunks(share.max(1));
        for pairs in batches(pairs, <Self as BatchAdder<P>>::BATCH_SIZE, 2 * L) {
            let later = later.next().unwrap_or(&[]);
            self.add_batch::<true>(bases, points, pairs, later);
        }
    }

    fn add(&mut self, points: &mut [Self::Point], pairs: &[Pair]) {
        for pairs in batches(pairs, <Self as BatchAdder<P>>::BATCH_SIZE, 2 * L) {
            self.add_batch::<false>(&[], points, pairs, &[]);
        }
    }
}

impl<U, F, const K: usize, const L: usize> LaneAdder<U, F, K, L>
where
    U: Unit<K, L>,
    F: Coordinate,
    F::Element: Components<K>,
{
    fn add_batch<const FROM_BASES: bool>(
        &mut self,
        bases: &[Point<U::Limb, K>],
        points: &mut [Point<U::Limb, K>],
        pairs: &[Pair],
        later: &[SignedIndex],
    ) {
        if pairs.is_empty() {
            return;
        }
        self.exceptions.clear();
        let batch = Batch::<U, F, K, L, FROM_BASES> {
            bases,
            points,
            pairs,
            later,
            divisors: &mut self.divisors,
            exceptions: &mut self.exceptions,
            coordinate: PhantomData,
        };
        let _ = self.unit;
        // SAFETY: a value of the type `U` exists.
        unsafe { U::run(batch) }
    }
}
