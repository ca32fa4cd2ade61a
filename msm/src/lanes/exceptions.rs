//! Pairs that the affine formula does not add: a point with itself, or with its negative.
#![allow(unsafe_code)]

use super::operands::{Operands, one, with_sign};
use super::point::Limbs;
use super::unit::Unit;
use crate::batch_affine::Pair;

/// An exceptional pair: a point with itself or with its negative.
pub(super) struct Exception {
    pub(super) group: usize,
    pub(super) half: usize,
    pub(super) lane: usize,
    pub(super) is_doubling: bool,
}

/// The exceptional pairs among those in the mask `suspects`, with their divisors: 2y for a doubling, one for a
/// cancellation. `place` is the group and its half.
#[cold]
pub(super) fn exceptions<U: Unit<K, L>, const K: usize, const L: usize>(
    (p, q): Operands<U::Limb, K, L>,
    pairs: &[Pair],
    (group, half): (usize, usize),
    suspects: u32,
) -> Vec<(Exception, [Limbs<U::Limb>; K])> {
    let reduced = |coordinate: &[Limbs<U::Limb>; K]| coordinate.map(|limbs| U::words(&limbs));
    let mut found = Vec::new();
    for (lane, (p, q)) in p.into_iter().zip(q).enumerate() {
        if suspects >> lane & 1 == 0 || reduced(&p.x) != reduced(&q.x) {
            continue;
        }
        let pair = pairs.get(L * half + lane).or(pairs.last());
        let (left, right) = pair.map_or_else(Default::default, |pair| (pair.left, pair.right));
        let (p, q) = (
            with_sign::<U, K, L>(p, left),
            with_sign::<U, K, L>(q, right),
        );
        let y = reduced(&p.y);
        let is_doubling = y == reduced(&q.y) && y != [[0; 6]; K];
        let divisor = match is_doubling {
            true => p.y.map(|limbs| U::times(&limbs, 2)),
            false => one::<U, K, L>(),
        };
        let exception = Exception {
            group,
            half,
            lane,
            is_doubling,
        };
        found.push((exception, divisor));
    }
    found
}

/// Replaces the coordinate in a lane. The result is a factor.
///
/// # Safety
/// As for [`Unit`].
#[inline(never)]
pub(super) unsafe fn replace_lane<U: Unit<K, L>, const K: usize, const L: usize>(
    packed: &mut U::Packed,
    lane: usize,
    coordinate: &[Limbs<U::Limb>; K],
) {
    // SAFETY: promised by the caller.
    unsafe {
        let mut coordinates = U::scatter(packed);
        if let Some(slot) = coordinates.get_mut(lane) {
            *slot = *coordinate;
        }
        *packed = U::factor(&U::gather(coordinates.each_ref()));
    }
}
