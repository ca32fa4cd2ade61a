//! A proof file as an editor shows it, before it is verified.

use super::binding::Hash;

/// What a proof file says of itself. Nothing of it is verified.
#[derive(Clone, Debug)]
pub struct ProofFile {
    /// The program's digest.
    pub program: Hash,
    /// The verifying key's digest.
    pub key: Hash,
    /// The trace commitment.
    pub trace_commitment: Hash,
    /// The public input.
    pub public_input: Vec<u32>,
    /// The public output.
    pub public_output: Vec<u32>,
    /// Why this version has no circuit for it, if it has none.
    pub unknown_circuit: Option<String>,
}

impl ProofFile {
    /// Reads a proof file.
    ///
    /// # Errors
    /// Why the text is no proof.
    #[cfg(feature = "prover")]
    pub fn read(text: &str) -> Result<ProofFile, String> {
        let proof = provable::Proof::from_json(text).map_err(|error| error.to_string())?;
        Ok(ProofFile {
            program: proof.program,
            key: proof.key,
            trace_commitment: proof.trace_commitment,
            unknown_circuit: proof.tier().err().map(|error| error.to_string()),
            public_input: proof.public_input,
            public_output: proof.public_output,
        })
    }

    /// A build without proofs reads none.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "prover"))]
    pub fn read(_: &str) -> Result<ProofFile, String> {
        Err(crate::worker::protocol::NO_PROVER.to_owned())
    }
}
