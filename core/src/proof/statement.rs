//! The statement: what a valid proof proves.

use super::key::Origin;
use super::transcript::Hash;

/// What a valid proof proves: on this public input and some secret input, the program halts with this public output. A
/// proof is only as convincing as its key, so the statement includes the key and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The words that READ took, in order.
    pub public_input: Vec<u32>,
    /// The words that WRITE wrote, in order.
    pub public_output: Vec<u32>,
    /// The program's digest, as [`Program::digest`](crate::lang::program::Program::digest) computes it.
    pub program: Hash,
    /// The commitment to the trace. The prover can open it.
    pub trace_commitment: Hash,
    /// The verifying key's digest.
    pub key: Hash,
    /// Where the key came from.
    pub key_origin: Origin,
}
