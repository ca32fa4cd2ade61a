//! Groth16 with a committed block: keys, prover, verifier and the files they read and write.
//!
//! Plain Groth16 (Groth, "On the size of pairing-based non-interactive arguments", EUROCRYPT 2016, section 3.2) has
//! no verifier challenges; the circuit's lookups and memory argument need some. So part of the witness is committed
//! first, as a fourth proof element D, and the challenges are a hash of it: MIRAGE (Kosba, Papadopoulos,
//! Papamanthou, Song, USENIX Security 2020, section 4) and the commit-carrying Groth16 of LegoSNARK (Campanelli,
//! Fiore, Querol, CCS 2019, section 5.2).

mod batch;
mod batch_affine;
pub mod error;
mod fixed_base;
pub mod key;
mod multiply;
pub mod opening;
mod pairing;
mod progress;
pub mod proof_json;
mod prove;
mod reduction;
mod setup;
mod straus;
pub mod tier;
pub mod transcript;
mod trapdoors;
mod verify;

pub use error::{KeyError, ProveError, VerifyError};
pub use key::{ProvingKey, VerifyingKey};
pub use opening::Opening;
pub use progress::{Progress, Silent};
pub use proof_json::Proof;
pub use prove::{Proved, prove, prove_trace};
pub use setup::setup;
pub use verify::{PreparedVerifyingKey, verify};

use ark_bls12_381::{G1Affine, G2Affine};

/// A proof: Groth16's three points and the commitment D to the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProofElements {
    /// A, in G1.
    pub a: G1Affine,
    /// B, in G2.
    pub b: G2Affine,
    /// C, in G1.
    pub c: G1Affine,
    /// D, in G1.
    pub d: G1Affine,
}

impl ProofElements {
    /// Bytes of a proof: three compressed points of G1 and one of G2.
    pub const BYTES: usize = 3 * 48 + 96;
}

#[cfg(test)]
mod tests;
