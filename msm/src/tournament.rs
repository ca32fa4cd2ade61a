//! Sums of the points of many buckets at once, in affine coordinates, in rounds of pairs.

use super::fp::Coordinate;

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

/// One match: the points at `left` and `right`; the sum goes to `to`, which is no place of a later match.
struct Match {
    left: u32,
    right: u32,
    to: u32,
}

/// Matches that share an inversion.
pub(crate) struct Tournament<F> {
    matches: Vec<Match>,
    /// The product of the divisors of all later matches, and what this one divides by.
    divisors: Vec<(F, F)>,
}

/// Additions that share an inversion, at most: enough that it costs a fraction of a multiplication each, few enough
/// that they stay in the cache.
const MATCHES: usize = 1024;

impl<F: Coordinate> Tournament<F> {
    pub(crate) fn new() -> Self {
        Tournament {
            matches: Vec::with_capacity(MATCHES),
            divisors: Vec::with_capacity(MATCHES),
        }
    }

    /// Leaves at the front of `points` one sum for each bucket that has points: `counts` says how many each has, one
    /// bucket after the other.
    pub(crate) fn play(&mut self, points: &mut [Point<F>], counts: &mut [u32]) {
        while counts.iter().any(|count| *count > 1) {
            let (mut from, mut to) = (0, 0);
            for count in counts.iter_mut() {
                for pair in 0..*count / 2 {
                    self.add(points, from + 2 * pair, from + 2 * pair + 1, to + pair);
                }
                if *count % 2 == 1 {
                    // In the order of the matches: its place may still be read by one that waits.
                    let last = from + *count - 1;
                    self.add(points, last, last, to + *count / 2);
                }
                from += *count;
                *count = count.div_ceil(2);
                to += *count;
            }
            self.settle(points);
        }
    }

    /// Adds the points at `left` and `right` into the place `to`, now or with [`Tournament::settle`]. A point and
    /// itself is that point: it has no opponent.
    pub(crate) fn add(&mut self, points: &mut [Point<F>], left: u32, right: u32, to: u32) {
        self.matches.push(Match { left, right, to });
        if self.matches.len() == MATCHES {
            self.settle(points);
        }
    }

    /// Does what was asked for. In the order in which it was, since a sum may go where an earlier one has been read.
    pub(crate) fn settle(&mut self, points: &mut [Point<F>]) {
        let at = |points: &[Point<F>], place: u32| {
            points.get(place as usize).copied().unwrap_or_default()
        };
        self.divisors.clear();
        self.divisors
            .resize(self.matches.len() + 1, (F::ONE, F::ONE));
        let mut rest = self.divisors.as_mut_slice();
        for one in self.matches.iter().rev() {
            let [this, next, ..] = rest else { break };
            let (p, q) = (at(points, one.left), at(points, one.right));
            this.1.subtract(&q.x, &p.x);
            if this.1.is_zero() || p.x.is_zero() || q.x.is_zero() {
                match kind(one, &p, &q) {
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
        let divisors = self.divisors.iter().rev().skip(1);
        for (one, (later, divisor)) in self.matches.iter().zip(divisors) {
            let (p, q) = (at(points, one.left), at(points, one.right));
            let Some(sum) = points.get_mut(one.to as usize) else {
                continue;
            };
            inverted.multiply(&inverse, later);
            inverse.scale(divisor);
            scratch.subtract(&q.y, &p.y);
            if p.x == q.x || p.x.is_zero() || q.x.is_zero() {
                match kind(one, &p, &q) {
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

/// How two points are added.
enum Kind<F> {
    /// As two points on a line that is not vertical.
    Sum,
    /// As one point, twice.
    Double,
    /// Without any arithmetic.
    Known(Point<F>),
}

fn kind<F: Coordinate>(one: &Match, p: &Point<F>, q: &Point<F>) -> Kind<F> {
    if one.left == one.right || q.is_identity() {
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
