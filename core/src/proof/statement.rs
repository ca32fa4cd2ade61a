//! What a valid proof says.

use super::key::Origin;
use super::transcript::Hash;

/// What a valid proof says: on this public input and some secret input, the program halts with this public output. It
/// convinces as far as the key does, so the key and its origin belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The words that READ took.
    pub public_input: Vec<u32>,
    /// The words that WRITE gave.
    pub public_output: Vec<u32>,
    /// The program's digest, as [`Program::digest`](crate::lang::program::Program::digest) gives it.
    pub program: Hash,
    /// The commitment to the trace, which the prover can open.
    pub trace_commitment: Hash,
    /// The verifying key's digest.
    pub key: Hash,
    /// Where the key came from.
    pub key_origin: Origin,
}
