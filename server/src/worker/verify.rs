//! Whether a proof is valid.

use super::job::{Execution, Worker};
use super::protocol::{JobError, VerifyAnswer};
use crate::files::limits;
use provable::proof::{Proof, VerifyError};
use std::time::Instant;

/// Verifies a proof with the key that it names, if that key is held here.
pub fn verify(
    worker: &mut Worker,
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
        Err(error) => return Ok(unread(&error)),
    };
    // For a circuit that this version does not have nobody holds a key: what that means is said, not that it is missing.
    if let Err(error) = file.tier() {
        return Ok(VerifyAnswer {
            key_digest: hex::encode(file.key),
            trace_commitment: hex::encode(file.trace_commitment),
            public_input: file.public_input,
            public_output: file.public_output,
            ..unread(&error)
        });
    }
    let store = worker.store();
    let held = store.and_then(|store| worker.key_cache.verifying(&store, &file.key));
    let held = held.map_err(|error| execution.failed(&error))?;
    let start = Instant::now();
    let result = held.key.verify(&execution.program, &file);
    let verify_ms = start.elapsed().as_secs_f64() * 1000.0;
    Ok(VerifyAnswer {
        valid: result.is_ok(),
        reason: result.err().map(|error| error.to_string()),
        key_origin: Some(held.origin.clone()),
        key_digest: hex::encode(file.key),
        trace_commitment: hex::encode(file.trace_commitment),
        public_input: file.public_input,
        public_output: file.public_output,
        verify_ms,
    })
}

/// The answer about a file of which no more is known than why it is not valid.
fn unread(error: &VerifyError) -> VerifyAnswer {
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
