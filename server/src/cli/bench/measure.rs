//! The measurements. Backends take turns, so that a machine that gets slower or faster meanwhile does so for all of them.

use super::super::progress::Bar;
use crate::errors::Error;
use crate::errors::failure::Failure;
use provable::circuit::fit::fit;
use provable::circuit::tier::Tier;
use provable::progress::Silent;
use provable::proof::measure::{SampleSum, with_backend, workload};
use provable::proof::{
    Backend, Proof, ProveError, Proved, ProvingKey, Verifier, prove_trace, system_rng,
};
use provable::store::KeyStore;
use provable::vm::{Inputs, Limits};
use std::time::{Duration, Instant};

/// The terms of the sum that is measured.
pub const SUM_TERMS: usize = 1 << 15;

/// What was found of a tier.
pub struct TierTimes {
    pub tier: &'static Tier,
    /// Steps of the run that was proved.
    pub steps: u64,
    pub constraints: usize,
    /// From the recorded run to the verified proof, for each backend.
    pub proofs: Vec<Duration>,
    /// From the text of the proof file to the verdict, with a ready key.
    pub verification: Duration,
}

/// How long a sum takes on one thread, for each backend.
pub struct SumTimes(pub Vec<Duration>);

/// Proves a run that fills a tier.
///
/// # Errors
/// When the key is damaged.
pub fn tier(
    tier: &'static Tier,
    key: &ProvingKey,
    store: &KeyStore,
    backends: &[Backend],
    runs: u32,
) -> Result<TierTimes, Error> {
    let (program, inputs) = (workload(tier), Inputs::default());
    let trace = fit(&program, &inputs, Limits::default(), Some(tier))?.trace;
    let failed = |error| Error::of_proof(error, tier, store);
    let prove = |backend: Backend| -> Result<(Proved, Duration), Error> {
        let start = Instant::now();
        let proved = with_backend(backend, || {
            let rng = &mut system_rng();
            prove_trace(key, &program, &inputs, &trace, rng, &Silent)
        });
        Ok((proved.map_err(failed)?, start.elapsed()))
    };
    let bar = Bar::new(&format!("tier {}", tier.name));
    // Not measured: it reads the key from the disk.
    let (proved, _) = prove(Backend::current())?;
    let text = proved.proof.to_json();
    let verifier = Verifier::new(&key.verifying);
    let mut proofs = vec![Vec::new(); backends.len()];
    let mut verifications = Vec::new();
    for run in 0..runs {
        bar.show(f64::from(run) / f64::from(runs));
        for (times, backend) in proofs.iter_mut().zip(backends) {
            times.push(prove(*backend)?.1);
            let start = Instant::now();
            let proof = Proof::from_json(&text);
            let verdict = proof.and_then(|proof| verifier.verify(&program, &proof));
            verifications.push(start.elapsed());
            verdict.map_err(|_| failed(ProveError::SelfCheck))?;
        }
    }
    Ok(TierTimes {
        tier,
        steps: proved.steps,
        constraints: proved.constraints,
        proofs: proofs.into_iter().map(median).collect(),
        verification: median(verifications),
    })
}

/// Computes a sum in G1 on one thread.
///
/// # Errors
/// When no thread can be started, or the backends disagree.
pub fn sum(backends: &[Backend], runs: u32) -> Result<SumTimes, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool =
        pool.map_err(|error| Failure::unusable(format!("no thread can be started: {error}")))?;
    let bar = Bar::new("sums");
    pool.install(|| {
        let sample = SampleSum::new(SUM_TERMS);
        let expected = sample.compute(Backend::Portable);
        let mut all = vec![Vec::new(); backends.len()];
        for run in 0..runs {
            bar.show(f64::from(run) / f64::from(runs));
            for (times, backend) in all.iter_mut().zip(backends) {
                let start = Instant::now();
                let sum = sample.compute(*backend);
                times.push(start.elapsed());
                if sum != expected {
                    let message = format!("the backends {backend} and portable compute different sums");
                    return Err(Failure::negative(message).help(
                        "either the processor computes wrongly, or this is a mistake of the prover: please report it",
                    ));
                }
            }
        }
        Ok(SumTimes(all.into_iter().map(median).collect()))
    })
}

/// The time in the middle.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
