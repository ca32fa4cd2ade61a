//! The proof file beside a program.

use super::binding::{Binding, Hash};
use crate::worker::protocol::ProveAnswer;
use sha2::{Digest, Sha256};

/// Whether a proof is valid.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It was found beside the program and was not verified.
    Unknown,
    /// It is valid: the prover or Verify checked it.
    Valid,
    /// It is invalid, for this reason.
    Invalid(String),
}

/// A proof that was made here, or found beside the program.
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
    /// The public input that it names.
    pub public_input: Vec<u32>,
    /// The public output that it proves.
    pub public_output: Vec<u32>,
    /// Sizes and times, if it was made here.
    pub made: Option<ProveAnswer>,
    /// Whether it is valid.
    pub verdict: Verdict,
}

/// A proof file that holds no proof, or cannot be read.
#[derive(Clone, Debug)]
pub struct InvalidProofFile {
    /// The digest of the text; none if it cannot be read.
    pub file: Option<Hash>,
    /// What is wrong with it, for a person.
    pub why: String,
}

/// The digest of a proof file's text.
pub fn digest_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}
