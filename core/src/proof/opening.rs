//! Opening the trace commitment. With an opening, an auditor can check that a disclosed trace is the one that was
//! proved. An opening reveals every secret to everyone who has it.

use super::commitment::commit;
use super::error::{KeyError, ProveError, VerifyError};
use super::key::{ProvingKey, bases_digest};
use super::progress::ProgressRange;
use super::proof_json::Proof;
use super::verifier::verify;
use crate::circuit::ExecutionTrace;
use crate::lang::program::Program;
use crate::lang::quote::object;
use crate::progress::Silent;
use crate::vm::{Inputs, Limits};
use ark_bls12_381::Fr;
use ark_ff::PrimeField;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// The secret input, from which the program reproduces the whole trace, and the blinding factor of the commitment.
#[derive(Clone)]
pub struct Opening {
    /// The secret input.
    pub secret: Vec<u32>,
    /// The blinding factor r.
    pub blind: Fr,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Opening(secret)")
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.secret.zeroize();
        self.blind.zeroize();
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    version: u32,
    secret: Vec<u32>,
    blind: String,
}

/// Why an audit failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The opening is malformed.
    #[error("the opening is malformed: {0}")]
    Malformed(String),
    /// The proof is not valid.
    #[error("the proof is not valid: {0}")]
    Proof(#[from] VerifyError),
    /// The key's bases do not have the digest in the verifying key.
    #[error("the key's bases are not authentic: {0}")]
    Key(#[from] KeyError),
    /// The opening's run does not end as the statement says.
    #[error("the opening's run is another: {0}")]
    Run(#[from] ProveError),
    /// The run has another public output.
    #[error("the opening's run has another public output than the proof")]
    Output,
    /// The run has another trace commitment.
    #[error("the opening does not open the proof's trace commitment")]
    Commitment,
}

impl Opening {
    /// The opening as text.
    pub fn to_json(&self) -> String {
        let mut blind = Vec::with_capacity(32);
        // Writing to a vector cannot fail, and the fields always have a JSON form.
        let _ = self.blind.serialize_compressed(&mut blind);
        let fields = Fields {
            version: 1,
            secret: self.secret.clone(),
            blind: hex::encode(blind),
        };
        serde_json::to_string_pretty(&fields).unwrap_or_default() + "\n"
    }

    /// Reads an opening.
    ///
    /// # Errors
    /// When it is malformed; the message never repeats a secret.
    pub fn from_json(text: &str) -> Result<Self, AuditError> {
        let malformed = |problem: &str| AuditError::Malformed(problem.into());
        let text = object(text).ok_or_else(|| malformed("it is no JSON object"))?;
        let fields: Fields = serde_json::from_str(text).map_err(|error| {
            AuditError::Malformed(format!("line {}, column {}", error.line(), error.column()))
        })?;
        if fields.version != 1 {
            return Err(malformed("not a version this program reads"));
        }
        let bytes = hex::decode(&fields.blind).map_err(|_| malformed("blind: not hexadecimal"))?;
        if bytes.len() != Fr::MODULUS_BIT_SIZE.div_ceil(8) as usize {
            return Err(malformed("blind: not 32 bytes"));
        }
        let blind = Fr::deserialize_compressed(bytes.as_slice())
            .map_err(|_| malformed("blind: not a canonical field element"))?;
        Ok(Opening {
            secret: fields.secret,
            blind,
        })
    }

    /// Checks that the proof is valid and that this opening's run is the trace that was proved: runs the program again,
    /// lays out the trace as the circuit does, and recomputes D over the authentic bases.
    ///
    /// # Errors
    /// The reason why the opening does not match the proof.
    pub fn audit(
        &self,
        key: &ProvingKey,
        program: &Program,
        proof: &Proof,
        limits: Limits,
    ) -> Result<(), AuditError> {
        verify(&key.verifying, program, proof)?;
        if bases_digest(&key.bases) != key.verifying.bases {
            return Err(KeyError::Malformed("their digest differs".into()).into());
        }
        let inputs = Inputs {
            public: proof.public_input.clone(),
            secret: self.secret.clone(),
        };
        let trace = ExecutionTrace::new(program, &inputs, limits).map_err(ProveError::from)?;
        if trace.outputs != proof.public_output {
            return Err(AuditError::Output);
        }
        let mut assignment = trace
            .commit(&key.circuit.layout)
            .map_err(ProveError::from)?;
        if let Some(last) = assignment.last_mut() {
            *last = self.blind;
        }
        match commit(key, &assignment, ProgressRange::new(&Silent, 0.0..1.0)) == proof.elements.d {
            true => Ok(()),
            false => Err(AuditError::Commitment),
        }
    }
}
