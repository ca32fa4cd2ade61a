//! Bases and scalars for measurements.

use crate::{G1Base, G2Base, Scalar};
use ark_bls12_381::{Fq, Fr, G1Affine, G2Affine};
use ark_ec::CurveGroup;
use ark_ff::{FftField, Field, PrimeField};

/// So many points of the prime-order group, all different, in an arithmetic progression. None is the identity.
pub fn points<G: CurveGroup<ScalarField = Fr>>(count: usize) -> Vec<G::Affine> {
    let [first, step] = [1000, 1001].map(|power| G::generator() * Fr::GENERATOR.pow([power]));
    let points = std::iter::successors(Some(first), |point| Some(*point + step));
    G::normalize_batch(&points.take(count).collect::<Vec<G>>())
}

/// So many scalars of full size, all different: powers of a generator of the multiplicative group.
pub fn scalars(count: usize) -> Vec<Scalar> {
    let first = Fr::GENERATOR.pow([1000]);
    let powers = std::iter::successors(Some(first), |power| Some(*power * Fr::GENERATOR));
    powers.take(count).map(Fr::into_bigint).collect()
}

/// The words of a point that is not the identity.
pub fn g1_base(point: &G1Affine) -> G1Base {
    words([point.x, point.y])
}

/// The words of a point that is not the identity.
pub fn g2_base(point: &G2Affine) -> G2Base {
    words([point.x.c0, point.x.c1, point.y.c0, point.y.c1])
}

fn words<const NUMBERS: usize, const WORDS: usize>(numbers: [Fq; NUMBERS]) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    let found = numbers.iter().flat_map(|number| number.0.0);
    for (word, found) in words.iter_mut().zip(found) {
        *word = found;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Backend, g1_with, g2_with};
    use ark_bls12_381::{G1Projective, G2Projective};
    use ark_ec::VariableBaseMSM;
    use std::collections::BTreeSet;

    #[test]
    fn the_sample_is_summed_as_arkworks_sums_it() {
        const COUNT: usize = 300;
        let scalars = scalars(COUNT);
        assert_eq!(scalars.iter().collect::<BTreeSet<_>>().len(), COUNT);
        let points_of_g1 = points::<G1Projective>(COUNT);
        let points_of_g2 = points::<G2Projective>(COUNT);
        let g1_bases: Vec<_> = points_of_g1.iter().map(g1_base).collect();
        let g2_bases: Vec<_> = points_of_g2.iter().map(g2_base).collect();
        assert_eq!(g1_bases.iter().collect::<BTreeSet<_>>().len(), COUNT);
        for backend in Backend::available() {
            let sum = g1_with(backend, &[(&g1_bases, &scalars)]);
            assert_eq!(sum, G1Projective::msm_bigint(&points_of_g1, &scalars));
            let sum = g2_with(backend, &[(&g2_bases, &scalars)]);
            assert_eq!(sum, G2Projective::msm_bigint(&points_of_g2, &scalars));
        }
    }
}
