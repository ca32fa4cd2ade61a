//! Multiples side by side, and FFTs over points, are those of arkworks' arithmetic, one by one.

use super::super::multiples::{Curve, add, multiples};
use super::super::transform::lagrange;
use crate::proof::{Silent, reduction};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective, g1, g2};
use ark_ec::short_weierstrass::{Affine, Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, PrimeField, UniformRand};
use ark_poly::EvaluationDomain;
use rand::rngs::OsRng;

/// Numbers at the ends of their ranges, at the carries of signed digits, of both signs, and random ones.
fn scalars() -> Vec<Fr> {
    let two = Fr::from(2u64);
    let mut scalars: Vec<Fr> = (0..40).map(Fr::from).collect();
    for bits in [4u64, 63, 64, 126, 127, 128, 129, 191, 192, 253, 254] {
        let power = two.pow([bits]);
        scalars.extend([power, power - Fr::ONE, power + Fr::ONE]);
    }
    // Each digit of eight, of nine, and of fifteen.
    for digit in [0x88u8, 0x99, 0xff, 0x78] {
        scalars.push(Fr::from_le_bytes_mod_order(&[digit; 31]));
    }
    // z², z³ and their like, of the decomposition.
    let z = Fr::from(0xd201_0000_0001_0000u64);
    scalars.extend([z, z * z, z * z * z, z * z - Fr::ONE, two.inverse().unwrap()]);
    scalars.extend((0..300).map(|_| Fr::rand(&mut OsRng)));
    let negative: Vec<Fr> = scalars.iter().map(|scalar| -*scalar).collect();
    scalars.extend(negative);
    scalars
}

fn are_right<P: Curve>() {
    let scalars = scalars();
    let mut points: Vec<Affine<P>> = scalars
        .iter()
        .map(|_| Projective::<P>::rand(&mut OsRng).into_affine())
        .collect();
    points[3] = Affine::identity();
    points[scalars.len() - 1] = Affine::identity();
    let found = multiples(&points, |index| scalars[index], &Silent).unwrap();
    for ((point, scalar), found) in points.iter().zip(&scalars).zip(found) {
        let expected = point.mul_bigint(scalar.into_bigint()).into_affine();
        assert_eq!(found, expected, "{scalar}");
    }
}

#[test]
fn multiples_in_g1_are_right() {
    are_right::<g1::Config>();
}

#[test]
fn multiples_in_g2_are_right() {
    are_right::<g2::Config>();
}

#[test]
fn sums_of_equal_opposite_and_missing_points_are_right() {
    let point = G2Projective::rand(&mut OsRng).into_affine();
    let other = G2Projective::rand(&mut OsRng).into_affine();
    let none = G2Affine::identity();
    let cases = [
        (point, point),
        (point, -point),
        (point, none),
        (none, point),
        (none, none),
        (point, other),
    ];
    let mut sums = cases.map(|(one, _)| one);
    add(&mut sums, |index| cases[index].1);
    assert_eq!(sums, cases.map(|(one, other)| (one + other).into_affine()));
}

#[test]
fn lagrange_values_are_those_of_the_domain() {
    for size in [2, 4, 1 << 10] {
        let domain = reduction::domain(size).unwrap();
        let tau = Fr::rand(&mut OsRng);
        let generator = G1Affine::generator();
        let powers = std::iter::successors(Some(Fr::ONE), |power| Some(*power * tau));
        let powers: Vec<G1Projective> = powers.take(size).map(|power| generator * power).collect();
        let powers = G1Projective::normalize_batch(&powers);
        let expected = domain.evaluate_all_lagrange_coefficients(tau);
        let expected: Vec<G1Projective> = expected.iter().map(|value| generator * value).collect();
        let found = lagrange(&domain, powers, &Silent).unwrap();
        assert_eq!(found, G1Projective::normalize_batch(&expected), "{size}");
    }
}
