//! Points with coordinates as limbs, and what happens to them where it need not be quick.

use super::coordinates::*;
use super::element::{ONE, Parts, limbs, words};
use crate::adder::Match;
use crate::fp::Coordinate;

/// A point's coordinates as limbs. All zero stands for the identity.
#[derive(Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(crate) struct Point<const K: usize> {
    pub(super) x: One<K>,
    pub(super) y: One<K>,
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
        // The quick answer first.
        self.x[0][7] == 0.0 && *self == Self::IDENTITY
    }
}

/// A match of a point with itself or its negative.
pub(super) struct Special {
    pub(super) group: usize,
    pub(super) lane: usize,
    pub(super) is_double: bool,
}

pub(super) fn element<E: Parts<K>, const K: usize>(one: &One<K>) -> E {
    E::from_parts(one.map(|limbs| words(&limbs)))
}

/// The point of a code, without its sign.
#[inline(always)]
pub(super) fn at<const K: usize>(points: &[Point<K>], code: u32) -> &Point<K> {
    points.get((code >> 1) as usize).unwrap_or(&Point::IDENTITY)
}

/// A point with a code's sign.
#[inline(always)]
pub(super) fn signed<const K: usize>(point: &Point<K>, code: u32) -> Point<K> {
    let sign = if code & 1 == 1 { -1.0 } else { 1.0 };
    Point {
        x: point.x,
        y: point.y.map(|limbs| limbs.map(|limb| limb * sign)),
    }
}

/// The divisors of four matches some of which may be of a point with itself or its negative; those are noted.
#[cold]
#[target_feature(enable = "avx2,fma")]
pub(super) fn meet<const K: usize>(
    p: [&Point<K>; 4],
    q: [&Point<K>; 4],
    matches: &[Match],
    suspects: i32,
    divisors: &Four<K>,
    group: usize,
    specials: &mut Vec<Special>,
) -> Four<K> {
    let mut divisors = *divisors;
    let numbers = |one: &One<K>| one.map(|limbs| words(&limbs));
    for (lane, (p, q)) in p.into_iter().zip(q).enumerate() {
        if suspects >> lane & 1 == 0 || numbers(&p.x) != numbers(&q.x) {
            continue;
        }
        let codes = matches.get(lane).or(matches.last());
        let codes = codes.map_or((0, 0), |one| (one.left, one.right));
        let (p, q) = (signed(p, codes.0), signed(q, codes.1));
        let y = numbers(&p.y);
        let is_double = y == numbers(&q.y) && y != [[0; 6]; K];
        let divisor = match is_double {
            true => p.y.map(|limbs| limbs.map(|limb| 2.0 * limb)),
            false => one(),
        };
        replace(&mut divisors, lane, &divisor);
        specials.push(Special {
            group,
            lane,
            is_double,
        });
    }
    divisors
}

pub(super) fn one<const K: usize>() -> One<K> {
    std::array::from_fn(|part| if part == 0 { ONE } else { [0.0; 8] })
}

pub(super) fn triple<const K: usize>(one: &One<K>) -> One<K> {
    one.map(|limbs| limbs.map(|limb| 3.0 * limb))
}

/// Puts an element into a lane; all are settled.
#[target_feature(enable = "avx2,fma")]
pub(super) fn replace<const K: usize>(four: &mut Four<K>, lane: usize, one: &One<K>) {
    let mut ones = scatter(four);
    if let Some(place) = ones.get_mut(lane) {
        *place = *one;
    }
    let [a, b, c, d] = &ones;
    *four = settled(&gather([a, b, c, d]));
}

/// One divided by each, settled.
#[target_feature(enable = "avx2,fma")]
pub(super) fn invert<F: Coordinate, const K: usize>(four: &Four<K>) -> Four<K>
where
    F::Element: Parts<K>,
{
    let ones = scatter(four).map(|one| F::from_element(&element::<F::Element, K>(&one)));
    let [a, b, c, d] = &ones;
    let (mut ab, mut cd, mut all) = (F::ONE, F::ONE, F::ONE);
    ab.multiply(a, b);
    cd.multiply(c, d);
    all.multiply(&ab, &cd);
    let mut inverse = F::ONE;
    inverse.invert(&all);
    cd.scale(&inverse);
    ab.scale(&inverse);
    let (ab, cd) = (cd, ab);
    let inverses = [(&ab, b), (&ab, a), (&cd, d), (&cd, c)].map(|(pair, other)| {
        let mut one = F::ONE;
        one.multiply(pair, other);
        one.element().parts().map(|words| limbs(&words))
    });
    let [a, b, c, d] = &inverses;
    settled(&gather([a, b, c, d]))
}
