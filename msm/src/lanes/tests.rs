//! Additions in lanes compared with the affine formula, for coordinates at the ends of their range, in every representation
//! that memory may have. The points need not be on the curve.

use super::LaneAdder;
use super::components::Components;
use super::point::{Limb, Limbs, Point};
use super::unit::Unit;
use crate::batch_affine::{BatchAdder, Pair};
use crate::cpu::{Avx2Fma, Ifma};
use crate::fp::{Coordinate, Fp, Fp2};
use crate::signed_index::SignedIndex;
use ark_bls12_381::{Fq, g1, g2};
use ark_ec::short_weierstrass::SWCurveConfig;
use ark_ff::{Field, UniformRand};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::array::from_fn;

/// Zero, small elements, those next to p and to p/2, and random ones.
fn element(rng: &mut ChaCha8Rng) -> Fq {
    let small = Fq::new_unchecked(ark_ff::BigInt([rng.gen_range(0..3), 0, 0, 0, 0, 0]));
    let half = Fq::new_unchecked(ark_ff::BigInt(
        <Fq as ark_ff::PrimeField>::MODULUS_MINUS_ONE_DIV_TWO.0,
    ));
    match rng.gen_range(0..8) {
        0 => small,
        1 => -small,
        2 => half + small,
        3 => half - small,
        _ => Fq::rand(rng),
    }
}

/// A stored coordinate with its value.
type Stored<T, E, const K: usize> = ([Limbs<T>; K], E);

fn coordinate<T: Limb, E: Components<K>, const K: usize>(
    rng: &mut ChaCha8Rng,
    stored: impl Fn(&mut ChaCha8Rng, Fq) -> Limbs<T>,
) -> Stored<T, E, K> {
    let elements: [Fq; K] = from_fn(|_| element(rng));
    let limbs = elements.map(|element| stored(rng, element));
    (
        limbs,
        E::from_components(elements.map(|element| element.0.0)),
    )
}

/// The sum by the affine formula; `None` for the identity.
fn sum<E: Field>([px, py]: [E; 2], [qx, qy]: [E; 2]) -> Option<[E; 2]> {
    let slope = if px != qx {
        (qy - py) / (qx - px)
    } else if py == qy && !py.is_zero() {
        (px.square() + px.square() + px.square()) / (py + py)
    } else {
        return None;
    };
    let x = slope.square() - px - qx;
    Some([x, slope * (px - x) - py])
}

fn agrees<P, U, F, const K: usize, const L: usize>(
    unit: U,
    seed: u64,
    stored: impl Fn(&mut ChaCha8Rng, Fq) -> Limbs<U::Limb>,
) where
    P: SWCurveConfig,
    U: Unit<K, L>,
    F: Coordinate<Element = P::BaseField>,
    F::Element: Components<K>,
{
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let mut adder = LaneAdder::<U, F, K, L>::new(unit);
    for count in [1, 2, 3, 15, 16, 17, 31, 33, 100, 2047, 2049, 5000] {
        let mut bases: Vec<Point<U::Limb, K>> = Vec::new();
        let mut values: Vec<[P::BaseField; 2]> = Vec::new();
        while bases.len() < 2 * count {
            let (mut x, mut x_value) = coordinate(rng, &stored);
            let (mut y, mut y_value) = coordinate(rng, &stored);
            // Often the point before, or its negative, in another representation.
            if let Some([before, before_y]) = values.last().copied()
                && rng.gen_range(0..3) == 0
            {
                let again = |rng: &mut ChaCha8Rng, value: &P::BaseField| {
                    value
                        .components()
                        .map(|words| stored(rng, crate::fp::element(words)))
                };
                (x, x_value) = (again(rng, &before), before);
                let other = if rng.r#gen() { before_y } else { -before_y };
                (y, y_value) = (again(rng, &other), other);
            }
            let point = Point { x, y };
            if !point.is_identity() {
                bases.push(point);
                values.push([x_value, y_value]);
            }
        }
        let index = |index: usize, sign| SignedIndex::new(index as u32, sign);
        let pairs = (0..count).map(|pair| Pair {
            left: index(2 * pair, rng.r#gen()),
            right: index(2 * pair + 1, rng.r#gen()),
            target: pair as u32,
        });
        let pairs: Vec<Pair> = pairs.collect();
        let mut points = vec![Point::IDENTITY; count];
        let later = [index(0, false), index(bases.len() - 1, true)];
        BatchAdder::<P>::add_bases(&mut adder, &bases, &mut points, &pairs, &later);
        let read = |point: &Point<U::Limb, K>| {
            let read = |coordinate: &[Limbs<U::Limb>; K]| {
                P::BaseField::from_components(coordinate.map(|limbs| U::words(&limbs)))
            };
            (!point.is_identity()).then(|| [read(&point.x), read(&point.y)])
        };
        let signed = |index: SignedIndex| {
            let [x, y] = values[index.index()];
            [x, if index.is_negative() { -y } else { y }]
        };
        let sums: Vec<_> = pairs
            .iter()
            .map(|pair| sum(signed(pair.left), signed(pair.right)))
            .collect();
        let found: Vec<_> = points.iter().map(read).collect();
        assert!(found == sums, "{count}");
        // What was stored is added again: every other point to the next.
        let pairs = (0..count / 2).map(|pair| Pair {
            left: SignedIndex::positive(2 * pair as u32),
            right: SignedIndex::positive(2 * pair as u32 + 1),
            target: 2 * pair as u32,
        });
        let is_some = |index: SignedIndex| sums[index.index()].is_some();
        let pairs: Vec<Pair> = pairs
            .filter(|pair| is_some(pair.left) && is_some(pair.right))
            .collect();
        BatchAdder::<P>::add(&mut adder, &mut points, &pairs);
        for pair in &pairs {
            let [left, right] = [pair.left, pair.right].map(|index| sums[index.index()]);
            let expected = left.zip(right).and_then(|(left, right)| sum(left, right));
            assert!(read(&points[pair.target as usize]) == expected, "{count}");
        }
    }
}

/// Limbs of the element or of its negative, with all signs turned.
fn stored_in_doubles(rng: &mut ChaCha8Rng, element: Fq) -> Limbs<f64> {
    let limbs = <Avx2Fma as Unit<1, 4>>::limbs;
    match rng.r#gen() {
        true => limbs(&element.0.0),
        false => limbs(&(-element).0.0).map(|limb| -limb),
    }
}

/// Limbs of the element, or of a small one and p.
fn stored_in_words(rng: &mut ChaCha8Rng, element: Fq) -> Limbs<u64> {
    let limbs = <Ifma as Unit<1, 8>>::limbs;
    let mut stored = limbs(&element.0.0);
    if element.0.0[1..] == [0; 5] && rng.r#gen() {
        let modulus = limbs(&<Fq as ark_ff::PrimeField>::MODULUS.0);
        let low = modulus[0] + stored[0];
        stored = modulus;
        stored[0] = low & ((1 << 48) - 1);
        stored[1] += low >> 48;
    }
    stored
}

#[test]
fn additions_of_four_agree_with_the_formula() {
    if let Some(unit) = Avx2Fma::detect() {
        agrees::<g1::Config, _, Fp, 1, 4>(unit, 1, stored_in_doubles);
        agrees::<g2::Config, _, Fp2, 2, 4>(unit, 2, stored_in_doubles);
    }
}

#[test]
fn additions_of_eight_agree_with_the_formula() {
    if let Some(unit) = Ifma::detect() {
        agrees::<g1::Config, _, Fp, 1, 8>(unit, 3, stored_in_words);
        agrees::<g2::Config, _, Fp2, 2, 8>(unit, 4, stored_in_words);
    }
}
