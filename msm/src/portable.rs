//! Batch-affine addition for any CPU, one addition after the other with `blst`'s field arithmetic.

use super::batch_affine::{BatchAdder, Pair, batches, prefetch_ahead};
use super::fp::{Coordinate, coordinates};
use super::prefetch::prefetch_far;
use super::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;

/// An affine point. (0, 0) is no point of the curve and stands for the identity.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Point<F> {
    pub(crate) x: F,
    pub(crate) y: F,
}

impl<F: Coordinate> Point<F> {
    pub(crate) fn is_identity(&self) -> bool {
        self.x.is_zero() && self.y.is_zero()
    }
}

/// See [`BatchAdder`].
pub(crate) struct PortableAdder<F> {
    /// For each pair the product of the divisors of all later pairs, and its own divisor.
    divisors: Vec<(F, F)>,
}

impl<F: Coordinate> PortableAdder<F> {
    pub(crate) fn new() -> Self {
        PortableAdder {
            divisors: Vec::new(),
        }
    }
}

impl<P, F> BatchAdder<P> for PortableAdder<F>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
{
    type Point = Point<F>;

    const BATCH_SIZE: usize = 1024;
    const BLOCK_BYTES: usize = 192 << 10;

    fn point(words: &[u64], endomorphism: bool) -> Point<F> {
        let [x, y] = coordinates(words, endomorphism);
        Point { x, y }
    }

    fn projective(point: &Point<F>) -> Projective<P> {
        match point.is_identity() {
            true => Projective::zero(),
            false => Affine::new_unchecked(point.x.element(), point.y.element()).into(),
        }
    }

    fn is_identity(point: &Point<F>) -> bool {
        point.is_identity()
    }

    fn signed_point(points: &[Point<F>], index: SignedIndex) -> Point<F> {
        signed_point(points, index)
    }

    fn add_bases(
        &mut self,
        bases: &[Point<F>],
        points: &mut [Point<F>],
        pairs: &[Pair],
        later: &[SignedIndex],
    ) {
        // Of the bases that are read later, each addition prefetches its share.
        let mut later = later.chunks(later.len().div_ceil(pairs.len().max(1)).max(1));
        for pairs in batches(pairs, <Self as BatchAdder<P>>::BATCH_SIZE, 1) {
            self.add_batch::<true>(bases, points, pairs, &mut later);
        }
    }

    fn add(&mut self, points: &mut [Point<F>], pairs: &[Pair]) {
        for pairs in batches(pairs, <Self as BatchAdder<P>>::BATCH_SIZE, 1) {
            self.add_batch::<false>(&[], points, pairs, &mut [].chunks(1));
        }
    }
}

impl<F: Coordinate> PortableAdder<F> {
    fn add_batch<const FROM_BASES: bool>(
        &mut self,
        bases: &[Point<F>],
        points: &mut [Point<F>],
        pairs: &[Pair],
        upcoming: &mut std::slice::Chunks<SignedIndex>,
    ) {
        self.divisors.clear();
        self.divisors.resize(pairs.len() + 1, (F::ONE, F::ONE));
        let mut remaining = self.divisors.as_mut_slice();
        for pair in pairs.iter().rev() {
            let [this, next, ..] = remaining else { break };
            let source = if FROM_BASES { bases } else { &*points };
            if let (Some(p), Some(q)) = operands(source, pair) {
                this.1.subtract(&q.x, &p.x);
                if this.1.is_zero() {
                    this.1 = exceptional_divisor(source, pair);
                }
            }
            next.0.multiply(&this.0, &this.1);
            remaining = remaining.get_mut(1..).unwrap_or_default();
        }
        let (mut inverse, mut inverted, mut slope, mut scratch) = (F::ONE, F::ONE, F::ONE, F::ONE);
        let mut sum = Point::<F>::default();
        if let Some((product, _)) = self.divisors.last() {
            inverse.invert(product);
        }
        let divisors = self.divisors.iter().rev().skip(1).enumerate();
        for (pair, (position, (later, divisor))) in pairs.iter().zip(divisors) {
            if FROM_BASES {
                prefetch_ahead(bases, pairs, position);
                for index in upcoming.next().unwrap_or(&[]) {
                    if let Some(base) = bases.get(index.index()) {
                        prefetch_far(base);
                    }
                }
            }
            let source = if FROM_BASES { bases } else { &*points };
            let (Some(p), Some(q)) = operands(source, pair) else {
                continue;
            };
            inverted.multiply(&inverse, later);
            inverse.scale(divisor);
            let (px, mut py) = (p.x, p.y);
            if FROM_BASES && pair.left.is_negative() {
                py.subtract(&F::default(), &p.y);
            }
            if FROM_BASES && pair.right.is_negative() {
                // −q's y − p's y
                scratch.add(&q.y, &py);
                slope.subtract(&F::default(), &scratch);
                scratch = slope;
            } else {
                scratch.subtract(&q.y, &py);
            }
            let mut is_identity = false;
            if p.x == q.x {
                is_identity = !is_doubling(source, pair);
                // The dividend is 3·x².
                slope.square(&px);
                sum.x.add(&slope, &slope);
                scratch.add(&sum.x, &slope);
            }
            slope.multiply(&scratch, &inverted);
            scratch.square(&slope);
            inverted.subtract(&scratch, &px);
            sum.x.subtract(&inverted, &q.x);
            inverted.subtract(&px, &sum.x);
            scratch.multiply(&inverted, &slope);
            sum.y.subtract(&scratch, &py);
            if let Some(target) = points.get_mut(pair.target as usize) {
                *target = if is_identity { Point::default() } else { sum };
            }
        }
    }
}

/// The points of a pair. Signs are ignored.
#[inline(always)]
fn operands<'a, T>(points: &'a [T], pair: &Pair) -> (Option<&'a T>, Option<&'a T>) {
    (
        points.get(pair.left.index()),
        points.get(pair.right.index()),
    )
}

/// The divisor of a pair with equal x: 2y for a doubling, else one.
#[cold]
fn exceptional_divisor<F: Coordinate>(points: &[Point<F>], pair: &Pair) -> F {
    let mut divisor = F::ONE;
    if is_doubling(points, pair) {
        let y = signed_point(points, pair.left).y;
        divisor.add(&y, &y);
    }
    divisor
}

/// Whether points with equal x are the same, so that they are added by the tangent; else one is the other's negative.
#[cold]
fn is_doubling<F: Coordinate>(points: &[Point<F>], pair: &Pair) -> bool {
    let [p, q] = [pair.left, pair.right].map(|index| signed_point(points, index));
    p.y == q.y && !p.y.is_zero()
}

fn signed_point<F: Coordinate>(points: &[Point<F>], index: SignedIndex) -> Point<F> {
    let mut point = points.get(index.index()).copied().unwrap_or_default();
    if index.is_negative() {
        let y = point.y;
        point.y.subtract(&F::default(), &y);
    }
    point
}
