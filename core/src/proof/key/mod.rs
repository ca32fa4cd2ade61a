//! Keys: the verifying key and the proving key.

mod origin;
#[cfg(feature = "prover")]
mod points;
#[cfg(feature = "prover")]
mod proving;
#[cfg(feature = "prover")]
mod sections;
mod verifying;

pub use origin::{CeremonyOrigin, Origin};
#[cfg(feature = "prover")]
pub(super) use points::{Curve, Points, Terms};
#[cfg(feature = "prover")]
pub use proving::ProvingKey;
#[cfg(feature = "prover")]
pub(super) use proving::{Queries, bases_digest};
pub use verifying::VerifyingKey;
