//! Small sums.

use crate::drawn::{Choices, scalar_element};
use crate::sample::{g1_base, g2_base};
use crate::{Backend, G1Base, G2Base, Scalar, g1_with, g2_with};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{CurveGroup, PrimeGroup};
use ark_ff::{AdditiveGroup, Field, PrimeField};
use std::sync::LazyLock;

/// One more than the most terms.
const TERMS: u8 = 20;

/// Factors of the generator: among them z and z², which the endomorphism knows, z being the curve's parameter.
static FACTORS: LazyLock<Vec<Fr>> = LazyLock::new(|| {
    let z = Fr::from(0xd201_0000_0001_0000u64);
    let positive = [
        Fr::ONE,
        Fr::from(2),
        Fr::from(3),
        z,
        z.square(),
        z.square() + z,
    ];
    let negative = positive.iter().map(|factor| -*factor);
    positive.into_iter().chain(negative).collect()
});

static G1: LazyLock<Vec<G1Base>> = LazyLock::new(|| {
    let points: Vec<G1Affine> = multiples::<G1Projective>(&FACTORS);
    points.iter().map(g1_base).chain([[0; 12]]).collect()
});
static G2: LazyLock<Vec<G2Base>> = LazyLock::new(|| {
    let points: Vec<G2Affine> = multiples::<G2Projective>(&FACTORS);
    points.iter().map(g2_base).chain([[0; 24]]).collect()
});

fn multiples<G: CurveGroup<ScalarField = Fr>>(factors: &[Fr]) -> Vec<G::Affine> {
    let points = factors.iter().map(|factor| G::generator() * factor);
    G::normalize_batch(&points.collect::<Vec<G>>())
}

/// 2^i times the generator.
static POWERS: LazyLock<Vec<G1Affine>> = LazyLock::new(|| {
    let double = |point: &G1Projective| Some(point.double());
    let powers = std::iter::successors(Some(G1Projective::generator()), double);
    G1Projective::normalize_batch(&powers.take(255).collect::<Vec<_>>())
});

fn generator_times(factor: Fr) -> G1Projective {
    let words = factor.into_bigint().0;
    let bits = (0..255).filter(|bit| words[bit / 64] >> (bit % 64) & 1 == 1);
    bits.map(|bit| POWERS[bit]).sum()
}

fn scalar(choices: &mut Choices) -> Fr {
    let small = Fr::from(choices.byte());
    match choices.below(6) {
        0 => small,
        1 => -small,
        2 => Fr::from(2).pow([choices.byte().into()]) + small,
        3 => Fr::from(2).pow([choices.byte().into()]) - small,
        // Any, in Montgomery form or not.
        4 => scalar_element(choices),
        _ => Fr::from_bigint(scalar_element(choices).0).unwrap_or_default(),
    }
}

/// All backends have the same sum. In G1 it is the multiple of the generator that it must be.
pub(super) fn agree(mut choices: Choices) {
    let in_g2 = choices.below(4) == 3;
    let count = choices.below(TERMS);
    let terms: Vec<(usize, Fr)> = (0..count)
        .map(|_| {
            (
                choices.below(1 + FACTORS.len() as u8).into(),
                scalar(&mut choices),
            )
        })
        .collect();
    let scalars: Vec<Scalar> = terms
        .iter()
        .map(|(_, scalar)| scalar.into_bigint())
        .collect();
    if in_g2 {
        let bases: Vec<G2Base> = terms.iter().map(|(base, _)| G2[*base]).collect();
        let mut sums = Backend::available().map(|backend| g2_with(backend, &[(&bases, &scalars)]));
        let first = sums.next();
        assert!(sums.all(|sum| Some(sum) == first));
    } else {
        let bases: Vec<G1Base> = terms.iter().map(|(base, _)| G1[*base]).collect();
        let factor = |base: usize| FACTORS.get(base).copied().unwrap_or_default();
        let factor = terms
            .iter()
            .map(|(base, scalar)| factor(*base) * scalar)
            .sum();
        let expected = generator_times(factor);
        for backend in Backend::available() {
            assert_eq!(
                g1_with(backend, &[(&bases, &scalars)]),
                expected,
                "{backend}"
            );
        }
    }
}
