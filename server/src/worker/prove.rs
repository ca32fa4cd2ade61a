//! The job `prove`: a proof that is made, verified and written.

use super::execution::Execution;
use super::key_cache::KeyCache;
use super::progress::JobProgress;
use super::protocol::ProveAnswer;
use super::timings::Timings;
use crate::destination::{check_file, write_all_or_none};
use crate::errors::Error;
use crate::files::kind::FileKind;
use crate::keys::tier_named;
use provable::circuit::fit::fit;
use provable::progress::Progress;
use provable::proof::{ProofElements, prove_trace, setup_estimate, system_rng};
use provable_host::clock::Instant;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Runs a program, proves the run, verifies the proof, and writes it only then.
pub fn prove(
    keys: &mut KeyCache,
    execution: &Execution,
    tier: Option<&str>,
    out: PathBuf,
    progress: &JobProgress,
) -> Result<ProveAnswer, Error> {
    let Execution {
        program,
        inputs,
        limits,
        ..
    } = execution;
    // Before the run, so that no time is spent on a proof that cannot be written.
    let destination = check_file(FileKind::Proof, &out)?;
    progress.phase("run", 0.0);
    let wanted = tier.map(tier_named).transpose()?;
    let fit = fit(program, inputs, *limits, wanted)?;
    let tier = fit.tier;
    let store = keys.store()?;
    let mut timings = Timings::read(store.folder());

    // The part of the progress that making the key takes, by estimated time. Reading a key that exists counts as no time.
    let setup = match store.has(tier) || keys.has(&store, tier) {
        true => 0.0,
        false => {
            let setup = setup_estimate(tier).0.as_millis() as f64;
            setup / (setup + timings.prove_ms(tier) as f64)
        }
    };
    if !keys.has(&store, tier) {
        progress.phase("key", 0.0);
    }
    let making = progress.part(0.0, setup);
    let (key, setup_time) = keys.proving(&store, tier, &making)?;

    let start = Instant::now();
    let proving = progress.part(setup, 1.0);
    let proved = prove_trace(
        key,
        program,
        inputs,
        &fit.trace,
        &mut system_rng(),
        &proving,
    )
    .map_err(|error| Error::of_proof(error, tier, &store))?;
    let prove_ms = start.elapsed().as_millis() as u64;

    let file = &proved.proof;
    let text = file.to_json();
    write_all_or_none(&[(&destination, text.as_bytes())])?;
    // The proof counts also if the measured time cannot be stored.
    let _ = timings.keep(tier, prove_ms);
    Ok(ProveAnswer {
        tier: tier.name.to_string(),
        rows: tier.capacities.rows,
        steps: proved.steps,
        constraints: proved.constraints,
        setup_ms: setup_time.as_millis() as u64,
        prove_ms,
        proof_bytes: ProofElements::BYTES,
        trace_commitment: hex::encode(file.trace_commitment),
        key_digest: hex::encode(file.key),
        program_digest: hex::encode(file.program),
        public_input: file.public_input.clone(),
        public_output: file.public_output.clone(),
        path: out,
        file_digest: Sha256::digest(text.as_bytes()).into(),
    })
}
