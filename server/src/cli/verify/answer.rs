//! The answers, positive and negative.

use crate::cli::output::Output;
use crate::errors::failure::{Exit, Failure};
use provable::proof::{Proof, VerifyingKey};
use serde_json::{Value, json};

/// What a valid proof shows. Whoever relies on it need not read the file again, which may be replaced meanwhile.
pub fn valid(file: &Proof, key: &Value) -> Value {
    json!({
        "valid": true,
        "public_input": file.public_input,
        "public_output": file.public_output,
        "trace_commitment": hex::encode(file.trace_commitment),
        "key": key,
    })
}

/// A key as answers show it.
pub fn shown(key: &VerifyingKey, origin: &str) -> Value {
    json!({ "digest": hex::encode(key.digest()), "origin": origin })
}

/// The negative answer.
pub fn invalid(output: &Output, reason: &str, key: Value) -> Result<Exit, Failure> {
    output.answer(
        || json!({ "valid": false, "reason": reason, "key": key }),
        || format!("invalid: {reason}\n"),
    )?;
    Ok(Exit::Negative)
}
