//! The job `verify`: whether a proof is valid.

use super::execution::Execution;
use super::key_cache::KeyCache;
use super::protocol::{JobError, VerifyAnswer};
use crate::files::limits;
use provable::proof::{Proof, VerifyError};
use provable_host::clock::Instant;

/// Verifies a proof with the key that it names, if the key store holds that key.
pub fn verify(
    keys: &mut KeyCache,
    execution: &Execution,
    proof: &str,
) -> Result<VerifyAnswer, JobError> {
    if proof.len() as u64 > limits::PROOF {
        return Err(JobError::new(format!(
            "{}: the proof is larger than {} MiB, the most that is read of one; check that it is the file you meant",
            execution.name,
            limits::PROOF >> 20
        )));
    }
    let file = match Proof::from_json(proof) {
        Ok(file) => file,
        Err(error) => return Ok(unreadable(&error)),
    };
    // No store holds a key for a circuit that this version does not have. The answer says so, instead of asking for the
    // key.
    if let Err(error) = file.tier() {
        return Ok(VerifyAnswer {
            key_digest: hex::encode(file.key),
            trace_commitment: hex::encode(file.trace_commitment),
            public_input: file.public_input,
            public_output: file.public_output,
            ..unreadable(&error)
        });
    }
    let store = keys.store();
    let held = store.and_then(|store| keys.verifying(&store, &file.key));
    let held = held.map_err(|error| execution.failed(&error))?;
    let start = Instant::now();
    let result = held.key.verify(&execution.program, &file);
    let verify_ms = start.elapsed().as_secs_f64() * 1000.0;
    Ok(VerifyAnswer {
        valid: result.is_ok(),
        reason: result.err().map(|error| error.to_string()),
        key_origin: Some(held.key.origin().to_string()),
        key_digest: hex::encode(file.key),
        trace_commitment: hex::encode(file.trace_commitment),
        public_input: file.public_input,
        public_output: file.public_output,
        verify_ms,
    })
}

/// The answer about a file that is no proof of this version.
fn unreadable(error: &VerifyError) -> VerifyAnswer {
    VerifyAnswer {
        valid: false,
        reason: Some(error.to_string()),
        key_origin: None,
        key_digest: String::new(),
        trace_commitment: String::new(),
        public_input: Vec::new(),
        public_output: Vec::new(),
        verify_ms: 0.0,
    }
}
