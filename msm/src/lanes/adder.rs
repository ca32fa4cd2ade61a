//! Additions of affine points that share an inversion, four in the lanes of a vector.
#![allow(unsafe_code)]

use super::coordinates::*;
use super::element::{limbs, words, Parts, ONE};
use super::Wide;
use crate::adder::{Adder, Match, Soon, AHEAD, MATCHES};
use crate::fp::{prefetch, Coordinate};
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;
use std::marker::PhantomData;

/// A point's coordinates as limbs. All zero stands for the identity.
#[derive(Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(crate) struct Point<const K: usize> {
    x: One<K>,
    y: One<K>,
}

impl<const K: usize> Default for Point<K> {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl<const K: usize> Point<K> {
    const IDENTITY: Self = Point {
        x: [[0.0; 8]; K],
        y: [[0.0; 8]; K],
    };

    #[inline]
    fn is_identity(&self) -> bool {
        // The quick answer first.
        self.x[0][7] == 0.0 && *self == Self::IDENTITY
    }
}

/// What four additions divide by, and the product of all divisors before.
#[derive(Clone, Copy)]
struct Divisors<const K: usize> {
    before: Four<K>,
    these: Four<K>,
}

/// A match of a point with itself or its negative.
struct Special {
    group: usize,
    lane: usize,
    is_double: bool,
}

/// See [`Adder`].
pub(crate) struct Lanes<F, const K: usize> {
    wide: Wide,
    matches: Vec<Match>,
    divisors: Vec<Divisors<K>>,
    specials: Vec<Special>,
    coordinate: PhantomData<F>,
}

impl<F, const K: usize> Lanes<F, K> {
    pub(crate) fn new(wide: Wide) -> Self {
        Lanes {
            wide,
            matches: Vec::with_capacity(MATCHES),
            divisors: Vec::with_capacity(MATCHES.div_ceil(4)),
            specials: Vec::new(),
            coordinate: PhantomData,
        }
    }
}

impl<P, F, const K: usize> Adder<P> for Lanes<F, K>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
    F::Element: Parts<K>,
{
    type Point = Point<K>;
    const RUNS: usize = 128;

    fn gather(&self, bases: &[Affine<P>], codes: &[u32], points: &mut Vec<Point<K>>) {
        let Wide(()) = self.wide;
        // SAFETY: a `Wide` exists, so the CPU has the features.
        unsafe { fill(bases, codes, points) }
    }

    fn projective(point: &Point<K>) -> Projective<P> {
        match point.is_identity() {
            true => Projective::zero(),
            false => {
                let [x, y] = [&point.x, &point.y].map(|one| element::<F::Element, K>(one));
                Affine::new_unchecked(x, y).into()
            }
        }
    }

    #[inline]
    fn add(&mut self, points: &mut [Point<K>], soon: &mut Soon<P>, left: u32, right: u32, to: u32) {
        let (p, q) = (at(points, left), at(points, right));
        if p.is_identity() || q.is_identity() {
            let other = *if p.is_identity() { q } else { p };
            if let Some(sum) = points.get_mut(to as usize) {
                *sum = other;
            }
            return;
        }
        self.matches.push(Match { left, right, to });
        if self.matches.len() == MATCHES {
            self.settle(points, soon);
        }
    }

    fn settle(&mut self, points: &mut [Point<K>], soon: &mut Soon<P>) {
        let Wide(()) = self.wide;
        // SAFETY: a `Wide` exists, so the CPU has the features.
        unsafe { self.settle_all(points, soon) }
        self.matches.clear();
    }
}

fn element<E: Parts<K>, const K: usize>(one: &One<K>) -> E {
    E::from_parts(one.map(|limbs| words(&limbs)))
}

#[inline]
fn at<const K: usize>(points: &[Point<K>], place: u32) -> &Point<K> {
    points.get(place as usize).unwrap_or(&Point::IDENTITY)
}

#[target_feature(enable = "avx2,fma")]
fn fill<P, const K: usize>(bases: &[Affine<P>], codes: &[u32], points: &mut Vec<Point<K>>)
where
    P: SWCurveConfig,
    P::BaseField: Parts<K>,
{
    points.clear();
    points.extend(codes.iter().enumerate().map(|(place, code)| {
        let soon = codes.get(place + AHEAD).map(|code| *code >> 1);
        if let Some(base) = soon.and_then(|soon| bases.get(soon as usize)) {
            prefetch(base);
        }
        let Some(base) = bases.get((code >> 1) as usize) else {
            return Point::IDENTITY;
        };
        let sign = if code & 1 == 1 { -1.0 } else { 1.0 };
        Point {
            x: base.x.parts().map(|words| limbs(&words)),
            y: base
                .y
                .parts()
                .map(|words| limbs(&words).map(|limb| limb * sign)),
        }
    }));
}

impl<F: Coordinate, const K: usize> Lanes<F, K>
where
    F::Element: Parts<K>,
{
    #[target_feature(enable = "avx2,fma")]
    fn settle_all<P: SWCurveConfig>(&mut self, points: &mut [Point<K>], soon: &mut Soon<P>) {
        self.divisors.clear();
        self.specials.clear();
        let mut product = gather([&one(); 4]);
        for (group, matches) in self.matches.chunks(4).enumerate() {
            soon.ask(3);
            let (p, q) = players(points, matches);
            let (px, qx) = (gather(p.map(|p| &p.x)), gather(q.map(|q| &q.x)));
            let mut these = subtract(&qx, &px);
            if K > 1 {
                these = settled(&these);
            }
            let suspects = may_be_zero(&these);
            if suspects != 0 {
                these = meet(p, q, suspects, &these, group, &mut self.specials);
            }
            self.divisors.push(Divisors {
                before: product,
                these,
            });
            product = settled(&self::product(&product, &these));
        }
        let mut inverse = invert::<F, K>(&product);
        let groups = self.matches.chunks(4).zip(&self.divisors).enumerate();
        for (group, (matches, divisors)) in groups.rev() {
            soon.ask(3);
            let (p, q) = players(points, matches);
            let inverted = settled(&self::product(&inverse, &divisors.before));
            inverse = settled(&self::product(&inverse, &divisors.these));
            let (px, py) = (gather(p.map(|p| &p.x)), gather(p.map(|p| &p.y)));
            let (qx, qy) = (gather(q.map(|q| &q.x)), gather(q.map(|q| &q.y)));
            let mut rise = settled(&subtract(&qy, &py));
            let mut vanished = 0;
            while let Some(special) = self.specials.pop_if(|last| last.group == group) {
                if special.is_double {
                    let square = settled(&squared(&settled(&px)));
                    replace(
                        &mut rise,
                        special.lane,
                        &triple(&scatter(&square)[special.lane % 4]),
                    );
                } else {
                    vanished |= 1 << special.lane;
                }
            }
            let slope = settled(&self::product(&rise, &inverted));
            let x = nearest(&subtract(&subtract(&squared(&slope), &px), &qx));
            let mut run = subtract(&px, &x);
            if K > 1 {
                run = settled(&run);
            }
            let y = nearest(&subtract(&self::product(&slope, &run), &py));
            let sums = scatter(&x).into_iter().zip(scatter(&y));
            for (lane, (one, (x, y))) in matches.iter().zip(sums).enumerate() {
                if let Some(sum) = points.get_mut(one.to as usize) {
                    *sum = match vanished >> lane & 1 {
                        0 => Point { x, y },
                        _ => Point::IDENTITY,
                    };
                }
            }
        }
    }
}

/// The points of four matches; where there are less, the last of them again.
#[inline(always)]
fn players<'a, const K: usize>(
    points: &'a [Point<K>],
    matches: &[Match],
) -> ([&'a Point<K>; 4], [&'a Point<K>; 4]) {
    let of = |lane: usize| match matches.get(lane).or(matches.last()) {
        Some(one) => (at(points, one.left), at(points, one.right)),
        None => (&Point::IDENTITY, &Point::IDENTITY),
    };
    let [a, b, c, d] = [of(0), of(1), of(2), of(3)];
    ([a.0, b.0, c.0, d.0], [a.1, b.1, c.1, d.1])
}

/// The divisors of four matches some of which may be of a point with itself or its negative; those are noted.
#[cold]
#[target_feature(enable = "avx2,fma")]
fn meet<const K: usize>(
    p: [&Point<K>; 4],
    q: [&Point<K>; 4],
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

fn one<const K: usize>() -> One<K> {
    std::array::from_fn(|part| if part == 0 { ONE } else { [0.0; 8] })
}

fn triple<const K: usize>(one: &One<K>) -> One<K> {
    one.map(|limbs| limbs.map(|limb| 3.0 * limb))
}

/// Puts an element into a lane; all are settled.
#[target_feature(enable = "avx2,fma")]
fn replace<const K: usize>(four: &mut Four<K>, lane: usize, one: &One<K>) {
    let mut ones = scatter(four);
    if let Some(place) = ones.get_mut(lane) {
        *place = *one;
    }
    let [a, b, c, d] = &ones;
    *four = settled(&gather([a, b, c, d]));
}

/// One divided by each, settled.
#[target_feature(enable = "avx2,fma")]
fn invert<F: Coordinate, const K: usize>(four: &Four<K>) -> Four<K>
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
