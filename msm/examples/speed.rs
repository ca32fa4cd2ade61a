//! Times of sums: a row for each case, with each backend that this CPU has, with arkworks and with `blst`'s own Pippenger.
//! All of them take turns in one process, their sums are compared, and medians are shown. The table is Markdown.
//!
//! An argument selects the cases whose names begin with it, `RUNS` is the number of runs, and `RAYON_NUM_THREADS` that of
//! threads, which is one without it.
#![allow(clippy::unwrap_used)]

#[path = "support/blst_sums.rs"]
mod blst_sums;

use ark_bls12_381::{Fr, G1Projective, G2Projective};
use ark_ec::{CurveGroup, VariableBaseMSM};
use ark_ff::{Field, PrimeField, UniformRand};
use blst_sums::BlstSum;
use provable_msm::{Backend, Scalar, Terms, g1_with, g2_with, sample};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Instant;

/// Draws a scalar.
type Draw = fn(&mut ChaCha8Rng) -> Fr;

/// Of full size.
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

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// What is measured.
struct Bench {
    backends: Vec<Backend>,
    runs: usize,
    /// What the names of the cases begin with.
    only: String,
}

/// The points of a group, and how they are summed.
struct Group<G: CurveGroup, const WORDS: usize> {
    name: &'static str,
    points: Vec<G::Affine>,
    bases: Vec<[u64; WORDS]>,
    own: fn(Backend, &[Terms<WORDS>]) -> G,
}

impl Bench {
    /// The row of one case: a sum of 2^bits terms.
    fn compare<G, const WORDS: usize>(
        &self,
        group: &Group<G, WORDS>,
        (kind, draw): (&str, Draw),
        bits: u32,
    ) where
        G: CurveGroup<ScalarField = Fr> + VariableBaseMSM + BlstSum,
    {
        let name = format!("{} {kind} 2^{bits}", group.name);
        if !name.starts_with(&self.only) {
            return;
        }
        let count = 1 << bits;
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let scalars: Vec<Scalar> = (0..count).map(|_| draw(&mut rng).into_bigint()).collect();
        let (bases, points) = (&group.bases[..count], &group.points[..count]);
        let blst_points = G::blst_points(points);
        let blst_scalars = blst_sums::bytes(&scalars);
        // The backends', arkworks' and that of blst.
        let mut times = vec![Vec::new(); self.backends.len() + 2];
        for _ in 0..self.runs {
            let (expected, arkworks) = milliseconds(|| G::msm_bigint(points, &scalars));
            let (sum, blst) = milliseconds(|| G::blst_sum(&blst_points, &blst_scalars));
            assert_eq!(sum, expected, "{name}: blst");
            let own = self.backends.iter().map(|backend| {
                let (sum, time) = milliseconds(|| (group.own)(*backend, &[(bases, &scalars)]));
                assert_eq!(sum, expected, "{name}: {backend}");
                time
            });
            let all: Vec<f64> = own.chain([arkworks, blst]).collect();
            for (times, time) in times.iter_mut().zip(all) {
                times.push(time);
            }
        }
        let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
        let own = medians[self.backends.len() - 1];
        let others = &medians[self.backends.len()..];
        let mut row = format!("| {name} |");
        for time in &medians {
            row += &format!(" {time:.1} ms |");
        }
        for other in others {
            row += &format!(" {:.2} |", other / own);
        }
        println!("{row}");
    }
}

fn main() {
    if std::env::var_os("RAYON_NUM_THREADS").is_none() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
        pool.build_global().unwrap();
    }
    let bench = Bench {
        backends: Backend::available().collect(),
        runs: std::env::var("RUNS").map_or(9, |runs| runs.parse().unwrap()),
        only: std::env::args().nth(1).unwrap_or_default(),
    };
    let fastest = bench.backends.last().unwrap();
    println!(
        "Medians of {} runs; threads: {}.\n",
        bench.runs,
        rayon::current_num_threads()
    );
    let mut head = String::from("| sum |");
    for backend in &bench.backends {
        head += &format!(" {backend} |");
    }
    println!("{head} arkworks | blst | arkworks / {fastest} | blst / {fastest} |");
    println!("|{}", " --- |".repeat(bench.backends.len() + 5));
    let kinds: [(&str, Draw); 3] = [("full", full), ("mixed", mixed), ("sparse", sparse)];
    let points = sample::points::<G1Projective>(1 << 17);
    let g1 = Group {
        name: "g1",
        bases: points.iter().map(sample::g1_base).collect(),
        points,
        own: g1_with,
    };
    let points = sample::points::<G2Projective>(1 << 15);
    let g2 = Group {
        name: "g2",
        bases: points.iter().map(sample::g2_base).collect(),
        points,
        own: g2_with,
    };
    for kind in kinds {
        for bits in [13, 15, 17] {
            bench.compare(&g1, kind, bits);
        }
    }
    for kind in kinds {
        for bits in [13, 15] {
            bench.compare(&g2, kind, bits);
        }
    }
}
