//! A proof, and what lies in the place of one.

use super::Hash;
use super::binding::Binding;
use crate::worker::protocol::ProveAnswer;
use sha2::{Digest, Sha256};

/// Whether a proof was found to be one.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// It was found beside the program and nobody has looked.
    NotYet,
    /// It is: the prover checks what it makes, or Verify did.
    Valid,
    /// It is not, and why.
    Invalid(String),
}

/// A proof: made here, or found beside the program.
#[derive(Clone, Debug)]
pub struct ProofState {
    /// What was proved.
    pub binding: Binding,
    /// The digest of the proof file's text.
    pub file: Hash,
    /// The verifying key's digest, in hexadecimal digits.
    pub key: String,
    /// The trace commitment, in hexadecimal digits.
    pub commitment: String,
    /// The public input that it speaks of.
    pub public_input: Vec<u32>,
    /// The public output that it proves.
    pub public_output: Vec<u32>,
    /// Sizes and times, if it was made here.
    pub made: Option<ProveAnswer>,
    /// Whether it is valid.
    pub check: Check,
}

/// What lies in the place of a proof file and is none.
#[derive(Clone, Debug)]
pub struct NoProof {
    /// The digest of the text; none if it cannot be read.
    pub file: Option<Hash>,
    /// What is wrong with it.
    pub why: String,
}

/// The digest of a proof file's text.
pub fn digest_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}
