//! A word for each reason why a proof is not valid.

use provable::VerifyError;

/// The word.
pub fn of(error: &VerifyError) -> &'static str {
    match error {
        VerifyError::Malformed(_) | VerifyError::Field { .. } => "malformed",
        VerifyError::Program { .. } => "program",
        VerifyError::Key { .. } => "key",
        VerifyError::Circuit { .. } => "tier",
        VerifyError::UnknownCircuit { .. } => "version",
        VerifyError::Commitment => "commitment",
        VerifyError::Statement(_) => "statement",
        VerifyError::Pairing => "pairing",
        // A reason that a later version of the library adds.
        _ => "other",
    }
}
