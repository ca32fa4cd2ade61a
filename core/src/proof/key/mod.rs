//! Keys: what a verifier needs and what a prover needs.

mod points;
mod proving;
mod sections;
mod verifying;

pub(super) use points::{Curve, Points};
pub use proving::ProvingKey;
pub(super) use proving::{bases_digest, Queries};
pub use verifying::VerifyingKey;

use super::error::KeyError;
use ark_serialize::SerializationError;

/// What the library found wrong, or the system, as it said it.
fn malformed(error: SerializationError) -> KeyError {
    KeyError::Malformed(match error {
        SerializationError::IoError(error) => error.to_string(),
        other => other.to_string(),
    })
}
