//! Additions of affine points that share an inversion, one after the other.

use super::adder::{Adder, MATCHES, Match, ask};
use super::fp::{Coordinate, coordinates};
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::Zero;

/// A point's coordinates. (0, 0) is no point of the curve and stands for the identity.
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

/// Matches that share an inversion.
pub(crate) struct Tournament<F> {
    matches: Vec<Match>,
    /// The product of the divisors of all later matches, and what this one divides by.
    divisors: Vec<(F, F)>,
}

impl<F: Coordinate> Tournament<F> {
    pub(crate) fn new() -> Self {
        Tournament {
            matches: Vec::with_capacity(MATCHES),
            divisors: Vec::with_capacity(MATCHES),
        }
    }
}

impl<P, F> Adder<P> for Tournament<F>
where
    P: SWCurveConfig,
    F: Coordinate<Element = P::BaseField>,
{
    type Point = Point<F>;

    fn point(words: &[u64], is_image: bool) -> Point<F> {
        let [x, y] = coordinates(words, is_image);
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

    fn signed(points: &[Point<F>], code: u32) -> Point<F> {
        at::<F, true>(points, &[], code)
    }

    fn add<const FIRST: bool>(&mut self, bases: &[Point<F>], points: &mut [Point<F>], one: Match) {
        self.matches.push(one);
        if self.matches.len() == MATCHES {
            Adder::<P>::settle::<FIRST>(self, bases, points);
        }
    }

    fn settle<const FIRST: bool>(&mut self, bases: &[Point<F>], points: &mut [Point<F>]) {
        if self.matches.is_empty() {
            return;
        }
        self.divisors.clear();
        self.divisors
            .resize(self.matches.len() + 1, (F::ONE, F::ONE));
        let mut rest = self.divisors.as_mut_slice();
        for one in self.matches.iter().rev() {
            let [this, next, ..] = rest else { break };
            let (p, q) = players::<F, FIRST>(bases, points, one);
            this.1.subtract(&q.x, &p.x);
            if this.1.is_zero() || p.x.is_zero() || q.x.is_zero() {
                match kind(&p, &q) {
                    Kind::Sum => {}
                    Kind::Double => this.1.add(&p.y, &p.y),
                    Kind::Known(_) => this.1 = F::ONE,
                }
            }
            next.0.multiply(&this.0, &this.1);
            rest = rest.get_mut(1..).unwrap_or_default();
        }
        let (mut inverse, mut inverted, mut slope, mut scratch) = (F::ONE, F::ONE, F::ONE, F::ONE);
        if let Some((product, _)) = self.divisors.last() {
            inverse.invert(product);
        }
        let divisors = self.divisors.iter().rev().skip(1).enumerate();
        for (one, (place, (later, divisor))) in self.matches.iter().zip(divisors) {
            if FIRST {
                ask(bases, &self.matches, place);
            }
            let (p, q) = players::<F, FIRST>(bases, points, one);
            let Some(sum) = points.get_mut(one.to as usize) else {
                continue;
            };
            inverted.multiply(&inverse, later);
            inverse.scale(divisor);
            scratch.subtract(&q.y, &p.y);
            if p.x == q.x || p.x.is_zero() || q.x.is_zero() {
                match kind(&p, &q) {
                    Kind::Sum => {}
                    Kind::Double => {
                        let mut square = p.x;
                        square.square(&p.x);
                        let mut twice = square;
                        twice.add(&square, &square);
                        scratch.add(&twice, &square);
                    }
                    Kind::Known(known) => {
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
        self.matches.clear();
    }
}

/// The point of a code: see [`Adder`].
fn at<F: Coordinate, const FIRST: bool>(
    bases: &[Point<F>],
    points: &[Point<F>],
    code: u32,
) -> Point<F> {
    let from = if FIRST { bases } else { points };
    let mut point = from.get((code >> 1) as usize).copied().unwrap_or_default();
    if code & 1 == 1 {
        let y = point.y;
        point.y.subtract(&F::default(), &y);
    }
    point
}

fn players<F: Coordinate, const FIRST: bool>(
    bases: &[Point<F>],
    points: &[Point<F>],
    one: &Match,
) -> (Point<F>, Point<F>) {
    let [p, q] = [one.left, one.right].map(|code| at::<F, FIRST>(bases, points, code));
    (p, q)
}

/// How two points are added.
enum Kind<F> {
    /// As two points on a line that is not vertical.
    Sum,
    /// As one point, twice.
    Double,
    /// Without any arithmetic.
    Known(Point<F>),
}

fn kind<F: Coordinate>(p: &Point<F>, q: &Point<F>) -> Kind<F> {
    if q.is_identity() {
        Kind::Known(*p)
    } else if p.is_identity() {
        Kind::Known(*q)
    } else if p.x != q.x {
        Kind::Sum
    } else if p.y == q.y && !p.y.is_zero() {
        Kind::Double
    } else {
        Kind::Known(Point::default())
    }
}
