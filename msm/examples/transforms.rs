//! Times of transforms with each backend that the CPU has: minima and medians of alternating runs, with one thread and with
//! two, and how many times as long as with the last backend. A run transforms two polynomials to the coset and multiplies their
//! values. The first argument selects the size 2^argument, and further ones the backends, by name.
#![allow(clippy::unwrap_used)]

use ark_bls12_381::Fr;
use ark_ff::UniformRand;
use provable_msm::Backend;
use provable_msm::transform::Transform;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::time::Instant;

const SIZES: [u32; 5] = [13, 15, 16, 17, 19];

fn milliseconds<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1e3)
}

/// Minimum and median.
fn summary(times: &mut [f64]) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    [times[0], times[times.len() / 2]]
}

fn compare(log: u32, threads: usize, backends: &[Backend]) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build().unwrap().install(|| {
        let size = 1 << log;
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let values: [Vec<Fr>; 2] =
            [(); 2].map(|()| (0..size).map(|_| Fr::rand(&mut rng)).collect());
        let mut times = vec![[Vec::new(), Vec::new()]; backends.len()];
        let rounds = (1 << 21 >> log).clamp(3, 31);
        for _ in 0..rounds {
            let mut first = None;
            for (backend, times) in backends.iter().zip(&mut times) {
                let (transform, time) =
                    milliseconds(|| Transform::with(*backend, size).unwrap());
                times[0].push(time);
                let (products, time) = milliseconds(|| {
                    let [one, other] = &values;
                    let (one, other) =
                        rayon::join(|| transform.on_coset(one), || transform.on_coset(other));
                    one.times(&other)
                });
                times[1].push(time);
                let expected = first.get_or_insert_with(|| products.clone());
                assert!(products == *expected);
            }
        }
        let butterflies = (2 * log as usize * size) as f64;
        for (part, what) in ["roots", "values"].into_iter().enumerate() {
            let summaries = times.iter_mut().map(|times| summary(&mut times[part]));
            let summaries: Vec<[f64; 2]> = summaries.collect();
            let [least_of_last, median_of_last] = *summaries.last().unwrap();
            for (backend, [least, median]) in backends.iter().zip(summaries) {
                println!(
                    "2^{log} {threads} threads, {what:6} {:8}: {least:8.2} ms (median {median:8.2}), {:.2} ({:.2}) \
                     times the last; {:.1} ns a butterfly",
                    backend.name(),
                    least / least_of_last,
                    median / median_of_last,
                    least * 1e6 * threads as f64 / butterflies,
                );
            }
        }
    });
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let only = arguments.first().and_then(|log| log.parse().ok());
    let named = arguments.iter().skip(1);
    let named =
        named.filter_map(|name| Backend::available().find(|backend| backend.name() == name));
    let mut backends: Vec<Backend> = named.collect();
    if backends.is_empty() {
        backends.extend(Backend::available());
    }
    for log in only.map_or(SIZES.to_vec(), |log| vec![log]) {
        [1, 2]
            .into_iter()
            .for_each(|threads| compare(log, threads, &backends));
    }
}
