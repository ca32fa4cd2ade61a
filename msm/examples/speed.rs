//! Times of sums compared with those of arkworks: medians of alternating runs. An argument selects the cases whose names
//! begin with it.
#![allow(clippy::unwrap_used)]

use ark_bls12_381::{Fq, Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{CurveGroup, VariableBaseMSM};
use ark_ff::{Field, PrimeField, UniformRand};
use provable_msm::{Scalar, Terms, g1, g2};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Instant;

/// Points in an arithmetic progression.
fn points<G: CurveGroup>(count: usize) -> Vec<G::Affine> {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (step, mut point) = (G::rand(&mut rng), G::rand(&mut rng));
    let points: Vec<G> = (0..count)
        .map(|_| {
            point += step;
            point
        })
        .collect();
    G::normalize_batch(&points)
}

fn full(rng: &mut ChaCha8Rng) -> Fr {
    Fr::rand(rng)
}

/// About the distribution in a witness: bits, 16-bit words, and some scalars of full size.
fn mixed(rng: &mut ChaCha8Rng) -> Fr {
    match rng.next_u32() % 100 {
        0..60 => Fr::from(rng.gen_range(0u32..2)),
        60..85 => Fr::from(rng.gen_range(0u32..1 << 16)),
        _ => Fr::rand(rng),
    }
}

/// Numbers of a few bits in two distant places, as entries of SHA-256's tables are.
fn sparse(rng: &mut ChaCha8Rng) -> Fr {
    let place = rng.gen_range(0..100);
    Fr::from(2u64).pow([148 + place]) * Fr::from(rng.gen_range(0u32..1 << 12))
        + Fr::from(2u64).pow([place / 3]) * Fr::from(rng.gen_range(0u32..1 << 4))
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e3)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn compare<G, const WORDS: usize>(
    name: &str,
    bases: &[G::Affine],
    words: impl Fn(&G::Affine) -> [u64; WORDS],
    own_sum: fn(&[Terms<WORDS>]) -> G,
    draw: fn(&mut ChaCha8Rng) -> Fr,
) where
    G: CurveGroup<ScalarField = Fr> + VariableBaseMSM,
{
    let only = std::env::args().nth(1);
    if only.is_some_and(|only| !name.starts_with(&only)) {
        return;
    }
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let scalars: Vec<Scalar> = bases.iter().map(|_| draw(&mut rng).into_bigint()).collect();
    let words: Vec<[u64; WORDS]> = bases.iter().map(words).collect();
    let (mut own_times, mut arkworks_times) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        let (sum, time) = milliseconds(|| own_sum(&[(&words, &scalars)]));
        own_times.push(time);
        let (expected, time) = milliseconds(|| G::msm_bigint(bases, &scalars));
        arkworks_times.push(time);
        assert_eq!(sum, expected);
    }
    let (own, arkworks) = (median(own_times), median(arkworks_times));
    let ratio = own / arkworks;
    println!("{name:16} {own:8.1} ms, arkworks {arkworks:8.1} ms: {ratio:.3}");
}

/// The words of a point that is not the identity.
fn words<const WORDS: usize>(numbers: &[Fq]) -> [u64; WORDS] {
    std::array::from_fn(|word| numbers[word / 6].0.0[word % 6])
}

fn main() {
    let points_of_g1 = points::<G1Projective>(1 << 17);
    let compare_g1 = |name, count: usize, draw| {
        let words = |point: &G1Affine| words(&[point.x, point.y]);
        compare::<G1Projective, 12>(name, &points_of_g1[..count], words, g1, draw);
    };
    compare_g1("g1 full 2^13", 1 << 13, full);
    compare_g1("g1 full 2^15", 1 << 15, full);
    compare_g1("g1 full 2^17", 1 << 17, full);
    compare_g1("g1 mixed 2^13", 1 << 13, mixed);
    compare_g1("g1 mixed 2^15", 1 << 15, mixed);
    compare_g1("g1 mixed 2^17", 1 << 17, mixed);
    compare_g1("g1 sparse 2^17", 1 << 17, sparse);
    let points_of_g2 = points::<G2Projective>(1 << 15);
    let compare_g2 = |name, count: usize, draw| {
        let words = |point: &G2Affine| words(&[point.x.c0, point.x.c1, point.y.c0, point.y.c1]);
        compare::<G2Projective, 24>(name, &points_of_g2[..count], words, g2, draw);
    };
    compare_g2("g2 full 2^13", 1 << 13, full);
    compare_g2("g2 mixed 2^13", 1 << 13, mixed);
    compare_g2("g2 mixed 2^15", 1 << 15, mixed);
    compare_g2("g2 sparse 2^15", 1 << 15, sparse);
}
