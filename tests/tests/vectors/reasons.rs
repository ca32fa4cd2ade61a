//! The identifiers of reasons, which `docs/formats.md` lists, and which error of the library each belongs to.

use provable::circuit::statement::StatementError;
use provable::{KeyError, VerifyError};

/// Every identifier that a vector can have. A pole has none: nobody can make one.
pub const ALL: [&str; 21] = [
    "program-text",
    "proof-json",
    "proof-version",
    "proof-hex",
    "proof-point",
    "proof-infinity",
    "unknown-circuit",
    "circuit-mismatch",
    "key-mismatch",
    "too-long",
    "program-mismatch",
    "commitment-mismatch",
    "equation",
    "key-length",
    "key-magic",
    "key-point",
    "key-infinity",
    "key-degenerate",
    "key-circuit",
    "opening-json",
    "opening-blind",
];

/// Why a proof is refused.
pub fn of_proof(error: &VerifyError) -> &'static str {
    match error {
        VerifyError::Malformed(_) => "proof-json",
        VerifyError::Field { field, problem } => match *field {
            "version" => "proof-version",
            "public_input" | "public_output" => "too-long",
            _ if problem.contains("infinity") => "proof-infinity",
            _ if problem.contains("point") => "proof-point",
            _ => "proof-hex",
        },
        VerifyError::UnknownCircuit { .. } => "unknown-circuit",
        VerifyError::Circuit { .. } => "circuit-mismatch",
        VerifyError::Key { .. } => "key-mismatch",
        VerifyError::Program { .. } => "program-mismatch",
        VerifyError::Commitment => "commitment-mismatch",
        VerifyError::Statement(StatementError::Pole) => "pole",
        VerifyError::Statement(_) => "too-long",
        VerifyError::Pairing => "equation",
        other => panic!("{other:?}"),
    }
}

/// Why a verifying key is refused.
pub fn of_key(error: &KeyError) -> &'static str {
    match error {
        KeyError::Malformed(text) if text.contains("no point") => "key-point",
        KeyError::Malformed(text) if text.contains("not a verifying key") => "key-magic",
        KeyError::Malformed(_) => "key-length",
        KeyError::Identity(_) => "key-infinity",
        KeyError::Degenerate(..) => "key-degenerate",
        KeyError::UnknownCircuit => "key-circuit",
        other => panic!("{other:?}"),
    }
}
