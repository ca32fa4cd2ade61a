//! The trace digest: SHA-256 over the encodings of the captured states, one after the other.

use super::state::State;
use crate::lang::program::Program;
use crate::vm::{Inputs, Limits, Machine, Outcome, run_traced};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use thiserror::Error;

/// A state could not be encoded. The encoding has no reason to fail, but the encoder's interface allows it.
#[derive(Debug, Error)]
#[error("a state of the trace could not be encoded: {0}")]
pub struct TraceDigestError(#[from] bincode::Error);

/// The digest of a trace, as it grows.
#[derive(Clone, Default)]
pub struct TraceDigest {
    hash: Sha256,
}

impl TraceDigest {
    /// The digest of an empty trace.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a state: the bytes of `bincode::serialize`, without allocating them.
    ///
    /// # Errors
    /// None that the encoding of a state can cause.
    pub fn capture(&mut self, machine: &Machine<'_>) -> Result<(), TraceDigestError> {
        let mut blocks = io::BufWriter::with_capacity(BUFFER, IntoHash(&mut self.hash));
        bincode::serialize_into(&mut blocks, &State(machine))?;
        blocks.flush().map_err(bincode::Error::from)?;
        Ok(())
    }

    /// The digest of the states taken in.
    pub fn finish(self) -> [u8; 32] {
        self.hash.finalize().into()
    }
}

/// Words come four bytes at a time; the hash is quicker on more.
const BUFFER: usize = 1024;

struct IntoHash<'a>(&'a mut Sha256);

impl Write for IntoHash<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a program and digests its trace.
///
/// # Errors
/// As [`TraceDigest::capture`].
pub fn run_digested(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
) -> Result<(Outcome, [u8; 32]), TraceDigestError> {
    let mut digest = TraceDigest::new();
    let outcome = run_traced(program, inputs, limits, |machine| digest.capture(machine))?;
    Ok((outcome, digest.finish()))
}
