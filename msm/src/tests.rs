//! Sums compared with those of arkworks.
#![allow(clippy::unwrap_used)]

use super::*;
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::scalar_mul::variable_base::VariableBaseMSM;
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInteger, Field, PrimeField, UniformRand, Zero};
use proptest::prelude::*;
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Scalars as a proof has them: small ones of either sign, powers of two, the middle of the range, and random ones.
fn scalar(rng: &mut impl RngCore) -> Fr {
    let small = Fr::from(rng.next_u32() >> rng.gen_range(0..32));
    match rng.gen_range(0..10) {
        0 => Fr::from(0u32),
        1 => Fr::from(1u32),
        2 => -Fr::from(1u32),
        3 | 4 => small,
        5 => -small,
        6 => Fr::from(2u32).pow([rng.gen_range(0..255)]) - Fr::from(rng.gen_range(0..2)),
        7 => {
            let half = Fr::from_bigint(Fr::MODULUS_MINUS_ONE_DIV_TWO).unwrap();
            half + Fr::from(rng.gen_range(0..2))
        }
        _ => Fr::rand(rng),
    }
}

/// Mostly sums of two multiples of powers of two, of either sign: they are cut into halves when they are many.
fn sparse(rng: &mut impl RngCore) -> Fr {
    let places = [(); 2].map(|()| Fr::from(2u32).pow([rng.gen_range(0..245)]));
    let sum: Fr = places
        .iter()
        .map(|place| Fr::from(rng.gen_range(0u32..1 << 9)) * place)
        .sum();
    match rng.gen_range(0..8) {
        0 => scalar(rng),
        1 => -sum,
        _ => sum,
    }
}

/// Points with repetitions, negations and identities among them.
fn points<G: CurveGroup>(rng: &mut impl RngCore, length: usize) -> Vec<G::Affine> {
    let step = G::rand(rng);
    let mut point = G::rand(rng);
    let mut points: Vec<G> = Vec::with_capacity(length);
    for _ in 0..length {
        let earlier = points.get(rng.gen_range(0..points.len().max(1))).copied();
        point += step;
        points.push(match (rng.gen_range(0..16), earlier) {
            (0, _) => G::zero(),
            (1, Some(earlier)) => earlier,
            (2, Some(earlier)) => -earlier,
            _ => point,
        });
    }
    G::normalize_batch(&points)
}

/// The words of a point.
fn g1_base(point: &G1Affine) -> G1Base {
    let words = match point.xy() {
        Some((x, y)) => [x.0.0, y.0.0],
        None => [[0; 6]; 2],
    };
    std::array::from_fn(|word| words[word / 6][word % 6])
}

fn g2_base(point: &G2Affine) -> G2Base {
    let words = match point.xy() {
        Some((x, y)) => [x.c0, x.c1, y.c0, y.c1].map(|number| number.0.0),
        None => [[0; 6]; 4],
    };
    std::array::from_fn(|word| words[word / 6][word % 6])
}

fn with_g1(backend: Backend) -> impl Fn(&[G1Affine], &[Scalar]) -> G1Projective {
    move |points, scalars| {
        let bases: Vec<G1Base> = points.iter().map(g1_base).collect();
        // In parts of different lengths, one without bases.
        let (some, others) = bases.split_at(bases.len() / 3);
        let (few, more) = scalars.split_at(some.len().min(scalars.len()));
        g1_with(backend, &[(some, few), (&[], more), (others, more)])
    }
}

fn with_g2(backend: Backend) -> impl Fn(&[G2Affine], &[Scalar]) -> G2Projective {
    move |points, scalars| {
        let bases: Vec<G2Base> = points.iter().map(g2_base).collect();
        g2_with(backend, &[(&bases, scalars)])
    }
}

fn assert_all_agree<G, I>(
    seed: u64,
    length: usize,
    implementation: impl Fn(Backend) -> I,
    draw: impl Fn(&mut ChaCha8Rng) -> Fr,
) where
    G: CurveGroup<ScalarField = Fr> + VariableBaseMSM,
    I: Fn(&[G::Affine], &[Scalar]) -> G,
{
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let points = points::<G>(&mut rng, length);
    let scalars: Vec<Scalar> = (0..length).map(|_| draw(&mut rng).into_bigint()).collect();
    let expected = G::msm_bigint(&points, &scalars);
    for backend in Backend::available() {
        assert_eq!(
            implementation(backend)(&points, &scalars),
            expected,
            "{backend}"
        );
    }
}

fn assert_g1_agrees(seed: u64, length: usize, draw: impl Fn(&mut ChaCha8Rng) -> Fr) {
    assert_all_agree::<G1Projective, _>(seed, length, with_g1, draw);
}

fn assert_g2_agrees(seed: u64, length: usize, draw: impl Fn(&mut ChaCha8Rng) -> Fr) {
    assert_all_agree::<G2Projective, _>(seed, length, with_g2, draw);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sums_of_any_scalars_agree_with_arkworks(seed: u64, length in 0usize..400) {
        assert_g1_agrees(seed, length, scalar);
        assert_g2_agrees(seed, length / 4, scalar);
    }

    #[test]
    fn doublings_and_cancellations_in_every_round_agree_with_arkworks(seed: u64, length in 0usize..200) {
        // All points are in one bucket, with repetitions and negations.
        assert_g1_agrees(seed, length, |_| Fr::from(1u32));
        assert_g1_agrees(seed, length, |rng| if rng.r#gen() { Fr::from(3u32) } else { -Fr::from(3u32) });
    }
}

#[test]
fn sums_of_many_blocks_agree_with_arkworks() {
    assert_g1_agrees(1, 20_000, Fr::rand);
    assert_g1_agrees(2, 20_000, scalar);
    assert_g2_agrees(3, 6_000, scalar);
    assert_g1_agrees(4, 9_000, |rng| Fr::from(rng.gen_range(0..2)));
    assert_g1_agrees(5, 9_000, sparse);
    assert_g2_agrees(6, 5_000, sparse);
}

#[test]
fn sums_agree_with_arkworks_with_any_number_of_threads() {
    for threads in [1, 2, 3, 7, 32] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| {
            assert_g1_agrees(5, 3_000, scalar);
            assert_g2_agrees(6, 40, Fr::rand);
            assert_g1_agrees(7, 300, |rng| Fr::from(rng.gen_range(0..6)));
        });
    }
}

#[test]
fn multiples_near_every_power_of_two_agree_with_arkworks() {
    let rng = &mut rand::rngs::OsRng;
    let point = G1Projective::rand(rng);
    for bit in 0..255 {
        for delta in [-1i64, 0, 1] {
            let value = Fr::from(2u32).pow([bit]) + Fr::from(delta);
            for value in [value, -value] {
                for implementation in Backend::available().map(with_g1) {
                    let sum = implementation(&[point.into_affine()], &[value.into_bigint()]);
                    assert_eq!(sum, point * value, "{bit} {delta}");
                }
            }
        }
    }
}

#[test]
fn bases_without_a_scalar_and_scalars_without_a_base_are_ignored() {
    let rng = &mut rand::rngs::OsRng;
    let points = points::<G1Projective>(rng, 9);
    let scalars = [Fr::rand(rng); 7].map(|scalar| scalar.into_bigint());
    let expected = G1Projective::msm_bigint(&points[..7], &scalars);
    let bases: Vec<G1Base> = points.iter().map(g1_base).collect();
    assert_eq!(g1(&[(&bases, &scalars)]), expected);
    let twice = [scalars.as_slice(), &scalars].concat();
    assert_eq!(g1(&[(&bases[..7], &twice)]), expected);
    assert_eq!(
        g1(&[(&bases, &scalars[..3]), (&bases[3..], &scalars[3..])]),
        expected
    );
    assert!(g1(&[(&[], &scalars), (&bases, &[])]).is_zero());
    assert!(g2(&[]).is_zero());
}

/// In lanes the identity has zero limbs, of which the uppermost is compared first.
#[test]
fn points_with_a_small_x_are_not_taken_for_the_identity() {
    let small = (0u64..).filter_map(|word| {
        let x = ark_bls12_381::Fq::new_unchecked(ark_ff::BigInt([word, 0, 0, 0, 0, 0]));
        G1Affine::get_point_from_x_unchecked(x, word % 2 == 0)
    });
    // They are on the curve but not in the group; short scalars do not use the endomorphism, so the sum is right.
    let points: Vec<G1Affine> = small.take(40).collect();
    for count in 1..=40u64 {
        let scalars: Vec<Scalar> = (0..count).map(|i| Scalar::from(i % 3 + 1)).collect();
        let expected = G1Projective::msm_bigint(&points[..scalars.len()], &scalars);
        for implementation in Backend::available().map(with_g1) {
            assert_eq!(implementation(&points, &scalars), expected, "{count}");
        }
    }
}

/// As in a damaged key. The sum does not matter.
#[test]
fn points_off_the_curve_and_scalars_above_the_order_do_no_harm() {
    let rng = &mut rand::rngs::OsRng;
    let element = |rng: &mut rand::rngs::OsRng| match rng.gen_range(0..6) {
        0 => ark_bls12_381::Fq::from(rng.gen_range(0..3)),
        1 => ark_bls12_381::Fq::new_unchecked(ark_ff::BigInt([rng.r#gen(); 6])),
        2 => ark_bls12_381::Fq::new_unchecked(ark_ff::BigInt([u64::MAX; 6])),
        _ => ark_bls12_381::Fq::rand(rng),
    };
    let points: Vec<G1Affine> = (0..500)
        .map(|_| G1Affine::new_unchecked(element(rng), element(rng)))
        .collect();
    let scalars: Vec<Scalar> = (0..500).map(|_| scalar(rng).into_bigint()).collect();
    for implementation in Backend::available().map(with_g1) {
        let _ = implementation(&points, &scalars);
    }
    let mut beyond = Scalar::zero();
    beyond.0 = [u64::MAX; 4];
    // Its negative is 2^128·z² − 1: the high component has 128 bits, all of them set.
    let mut overflowing = Fr::MODULUS;
    let negative = [u64::MAX, u64::MAX, 0xffff_ffff, 0xac45_a401_0001_a402];
    overflowing.sub_with_borrow(&ark_ff::BigInt(negative));
    for implementation in Backend::available().map(with_g1) {
        let _ = implementation(&points, &vec![beyond; 500]);
        let _ = implementation(&points, &[beyond, Scalar::from(1u32)]);
        let _ = implementation(&points, &[overflowing; 2]);
    }
}
