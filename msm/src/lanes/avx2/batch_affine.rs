//! Batch-affine addition, four pairs at a time in the lanes of a vector.
#![allow(unsafe_code)]

use super::coordinates::*;
use super::element::{Components, limbs};
use super::points::*;
use crate::batch_affine::{BATCH_SIZE, BatchAdder, Pair, prefetch_ahead};
use crate::cpu::Avx2Fma;
use crate::fp::{Coordinate, coordinates};
use crate::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;
use std::array::from_fn;
use std::marker::PhantomData;

/// The divisors of four additions, and lane by lane the product of all divisors of earlier groups.
#[derive(Clone, Copy)]
struct Divisors<const K: usize> {
    earlier: PackedCoordinate<K>,
    own: PackedCoordinate<K>,
}

/// See [`BatchAdder`].
pub(crate) struct LaneAdder<F, const K: usize> {
    cpu: Avx2Fma,
    pairs: Vec<Pair>,
    divisors: Vec<Divisors<K>>,
    exceptions: Vec<Exception>,
    coordinate: PhantomData<F>,
}

impl<F, const K: usize> LaneAdder<F, K> {
    pub(crate) fn new(cpu: Avx2Fma) -> Self {
        LaneAdder {
            cpu,
            pairs: Vec::with_capacity(BATCH_SIZE),
            divisors: Vec::with_capacity(BATCH_SIZE.div_ceil(4)),
            exceptions: Vec::new(),
            coordinate: PhantomData,
        }
    }
}

impl<P, F, const K: usize> BatchAdder<P> for LaneAdder<F, K>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
    F::Element: Components<K>,
{
    type Point = Point<K>;

    fn point(words: &[u64], endomorphism: bool) -> Point<K> {
        let [x, y] = coordinates::<F>(words, endomorphism);
        let [x, y] = [x, y].map(|one| one.element().components().map(|words| limbs(&words)));
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
    fn signed_point(points: &[Point<K>], index: SignedIndex) -> Point<K> {
        with_sign(unsigned_point(points, index), index)
    }

    #[inline]
    fn add<const FROM_BASES: bool>(
        &mut self,
        bases: &[Point<K>],
        points: &mut [Point<K>],
        pair: Pair,
    ) {
        if !FROM_BASES {
            let (p, q) = (
                unsigned_point(points, pair.left),
                unsigned_point(points, pair.right),
            );
            if p.is_identity() || q.is_identity() {
                let other = *if p.is_identity() { q } else { p };
                if let Some(sum) = points.get_mut(pair.target as usize) {
                    *sum = other;
                }
                return;
            }
        }
        self.pairs.push(pair);
        if self.pairs.len() == BATCH_SIZE {
            BatchAdder::<P>::flush::<FROM_BASES>(self, bases, points);
        }
    }

    fn flush<const FROM_BASES: bool>(&mut self, bases: &[Point<K>], points: &mut [Point<K>]) {
        if self.pairs.is_empty() {
            return;
        }
        let Avx2Fma { .. } = self.cpu;
        // SAFETY: an `Avx2Fma` exists, so the CPU has the features.
        unsafe { self.add_all::<FROM_BASES>(bases, points) }
        self.pairs.clear();
    }
}

impl<F: Coordinate, const K: usize> LaneAdder<F, K>
where
    F::Element: Components<K>,
{
    #[target_feature(enable = "avx2,fma")]
    fn add_all<const FROM_BASES: bool>(&mut self, bases: &[Point<K>], points: &mut [Point<K>]) {
        self.divisors.clear();
        self.exceptions.clear();
        let mut product = gather([&one(); 4]);
        for (group, pairs) in self.pairs.chunks(4).enumerate() {
            if FROM_BASES {
                (0..4).for_each(|lane| prefetch_ahead(bases, &self.pairs, 4 * group + lane));
            }
            let (p, q) = operands(if FROM_BASES { bases } else { points }, pairs);
            let (px, qx) = (gather(p.map(|p| &p.x)), gather(q.map(|q| &q.x)));
            let mut own = subtract(&qx, &px);
            if K > 1 {
                own = normalised(&own);
            }
            let suspects = may_be_zero(&own);
            if suspects != 0 {
                own =
                    exceptional_divisors(p, q, pairs, suspects, &own, group, &mut self.exceptions);
            }
            self.divisors.push(Divisors {
                earlier: product,
                own,
            });
            product = normalised(&self::product(&product, &own));
        }
        let mut inverse = invert::<F, K>(&product);
        let groups = self.pairs.chunks(4).zip(&self.divisors).enumerate();
        for (group, (pairs, divisors)) in groups.rev() {
            let (p, q) = operands(if FROM_BASES { bases } else { points }, pairs);
            let inverted = normalised(&self::product(&inverse, &divisors.earlier));
            inverse = normalised(&self::product(&inverse, &divisors.own));
            let (px, mut py) = (gather(p.map(|p| &p.x)), gather(p.map(|p| &p.y)));
            let (qx, mut qy) = (gather(q.map(|q| &q.x)), gather(q.map(|q| &q.y)));
            if FROM_BASES {
                py = with_signs(&py, per_lane(pairs, |pair| pair.left));
                qy = with_signs(&qy, per_lane(pairs, |pair| pair.right));
            }
            let mut dividend = normalised(&subtract(&qy, &py));
            let mut cancelled = 0;
            while let Some(exception) = self.exceptions.pop_if(|last| last.group == group) {
                if exception.is_doubling {
                    let square = normalised(&squared(&normalised(&px)));
                    replace_lane(
                        &mut dividend,
                        exception.lane,
                        &triple(&scatter(&square)[exception.lane % 4]),
                    );
                } else {
                    cancelled |= 1 << exception.lane;
                }
            }
            let slope = normalised(&self::product(&dividend, &inverted));
            let x = centred(&subtract(&subtract(&squared(&slope), &px), &qx));
            let mut difference = subtract(&px, &x);
            if K > 1 {
                difference = normalised(&difference);
            }
            let y = centred(&subtract(&self::product(&slope, &difference), &py));
            let sums = scatter(&x).into_iter().zip(scatter(&y));
            for (lane, (pair, (x, y))) in pairs.iter().zip(sums).enumerate() {
                if let Some(sum) = points.get_mut(pair.target as usize) {
                    *sum = match cancelled >> lane & 1 {
                        0 => Point { x, y },
                        _ => Point::IDENTITY,
                    };
                }
            }
        }
    }
}

/// A value of each of four pairs. If there are fewer pairs, the last one is repeated.
#[inline(always)]
fn per_lane<T: Default>(pairs: &[Pair], value: impl Fn(&Pair) -> T) -> [T; 4] {
    from_fn(|lane| match pairs.get(lane).or(pairs.last()) {
        Some(pair) => value(pair),
        None => T::default(),
    })
}

/// The points of four pairs. Signs are ignored.
#[inline(always)]
fn operands<'a, const K: usize>(
    points: &'a [Point<K>],
    pairs: &[Pair],
) -> ([&'a Point<K>; 4], [&'a Point<K>; 4]) {
    let [left, right] = [|pair: &Pair| pair.left, |pair: &Pair| pair.right].map(|side| {
        let indices = per_lane(pairs, side);
        indices.map(|index| unsigned_point(points, index))
    });
    (left, right)
}
