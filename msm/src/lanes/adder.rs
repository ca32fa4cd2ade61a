//! Additions of affine points that share an inversion, four in the lanes of a vector.
#![allow(unsafe_code)]

use super::coordinates::*;
use super::element::{limbs, Parts};
use super::points::*;
use super::Wide;
use crate::adder::{Adder, Match, Soon, AHEAD, MATCHES};
use crate::fp::{prefetch, Coordinate};
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;
use std::marker::PhantomData;

/// What four additions divide by, and the product of all divisors before.
#[derive(Clone, Copy)]
struct Divisors<const K: usize> {
    before: Four<K>,
    these: Four<K>,
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
                let [x, y] = [&point.x, &point.y].map(element::<F::Element, K>);
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
        if self.matches.is_empty() {
            return;
        }
        let Wide(()) = self.wide;
        // SAFETY: a `Wide` exists, so the CPU has the features.
        unsafe { self.settle_all(points, soon) }
        self.matches.clear();
    }
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
