//! Keys: what a verifier needs and what a prover needs.

mod proving;
mod verifying;

pub(super) use proving::bases_digest;
pub use proving::ProvingKey;
pub use verifying::VerifyingKey;

use super::error::KeyError;

fn malformed(error: ark_serialize::SerializationError) -> KeyError {
    KeyError::Malformed(format!("{error}"))
}
