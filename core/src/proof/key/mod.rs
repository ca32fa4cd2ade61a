//! Keys: what a verifier needs and what a prover needs.

mod proving;
mod verifying;

pub(super) use proving::bases_digest;
pub use proving::ProvingKey;
pub use verifying::VerifyingKey;

use super::error::KeyError;
use ark_serialize::SerializationError;

fn malformed(error: SerializationError) -> KeyError {
    KeyError::Malformed(io(error).to_string())
}

/// What failed below the library, as the system said it.
fn io(error: SerializationError) -> std::io::Error {
    match error {
        SerializationError::IoError(error) => error,
        other => std::io::Error::other(other.to_string()),
    }
}
