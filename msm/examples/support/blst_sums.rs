//! Sums by `blst`'s own Pippenger. Its safe interface has a pool of threads of its own, as large as the machine. So its
//! function for one thread is called here, for a part of the terms on each of rayon's threads.
#![allow(unsafe_code)]

use ark_bls12_381::{Fq, Fq2, Fr, G1Affine, G2Affine, g1, g2};
use ark_ec::CurveGroup;
use ark_ec::short_weierstrass::Projective;
use ark_ff::BigInt;
use blst::{
    blst_fp, blst_fp2, blst_p1, blst_p1_affine, blst_p1s_mult_pippenger,
    blst_p1s_mult_pippenger_scratch_sizeof, blst_p2, blst_p2_affine, blst_p2s_mult_pippenger,
    blst_p2s_mult_pippenger_scratch_sizeof,
};
use provable_msm::Scalar;
use rayon::prelude::*;

/// Bytes of a scalar.
const BYTES: usize = 32;
/// Bits of the group's order.
const BITS: usize = 255;

/// A group in which `blst` computes sums. (The aliases `G1Projective` and `G2Projective` are one type to the check for
/// overlapping implementations.)
pub trait BlstSum: CurveGroup<ScalarField = Fr> {
    /// A point as `blst` has it.
    type Point: Sync;

    /// Points that are not the identity.
    fn blst_points(points: &[Self::Affine]) -> Vec<Self::Point>;

    /// Σ scalarᵢ·pointᵢ on one thread, for at least one point.
    fn on_one_thread(points: &[Self::Point], scalars: &[u8]) -> Self;

    /// Σ scalarᵢ·pointᵢ on all threads.
    fn blst_sum(points: &[Self::Point], scalars: &[u8]) -> Self {
        let most = points.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = points
            .par_chunks(most)
            .zip(scalars.par_chunks(most * BYTES));
        parts
            .map(|(points, scalars)| Self::on_one_thread(points, scalars))
            .sum()
    }
}

/// Scalars as `blst` takes them: least significant byte first.
pub fn bytes(scalars: &[Scalar]) -> Vec<u8> {
    let words = scalars.iter().flat_map(|scalar| scalar.0);
    words.flat_map(u64::to_le_bytes).collect()
}

/// Both have field elements in Montgomery form with R = 2^384.
fn to_blst(number: &Fq) -> blst_fp {
    blst_fp { l: number.0.0 }
}

fn from_blst(number: &blst_fp) -> Fq {
    Fq::new_unchecked(BigInt(number.l))
}

fn to_blst2(number: &Fq2) -> blst_fp2 {
    blst_fp2 {
        fp: [to_blst(&number.c0), to_blst(&number.c1)],
    }
}

fn from_blst2(number: &blst_fp2) -> Fq2 {
    let [c0, c1] = &number.fp;
    Fq2::new(from_blst(c0), from_blst(c1))
}

impl BlstSum for Projective<g1::Config> {
    type Point = blst_p1_affine;

    fn blst_points(points: &[G1Affine]) -> Vec<blst_p1_affine> {
        let point = |point: &G1Affine| blst_p1_affine {
            x: to_blst(&point.x),
            y: to_blst(&point.y),
        };
        points.iter().map(point).collect()
    }

    fn on_one_thread(points: &[blst_p1_affine], scalars: &[u8]) -> Self {
        assert_eq!(scalars.len(), points.len() * BYTES);
        let mut sum = blst_p1::default();
        // SAFETY: the function takes a number and gives one.
        let bytes = unsafe { blst_p1s_mult_pippenger_scratch_sizeof(points.len()) };
        let mut scratch = vec![0u64; bytes.div_ceil(8)];
        // Each list of pointers has one pointer and a null, so what follows the first element follows it in memory.
        let first_point = [points.as_ptr(), std::ptr::null()];
        let first_scalar = [scalars.as_ptr(), std::ptr::null()];
        // SAFETY: the pointers are to as many points and scalars of 255 bits as is said, and to scratch memory of the size that
        // was asked for; all outlive the call.
        unsafe {
            blst_p1s_mult_pippenger(
                &mut sum,
                first_point.as_ptr(),
                points.len(),
                first_scalar.as_ptr(),
                BITS,
                scratch.as_mut_ptr(),
            );
        }
        let [x, y, z] = [&sum.x, &sum.y, &sum.z].map(from_blst);
        Projective::new_unchecked(x, y, z)
    }
}

impl BlstSum for Projective<g2::Config> {
    type Point = blst_p2_affine;

    fn blst_points(points: &[G2Affine]) -> Vec<blst_p2_affine> {
        let point = |point: &G2Affine| blst_p2_affine {
            x: to_blst2(&point.x),
            y: to_blst2(&point.y),
        };
        points.iter().map(point).collect()
    }

    fn on_one_thread(points: &[blst_p2_affine], scalars: &[u8]) -> Self {
        assert_eq!(scalars.len(), points.len() * BYTES);
        let mut sum = blst_p2::default();
        // SAFETY: the function takes a number and gives one.
        let bytes = unsafe { blst_p2s_mult_pippenger_scratch_sizeof(points.len()) };
        let mut scratch = vec![0u64; bytes.div_ceil(8)];
        let first_point = [points.as_ptr(), std::ptr::null()];
        let first_scalar = [scalars.as_ptr(), std::ptr::null()];
        // SAFETY: as in G1.
        unsafe {
            blst_p2s_mult_pippenger(
                &mut sum,
                first_point.as_ptr(),
                points.len(),
                first_scalar.as_ptr(),
                BITS,
                scratch.as_mut_ptr(),
            );
        }
        let [x, y, z] = [&sum.x, &sum.y, &sum.z].map(from_blst2);
        Projective::new_unchecked(x, y, z)
    }
}
