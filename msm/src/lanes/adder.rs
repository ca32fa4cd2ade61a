//! Additions of affine points that share an inversion, four in the lanes of a vector.
#![allow(unsafe_code)]

use super::Wide;
use super::coordinates::*;
use super::element::{Parts, limbs};
use super::points::*;
use crate::adder::{Adder, MATCHES, Match, ask};
use crate::fp::{Coordinate, coordinates};
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;
use std::array::from_fn;
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

    fn point(words: &[u64], is_image: bool) -> Point<K> {
        let [x, y] = coordinates::<F>(words, is_image);
        let [x, y] = [x, y].map(|one| one.element().parts().map(|words| limbs(&words)));
        Point { x, y }
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
    fn is_identity(point: &Point<K>) -> bool {
        point.is_identity()
    }

    #[inline]
    fn signed(points: &[Point<K>], code: u32) -> Point<K> {
        signed(at(points, code), code)
    }

    #[inline]
    fn add<const FIRST: bool>(&mut self, bases: &[Point<K>], points: &mut [Point<K>], one: Match) {
        if !FIRST {
            let (p, q) = (at(points, one.left), at(points, one.right));
            if p.is_identity() || q.is_identity() {
                let other = *if p.is_identity() { q } else { p };
                if let Some(sum) = points.get_mut(one.to as usize) {
                    *sum = other;
                }
                return;
            }
        }
        self.matches.push(one);
        if self.matches.len() == MATCHES {
            Adder::<P>::settle::<FIRST>(self, bases, points);
        }
    }

    fn settle<const FIRST: bool>(&mut self, bases: &[Point<K>], points: &mut [Point<K>]) {
        if self.matches.is_empty() {
            return;
        }
        let Wide(()) = self.wide;
        // SAFETY: a `Wide` exists, so the CPU has the features.
        unsafe { self.settle_all::<FIRST>(bases, points) }
        self.matches.clear();
    }
}

impl<F: Coordinate, const K: usize> Lanes<F, K>
where
    F::Element: Parts<K>,
{
    #[target_feature(enable = "avx2,fma")]
    fn settle_all<const FIRST: bool>(&mut self, bases: &[Point<K>], points: &mut [Point<K>]) {
        self.divisors.clear();
        self.specials.clear();
        let mut product = gather([&one(); 4]);
        for (group, matches) in self.matches.chunks(4).enumerate() {
            if FIRST {
                (0..4).for_each(|lane| ask(bases, &self.matches, 4 * group + lane));
            }
            let (p, q) = players(if FIRST { bases } else { points }, matches);
            let (px, qx) = (gather(p.map(|p| &p.x)), gather(q.map(|q| &q.x)));
            let mut these = subtract(&qx, &px);
            if K > 1 {
                these = settled(&these);
            }
            let suspects = may_be_zero(&these);
            if suspects != 0 {
                these = meet(p, q, matches, suspects, &these, group, &mut self.specials);
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
            let (p, q) = players(if FIRST { bases } else { points }, matches);
            let inverted = settled(&self::product(&inverse, &divisors.before));
            inverse = settled(&self::product(&inverse, &divisors.these));
            let (px, mut py) = (gather(p.map(|p| &p.x)), gather(p.map(|p| &p.y)));
            let (qx, mut qy) = (gather(q.map(|q| &q.x)), gather(q.map(|q| &q.y)));
            if FIRST {
                py = with_signs(&py, lanes(matches, |one| one.left));
                qy = with_signs(&qy, lanes(matches, |one| one.right));
            }
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

/// What four matches have; where there are less, the last of them again.
#[inline(always)]
fn lanes<T: Default>(matches: &[Match], what: impl Fn(&Match) -> T) -> [T; 4] {
    from_fn(|lane| match matches.get(lane).or(matches.last()) {
        Some(one) => what(one),
        None => T::default(),
    })
}

/// The points of four matches, without their signs.
#[inline(always)]
fn players<'a, const K: usize>(
    points: &'a [Point<K>],
    matches: &[Match],
) -> ([&'a Point<K>; 4], [&'a Point<K>; 4]) {
    let [left, right] = [|one: &Match| one.left, |one: &Match| one.right].map(|side| {
        let codes = lanes(matches, side);
        codes.map(|code| at(points, code))
    });
    (left, right)
}
