//! Times of transforms in lanes compared with those of portable ones: medians and minima of alternating runs, with one
//! thread and with two. A run transforms two polynomials to the coset and multiplies their values. An argument selects the
//! size 2^argument.
#![allow(clippy::unwrap_used)]

use ark_bls12_381::Fr;
use ark_ff::UniformRand;
use provable_msm::Backend;
use provable_msm::transform::Transform;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::time::Instant;

fn milliseconds<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e3)
}

/// Median and minimum.
fn summary(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    [times[times.len() / 2], times[0]]
}

fn compare(log: u32, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().unwrap().install(|| {
        let size = 1 << log;
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let values: [Vec<Fr>; 2] =
            [(); 2].map(|()| (0..size).map(|_| Fr::rand(&mut rng)).collect());
        let [mut lanes, mut portable] = [[Vec::new(), Vec::new()], [Vec::new(), Vec::new()]];
        let work = |new: fn(usize) -> Option<Transform>, times: &mut [Vec<f64>; 2]| {
            let (transform, time) = milliseconds(|| new(size).unwrap());
            times[0].push(time);
            let (products, time) = milliseconds(|| {
                let [one, other] = &values;
                let (one, other) =
                    rayon::join(|| transform.on_coset(one), || transform.on_coset(other));
                one.times(&other)
            });
            times[1].push(time);
            products
        };
        let rounds = (1 << 21 >> log).clamp(3, 31);
        for _ in 0..rounds {
            let products = work(Transform::new, &mut lanes);
            assert!(products == work(|size| Transform::with(Backend::Portable, size), &mut portable));
        }
        let butterflies = (2 * log as usize * size) as f64;
        for (what, (lanes, portable)) in ["roots", "values"]
            .into_iter()
            .zip(lanes.into_iter().zip(portable))
        {
            let ([median, least], [portable_median, portable_least]) = (summary(lanes), summary(portable));
            println!(
                "2^{log} {threads} threads, {what:6} {median:8.2} ms ({least:8.2}), portable {portable_median:8.2} ms \
                 ({portable_least:8.2}): {:.2} ({:.2}) times; {:.1} ns a butterfly",
                portable_median / median,
                portable_least / least,
                least * 1e6 * threads as f64 / butterflies,
            );
        }
    });
}

fn main() {
    let only = std::env::args().nth(1).and_then(|log| log.parse().ok());
    for log in [13, 16, 17] {
        if only.is_none_or(|only| only == log) {
            [1, 2].into_iter().for_each(|threads| compare(log, threads));
        }
    }
    if let Some(log) = only.filter(|log| ![13, 16, 17].contains(log)) {
        [1, 2].into_iter().for_each(|threads| compare(log, threads));
    }
}
