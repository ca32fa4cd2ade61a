//! Errors of keys, proofs and their files.

#[cfg(feature = "prover")]
use crate::circuit::Shortage;
#[cfg(feature = "prover")]
use crate::circuit::fit_error::FitError;
#[cfg(feature = "prover")]
use crate::circuit::selection::TooLarge;
use crate::circuit::statement::StatementError;
#[cfg(feature = "prover")]
use crate::vm::Trap;
use thiserror::Error;

/// Why a proof was not made.
#[cfg(feature = "prover")]
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The run traps, so it has no proof.
    #[error("the program trapped: {0}")]
    Trapped(#[from] Trap),
    /// The run fits in no tier, or not in the tier that was asked for.
    #[error("{0}")]
    TooLarge(#[from] TooLarge),
    /// The run does not fit in the circuit of the key.
    #[error("{0}")]
    KeyTooSmall(#[from] Shortage),
    /// The steps of the run take more rows than the largest tier has.
    #[error(
        "the run takes {steps} steps in more than {most} rows, and the largest tier holds {most} rows"
    )]
    TooLong {
        /// Its steps.
        steps: u64,
        /// The number of rows that the largest tier holds.
        most: u64,
    },
    /// The program and the tapes have no statement.
    #[error("{0}")]
    Statement(#[from] StatementError),
    /// The prover verified its own proof and found it false: the key is damaged or for another circuit.
    #[error("the proof made with this key does not verify: the key is damaged")]
    SelfCheck,
    /// The witness does not satisfy the key's circuit.
    #[error(
        "the run does not satisfy the key's circuit (constraint {constraint}): the key is damaged"
    )]
    Unsatisfied {
        /// The first constraint that fails.
        constraint: usize,
    },
    /// There is no key to prove with.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// The work was cancelled by its [`Progress`](super::Progress).
    #[error("the proof was cancelled")]
    Cancelled,
    /// The key's circuit has more constraints than the field has roots of unity.
    #[error("the key's circuit is too large to be proved: the key is damaged")]
    Domain,
}

#[cfg(feature = "prover")]
impl From<FitError> for ProveError {
    fn from(error: FitError) -> Self {
        match error {
            FitError::Trapped(trap) => ProveError::Trapped(trap),
            FitError::TooLong { steps, most } => ProveError::TooLong { steps, most },
            FitError::TooLarge { too_large, .. } => ProveError::TooLarge(too_large),
        }
    }
}

/// Why a proof is not a valid proof of its statement.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The file is no proof file.
    #[error("the proof file is malformed: {0}")]
    Malformed(String),
    /// A field of the file has a wrong value.
    #[error("the proof file's {field}: {problem}")]
    Field {
        /// Which field.
        field: &'static str,
        /// The reason.
        problem: String,
    },
    /// The proof was made for another program.
    #[error("the proof is of another program: its digest is {found}, this program's is {expected}")]
    Program {
        /// The digest in the file.
        found: String,
        /// The digest of the program at hand.
        expected: String,
    },
    /// The proof was made with another key.
    #[error("the proof was made with another key: its digest is {found}, this key's is {expected}")]
    Key {
        /// The digest in the file.
        found: String,
        /// The digest of the key at hand.
        expected: String,
    },
    /// The proof was made at another tier.
    #[error("the proof is of tier {found}, and this key is of tier {expected}")]
    Circuit {
        /// The tier that the file names.
        found: &'static str,
        /// The key's tier.
        expected: &'static str,
    },
    /// The proof was made for a circuit that this version does not have, so by another version of this program.
    #[error(
        "the proof is of another version: this one has no circuit {found:.12}…. If it is of a version before 0.2.0, it \
         proves nothing of a program with a RET: make it again (see SECURITY.md). If it is of a later version, \
         verify it with that version"
    )]
    UnknownCircuit {
        /// The circuit's id in the file.
        found: String,
    },
    /// The trace commitment is not that of D.
    #[error("the trace commitment does not belong to the proof's point d")]
    Commitment,
    /// The program and the tapes have no statement under this key.
    #[error("{0}")]
    Statement(#[from] StatementError),
    /// The pairing equation does not hold.
    #[error("the proof does not hold for this program, public input and public output")]
    Pairing,
}

/// Why a key was refused.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: String,
        /// The reason.
        source: std::io::Error,
    },
    /// The bytes are not a key.
    #[error("the key is malformed: {0}")]
    Malformed(String),
    /// The bytes begin with a verifying key, but what follows is not a proving key of this version.
    #[error(
        "the key is damaged or was made by another version of this program: it has to be made again"
    )]
    Version,
    /// This point is the identity.
    #[error("the key is unsafe: {0} is the point at infinity")]
    Identity(&'static str),
    /// Two of the verifier's trapdoor points are equal, or one is the generator. Under such a key anyone can make false
    /// proofs.
    #[error("the key is unsafe: {0} and {1} are equal, so anyone could forge proofs")]
    Degenerate(&'static str, &'static str),
    /// The generation of the key was cancelled by its `Progress`.
    #[error("the making of the key was cancelled")]
    Cancelled,
    /// The system names no folder for keys.
    #[error("there is no folder for keys: the system names no cache folder of the user")]
    NoFolder,
    /// The key's circuit is not that of a tier of this version. The key is of another version of this program, or for a
    /// circuit that no version has.
    #[error(
        "the key is for a circuit that this version does not have. If it is of a version before 0.2.0, false \
         statements could be proved under it of programs with a RET: make it and its proofs again (see \
         SECURITY.md). If it is of a later version, use it with that version"
    )]
    UnknownCircuit,
}

#[cfg(all(feature = "store", feature = "prover"))]
impl KeyError {
    /// Makes an error from a failure at this path.
    pub(crate) fn io(path: &std::path::Path) -> impl Fn(std::io::Error) -> KeyError + '_ {
        move |source| KeyError::Io {
            path: crate::lang::quote::path(path),
            source,
        }
    }
}
