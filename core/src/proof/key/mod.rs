//! Keys: what a verifier needs and what a prover needs.

mod points;
mod proving;
mod sections;
mod verifying;

pub(super) use points::{Curve, Points, Terms};
pub use proving::ProvingKey;
pub(super) use proving::{bases_digest, Queries};
pub use verifying::VerifyingKey;
