//! Additions in lanes compared with the affine formula, for coordinates at the ends of their range, in every representation
//! that memory may have. The points need not be on the curve.

use super::LaneAdder;
use crate::cpu::{Avx2Fma, Ifma};
use crate::drawn::{Choices, Representations, added};
use crate::fp::{Fp, Fp2};
use crate::portable::PortableAdder;
use ark_bls12_381::{Fq, g1, g2};
use ark_ec::short_weierstrass::SWCurveConfig;
use ark_ff::Field;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Enough for all choices about a pair.
const BYTES: usize = 512;

fn agrees<P, A>(mut adder: A, seed: u64)
where
    P: SWCurveConfig,
    P::BaseField: Field<BasePrimeField = Fq>,
    A: Representations<P>,
{
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    // Every number of lanes that are left over, and more than one batch.
    for count in (0..=33).chain([100, 2047, 2049, 5000]) {
        let mut bytes = vec![0; BYTES * (count + 1)];
        rng.fill_bytes(&mut bytes);
        added::<P, A>(&mut adder, Choices(&bytes), count).assert_right();
    }
}

#[test]
fn additions_one_by_one_agree_with_the_formula() {
    agrees::<g1::Config, _>(PortableAdder::<Fp>::new(), 5);
    agrees::<g2::Config, _>(PortableAdder::<Fp2>::new(), 6);
}

#[test]
fn additions_of_four_agree_with_the_formula() {
    if let Some(unit) = Avx2Fma::detect() {
        agrees::<g1::Config, _>(LaneAdder::<_, Fp, 1, 4>::new(unit), 1);
        agrees::<g2::Config, _>(LaneAdder::<_, Fp2, 2, 4>::new(unit), 2);
    }
}

#[test]
fn additions_of_eight_agree_with_the_formula() {
    if let Some(unit) = Ifma::detect() {
        agrees::<g1::Config, _>(LaneAdder::<_, Fp, 1, 8>::new(unit), 3);
        agrees::<g2::Config, _>(LaneAdder::<_, Fp2, 2, 8>::new(unit), 4);
    }
}
