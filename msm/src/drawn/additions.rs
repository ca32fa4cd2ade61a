//! Additions of pairs of points, compared with the affine formula. The points need not be on the curve.

use super::{Choices, base_element};
use crate::batch_affine::{BatchAdder, Pair};
use crate::fp::{Coordinate, Fp, Fp2};
use crate::portable::{self, PortableAdder};
use crate::signed_index::SignedIndex;
use ark_bls12_381::{Fq, Fq2, g1, g2};
use ark_ec::short_weierstrass::SWCurveConfig;
use ark_ff::{Field, Zero};

/// An adder whose points are made of coordinates, in every representation that memory may have.
pub(crate) trait Representations<P: SWCurveConfig>: BatchAdder<P> {
    /// The point in one of its representations. It takes a choice for each component of a coordinate.
    fn stored(choices: &mut Choices, coordinates: &[P::BaseField; 2]) -> Self::Point;
}

impl Representations<g1::Config> for PortableAdder<Fp> {
    fn stored(choices: &mut Choices, [x, y]: &[Fq; 2]) -> portable::Point<Fp> {
        choices.skip(2);
        let [x, y] = [x, y].map(Fp::from_element);
        portable::Point { x, y }
    }
}

impl Representations<g2::Config> for PortableAdder<Fp2> {
    fn stored(choices: &mut Choices, [x, y]: &[Fq2; 2]) -> portable::Point<Fp2> {
        choices.skip(4);
        let [x, y] = [x, y].map(Fp2::from_element);
        portable::Point { x, y }
    }
}

type Affine<P> = [<P as ark_ec::CurveConfig>::BaseField; 2];

fn coordinate<E: Field<BasePrimeField = Fq>>(choices: &mut Choices) -> E {
    let components = (0..E::extension_degree()).map(|_| base_element(choices));
    E::from_base_prime_field_elems(components).unwrap_or_default()
}

/// Points that are not (0, 0), and often the one before or its negative.
fn points<P>(choices: &mut Choices, count: usize) -> Vec<Affine<P>>
where
    P: SWCurveConfig,
    P::BaseField: Field<BasePrimeField = Fq>,
{
    let mut points: Vec<Affine<P>> = Vec::with_capacity(count);
    for _ in 0..count {
        let mut point = match (choices.below(8), points.last()) {
            (0, Some(before)) => *before,
            (1, Some([x, y])) => [*x, -*y],
            (2, Some([x, _])) => [*x, coordinate(choices)],
            _ => [coordinate(choices), coordinate(choices)],
        };
        if point == Affine::<P>::default() {
            point[1] = P::BaseField::ONE;
        }
        points.push(point);
    }
    points
}

/// Whether a point, or the identity, is the sum of two others. It says so without an inversion.
fn is_sum<E: Field>([px, py]: [E; 2], [qx, qy]: [E; 2], sum: Option<[E; 2]>) -> bool {
    let (divisor, dividend) = if px != qx {
        (qx - px, qy - py)
    } else if py == qy && !py.is_zero() {
        let square = px.square();
        (py.double(), square.double() + square)
    } else {
        return sum.is_none();
    };
    // (0, 0) stands for the identity in memory.
    let [x, y] = sum.unwrap_or_default();
    (x + px + qx) * divisor.square() == dividend.square()
        && (y + py) * divisor == dividend * (px - x)
}

fn coordinates<P: SWCurveConfig, A: BatchAdder<P>>(point: &A::Point) -> Option<Affine<P>> {
    let point = A::projective(point);
    (!point.z.is_zero()).then_some([point.x, point.y])
}

/// Points, the sums of neighbours, and the sums of neighbours of these where both are points. `None` is the identity.
pub(crate) struct Added<P: SWCurveConfig> {
    values: Vec<Affine<P>>,
    pairs: [Vec<Pair>; 2],
    pub(crate) sums: [Vec<Option<Affine<P>>>; 2],
}

/// Adds so many pairs of bases, then pairs of the sums.
pub(crate) fn added<P, A>(adder: &mut A, mut choices: Choices, count: usize) -> Added<P>
where
    P: SWCurveConfig,
    P::BaseField: Field<BasePrimeField = Fq>,
    A: Representations<P>,
{
    let choices = &mut choices;
    let values = points::<P>(choices, 2 * count);
    let bases: Vec<A::Point> = values
        .iter()
        .map(|value| A::stored(choices, value))
        .collect();
    // Either side may be negative, and the sums are written in some other order.
    let (start, is_reversed) = (usize::from(choices.byte()), choices.is_set());
    let target = |pair: usize| match is_reversed {
        true => count - 1 - pair,
        false => (start + pair) % count,
    };
    let first: Vec<Pair> = (0..count)
        .map(|pair| {
            let signs = choices.byte();
            Pair {
                left: SignedIndex::new(2 * pair as u32, signs & 1 == 1),
                right: SignedIndex::new(2 * pair as u32 + 1, signs & 2 == 2),
                target: target(pair) as u32,
            }
        })
        .collect();
    let mut points = vec![A::Point::default(); count];
    let later: Vec<SignedIndex> = first.iter().map(|pair| pair.right).collect();
    adder.add_bases(&bases, &mut points, &first, &later);
    let sums: Vec<_> = points.iter().map(coordinates::<P, A>).collect();
    let second = (0..count as u32 / 2).filter_map(|pair| {
        let (left, right) = (2 * pair, 2 * pair + 1);
        sums[left as usize].and(sums[right as usize])?;
        Some(Pair {
            left: SignedIndex::positive(left),
            right: SignedIndex::positive(right),
            target: if choices.is_set() { left } else { right },
        })
    });
    let second: Vec<Pair> = second.collect();
    adder.add(&mut points, &second);
    let sums_of_sums = points.iter().map(coordinates::<P, A>).collect();
    Added {
        values,
        pairs: [first, second],
        sums: [sums, sums_of_sums],
    }
}

impl<P: SWCurveConfig> Added<P> {
    /// Compares all sums with the formula.
    pub(crate) fn assert_right(&self) {
        let ([first, second], [sums, sums_of_sums]) = (&self.pairs, &self.sums);
        let count = sums.len();
        let signed = |index: SignedIndex| {
            let [x, y] = self.values[index.index()];
            [x, if index.is_negative() { -y } else { y }]
        };
        for pair in first {
            let sum = sums[pair.target as usize];
            assert!(
                is_sum(signed(pair.left), signed(pair.right), sum),
                "{count}"
            );
        }
        for pair in second {
            let operands = sums[pair.left.index()].zip(sums[pair.right.index()]);
            let sum = sums_of_sums[pair.target as usize];
            assert!(operands.is_some_and(|(p, q)| is_sum(p, q, sum)), "{count}");
        }
    }
}
