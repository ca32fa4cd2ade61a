//! The points of pairs, and single points.

use super::components::Components;
use super::point::{Limb, Limbs, Point};
use super::unit::Unit;
use crate::batch_affine::Pair;
use crate::prefetch::prefetch_far;
use crate::signed_index::SignedIndex;
use std::array::from_fn;

/// The coordinate one.
pub(super) fn one<U: Unit<K, L>, const K: usize, const L: usize>() -> [Limbs<U::Limb>; K] {
    from_fn(|component| match component {
        0 => U::ONE,
        _ => [U::Limb::ZERO; 8],
    })
}

pub(super) fn element<U: Unit<K, L>, E: Components<K>, const K: usize, const L: usize>(
    coordinate: &[Limbs<U::Limb>; K],
) -> E {
    E::from_components(coordinate.map(|limbs| U::words(&limbs)))
}

/// The point at an index. The sign is ignored.
#[inline(always)]
pub(super) fn unsigned_point<T: Limb, const K: usize>(
    points: &[Point<T, K>],
    index: SignedIndex,
) -> &Point<T, K> {
    points.get(index.index()).unwrap_or(T::identity())
}

/// Prefetches a quarter of the points at some indices.
#[inline(always)]
pub(super) fn prefetch_quarter<T: Copy, const FROM_BASES: bool, const QUARTER: usize>(
    bases: &[T],
    indices: &[SignedIndex],
) {
    if FROM_BASES {
        let length = indices.len().div_ceil(4).max(1);
        for index in indices.chunks(length).nth(QUARTER).unwrap_or(&[]) {
            if let Some(base) = bases.get(index.index()) {
                prefetch_far(base);
            }
        }
    }
}

/// The point, negated if the index has the negative sign.
#[inline(always)]
pub(super) fn with_sign<U: Unit<K, L>, const K: usize, const L: usize>(
    point: &Point<U::Limb, K>,
    index: SignedIndex,
) -> Point<U::Limb, K> {
    match index.is_negative() {
        true => Point {
            x: point.x,
            y: point.y.map(|limbs| U::negative(&limbs)),
        },
        false => *point,
    }
}

/// A value of each pair in one half of a group. If there are fewer pairs, the last one is repeated.
#[inline(always)]
pub(super) fn per_lane<T: Default, const L: usize>(
    pairs: &[Pair],
    half: usize,
    value: impl Fn(&Pair) -> T,
) -> [T; L] {
    from_fn(|lane| match pairs.get(L * half + lane).or(pairs.last()) {
        Some(pair) => value(pair),
        None => T::default(),
    })
}

/// The left points of some pairs, and the right ones.
pub(super) type Operands<'a, T, const K: usize, const L: usize> =
    ([&'a Point<T, K>; L], [&'a Point<T, K>; L]);

/// The points of the pairs in one half of a group. Signs are ignored.
#[inline(always)]
pub(super) fn operands<'a, T: Limb, const K: usize, const L: usize>(
    points: &'a [Point<T, K>],
    pairs: &[Pair],
    half: usize,
) -> Operands<'a, T, K, L> {
    (
        per_lane(pairs, half, |pair| pair.left).map(|index| unsigned_point(points, index)),
        per_lane(pairs, half, |pair| pair.right).map(|index| unsigned_point(points, index)),
    )
}
