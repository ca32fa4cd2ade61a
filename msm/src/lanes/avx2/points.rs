//! Points with coordinates as limbs, and the parts of an addition that are rare or done once in a batch.

use super::coordinates::*;
use super::element::{Components, ONE, limbs, words};
use crate::batch_affine::Pair;
use crate::fp::Coordinate;
use crate::signed_index::SignedIndex;

/// An affine point with coordinates as limbs. All zero stands for the identity.
#[derive(Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(crate) struct Point<const K: usize> {
    pub(super) x: CoordinateLimbs<K>,
    pub(super) y: CoordinateLimbs<K>,
}

impl<const K: usize> Default for Point<K> {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl<const K: usize> Point<K> {
    pub(super) const IDENTITY: Self = Point {
        x: [[0.0; 8]; K],
        y: [[0.0; 8]; K],
    };

    #[inline]
    pub(super) fn is_identity(&self) -> bool {
        // Almost all other points differ in this limb.
        self.x[0][7] == 0.0 && *self == Self::IDENTITY
    }
}

/// An exceptional pair: a point with itself or with its negative. `group` counts groups of four pairs in the batch.
pub(super) struct Exception {
    pub(super) group: usize,
    pub(super) lane: usize,
    pub(super) is_doubling: bool,
}

pub(super) fn element<E: Components<K>, const K: usize>(coordinate: &CoordinateLimbs<K>) -> E {
    E::from_components(coordinate.map(|limbs| words(&limbs)))
}

/// The point at an index. The sign is ignored.
#[inline(always)]
pub(super) fn unsigned_point<const K: usize>(points: &[Point<K>], index: SignedIndex) -> &Point<K> {
    points.get(index.index()).unwrap_or(&Point::IDENTITY)
}

/// The point, negated if the index has the negative sign.
#[inline(always)]
pub(super) fn with_sign<const K: usize>(point: &Point<K>, index: SignedIndex) -> Point<K> {
    let sign = if index.is_negative() { -1.0 } else { 1.0 };
    Point {
        x: point.x,
        y: point.y.map(|limbs| limbs.map(|limb| limb * sign)),
    }
}

/// The divisors of four pairs of which those in the mask `suspects` may be exceptional: 2y for a doubling, one for a
/// cancellation, as given for the others. Exceptional pairs are added to `exceptions`.
#[cold]
#[target_feature(enable = "avx2,fma")]
pub(super) fn exceptional_divisors<const K: usize>(
    p: [&Point<K>; 4],
    q: [&Point<K>; 4],
    pairs: &[Pair],
    suspects: i32,
    divisors: &PackedCoordinate<K>,
    group: usize,
    exceptions: &mut Vec<Exception>,
) -> PackedCoordinate<K> {
    let mut divisors = *divisors;
    let reduced = |coordinate: &CoordinateLimbs<K>| coordinate.map(|limbs| words(&limbs));
    for (lane, (p, q)) in p.into_iter().zip(q).enumerate() {
        if suspects >> lane & 1 == 0 || reduced(&p.x) != reduced(&q.x) {
            continue;
        }
        let pair = pairs.get(lane).or(pairs.last());
        let (left, right) = pair.map_or_else(Default::default, |pair| (pair.left, pair.right));
        let (p, q) = (with_sign(p, left), with_sign(q, right));
        let y = reduced(&p.y);
        let is_doubling = y == reduced(&q.y) && y != [[0; 6]; K];
        let divisor = match is_doubling {
            true => p.y.map(|limbs| limbs.map(|limb| 2.0 * limb)),
            false => one(),
        };
        replace_lane(&mut divisors, lane, &divisor);
        exceptions.push(Exception {
            group,
            lane,
            is_doubling,
        });
    }
    divisors
}

pub(super) fn one<const K: usize>() -> CoordinateLimbs<K> {
    std::array::from_fn(|component| if component == 0 { ONE } else { [0.0; 8] })
}

pub(super) fn triple<const K: usize>(coordinate: &CoordinateLimbs<K>) -> CoordinateLimbs<K> {
    coordinate.map(|limbs| limbs.map(|limb| 3.0 * limb))
}

/// Replaces the coordinate in a lane. The result is normalised.
#[target_feature(enable = "avx2,fma")]
pub(super) fn replace_lane<const K: usize>(
    packed: &mut PackedCoordinate<K>,
    lane: usize,
    coordinate: &CoordinateLimbs<K>,
) {
    let mut coordinates = scatter(packed);
    if let Some(slot) = coordinates.get_mut(lane) {
        *slot = *coordinate;
    }
    let [a, b, c, d] = &coordinates;
    *packed = normalised(&gather([a, b, c, d]));
}

/// The inverses of four coordinates, normalised, by one inversion (Montgomery's trick).
#[target_feature(enable = "avx2,fma")]
pub(super) fn invert<F: Coordinate, const K: usize>(
    packed: &PackedCoordinate<K>,
) -> PackedCoordinate<K>
where
    F::Element: Components<K>,
{
    let coordinates = scatter(packed).map(|one| F::from_element(&element::<F::Element, K>(&one)));
    let [a, b, c, d] = &coordinates;
    let (mut ab, mut cd, mut all) = (F::ONE, F::ONE, F::ONE);
    ab.multiply(a, b);
    cd.multiply(c, d);
    all.multiply(&ab, &cd);
    let mut inverse = F::ONE;
    inverse.invert(&all);
    // 1/(a·b) = c·d/(a·b·c·d), and the other way round.
    cd.scale(&inverse);
    ab.scale(&inverse);
    let (inverse_ab, inverse_cd) = (cd, ab);
    let factors = [
        (&inverse_ab, b),
        (&inverse_ab, a),
        (&inverse_cd, d),
        (&inverse_cd, c),
    ];
    let inverses = factors.map(|(inverse, other)| {
        let mut one = F::ONE;
        one.multiply(inverse, other);
        one.element().components().map(|words| limbs(&words))
    });
    let [a, b, c, d] = &inverses;
    normalised(&gather([a, b, c, d]))
}
