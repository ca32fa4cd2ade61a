//! Groth16 with a committed block: keys, prover, verifier, and the files that they read and write.
//!
//! Plain Groth16 (Groth, "On the size of pairing-based non-interactive arguments", EUROCRYPT 2016, section 3.2) has no
//! verifier challenges, but the circuit's lookups and memory argument need some. So the prover first commits to a part
//! of the witness with a fourth proof element D. The challenges are a hash of D. This follows MIRAGE (Kosba,
//! Papadopoulos, Papamanthou, Song, USENIX Security 2020, section 4) and the commit-carrying Groth16 of LegoSNARK
//! (Campanelli, Fiore, Querol, CCS 2019, section 5.2).

mod batch;
#[cfg(feature = "prover")]
mod batch_affine;
#[cfg(feature = "ceremony")]
pub mod ceremony;
#[cfg(feature = "prover")]
mod commitment;
mod elements;
pub mod error;
#[cfg(feature = "prover")]
mod estimate;
#[cfg(feature = "prover")]
mod fixed_base;
pub mod key;
#[cfg(feature = "prover")]
mod key_source;
#[cfg(feature = "prover")]
pub mod measure;
#[cfg(feature = "prover")]
mod multiply;
#[cfg(feature = "prover")]
pub mod opening;
mod pairing;
#[cfg(feature = "prover")]
mod progress;
pub mod proof_json;
#[cfg(feature = "prover")]
mod prove;
#[cfg(feature = "prover")]
mod prover;
#[cfg(feature = "prover")]
mod random;
#[cfg(feature = "prover")]
mod reduction;
#[cfg(feature = "prover")]
mod setup;
#[cfg(feature = "solidity")]
pub mod solidity;
mod statement;
mod straus;
pub mod transcript;
#[cfg(feature = "prover")]
mod trapdoors;
mod verifier;

pub use crate::progress::{Progress, Silent};
pub use elements::ProofElements;
#[cfg(feature = "prover")]
pub use error::ProveError;
pub use error::{KeyError, VerifyError};
#[cfg(feature = "prover")]
pub use estimate::setup_estimate;
#[cfg(feature = "prover")]
pub use key::ProvingKey;
pub use key::{CeremonyOrigin, Origin, VerifyingKey};
#[cfg(feature = "prover")]
pub use key_source::KeySource;
#[cfg(feature = "prover")]
pub use opening::Opening;
pub use proof_json::Proof;
#[cfg(feature = "prover")]
pub use provable_msm::Backend;
#[cfg(feature = "prover")]
pub use prove::{Proved, prove_trace};
#[cfg(feature = "prover")]
pub use prover::{Prover, prove};
#[cfg(feature = "prover")]
pub use random::system_rng;
#[cfg(feature = "prover")]
pub use setup::setup;
pub use statement::Statement;
pub use verifier::{Verifier, verify};

#[cfg(all(test, feature = "prover"))]
mod tests;
