//! Batch-affine addition for any CPU, one addition after the other with `blst`'s field arithmetic.

use super::batch_affine::{BATCH_SIZE, BatchAdder, Pair, batches, prefetch_ahead};
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
            divisors: Vec::with_capacity(BATCH_SIZE),
        }
    }
}

impl<P, F> BatchAdder<P> for PortableAdder<F>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
{
    type Point = Point<F>;

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
        for pairs in batches(pairs, 1) {
            self.add_batch::<true>(bases, points, pairs);
        }
        for base in later.iter().filter_map(|index| bases.get(index.index())) {
            prefetch_far(base);
        }
    }

    fn add(&mut self, points: &mut [Point<F>], pairs: &[Pair]) {
        for pairs in batches(pairs, 1) {
            self.add_batch::<false>(&[], points, pairs);
        }
    }
}

impl<F: Coordinate> PortableAdder<F> {
    fn add_batch<const FROM_BASES: bool>(
        &mut self,
        bases: &[Point<F>],
        points: &mut [Point<F>],
        pairs: &[Pair],
    ) {
        self.divisors.clear();
        self.divisors.resize(pairs.len() + 1, (F::ONE, F::ONE));
        let mut remaining = self.divisors.as_mut_slice();
        for pair in pairs.iter().rev() {
            let [this, next, ..] = remaining else { break };
            let (p, q) = operands::<F, FROM_BASES>(bases, points, pair);
            this.1.subtract(&q.x, &p.x);
            if this.1.is_zero() || p.x.is_zero() || q.x.is_zero() {
                match addition_case(&p, &q) {
                    AdditionCase::Generic => {}
                    AdditionCase::Doubling => this.1.add(&p.y, &p.y),
                    AdditionCase::Known(_) => this.1 = F::ONE,
                }
            }
            next.0.multiply(&this.0, &this.1);
            remaining = remaining.get_mut(1..).unwrap_or_default();
        }
        let (mut inverse, mut inverted, mut slope, mut scratch) = (F::ONE, F::ONE, F::ONE, F::ONE);
        if let Some((product, _)) = self.divisors.last() {
            inverse.invert(product);
        }
        let divisors = self.divisors.iter().rev().skip(1).enumerate();
        for (pair, (position, (later, divisor))) in pairs.iter().zip(divisors) {
            if FROM_BASES {
                prefetch_ahead(bases, pairs, position);
            }
            let (p, q) = operands::<F, FROM_BASES>(bases, points, pair);
            let Some(sum) = points.get_mut(pair.target as usize) else {
                continue;
            };
            inverted.multiply(&inverse, later);
            inverse.scale(divisor);
            scratch.subtract(&q.y, &p.y);
            if p.x == q.x || p.x.is_zero() || q.x.is_zero() {
                match addition_case(&p, &q) {
                    AdditionCase::Generic => {}
                    AdditionCase::Doubling => {
                        let mut square = p.x;
                        square.square(&p.x);
                        let mut twice = square;
                        twice.add(&square, &square);
                        scratch.add(&twice, &square);
                    }
                    AdditionCase::Known(known) => {
                        *sum = known;
                        continue;
                    }
                }
            }
            slope.multiply(&scratch, &inverted);
            scratch.square(&slope);
            inverted.subtract(&scratch, &p.x);
            sum.x.subtract(&inverted, &q.x);
            inverted.subtract(&p.x, &sum.x);
            scratch.multiply(&inverted, &slope);
            sum.y.subtract(&scratch, &p.y);
        }
    }
}

fn signed_point<F: Coordinate>(points: &[Point<F>], index: SignedIndex) -> Point<F> {
    let mut point = points.get(index.index()).copied().unwrap_or_default();
    if index.is_negative() {
        let y = point.y;
        point.y.subtract(&F::default(), &y);
    }
    point
}

fn operands<F: Coordinate, const FROM_BASES: bool>(
    bases: &[Point<F>],
    points: &[Point<F>],
    pair: &Pair,
) -> (Point<F>, Point<F>) {
    let source = if FROM_BASES { bases } else { points };
    let [p, q] = [pair.left, pair.right].map(|index| signed_point(source, index));
    (p, q)
}

/// How two points are added: the affine formula has exceptional cases.
enum AdditionCase<F> {
    /// By the chord through both points.
    Generic,
    /// By the tangent at the point, which is added to itself.
    Doubling,
    /// The sum is known without arithmetic.
    Known(Point<F>),
}

fn addition_case<F: Coordinate>(p: &Point<F>, q: &Point<F>) -> AdditionCase<F> {
    if q.is_identity() {
        AdditionCase::Known(*p)
    } else if p.is_identity() {
        AdditionCase::Known(*q)
    } else if p.x != q.x {
        AdditionCase::Generic
    } else if p.y == q.y && !p.y.is_zero() {
        AdditionCase::Doubling
    } else {
        AdditionCase::Known(Point::default())
    }
}
