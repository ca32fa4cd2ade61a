//! Keys: what a verifier needs and what a prover needs.

mod points;
mod proving;
mod sections;
mod verifying;

pub(super) use points::{Curve, Points, Terms};
pub use proving::ProvingKey;
pub(super) use proving::{Queries, bases_digest};
pub use verifying::VerifyingKey;
