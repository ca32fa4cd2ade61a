//! `provable powers` and `provable ceremony`: keys that convince others.

mod files;
mod phase_one;
mod phase_two;
mod transcript;
mod typed;

pub use phase_one::command as powers;
pub use phase_two::command as ceremony;

use crate::errors::failure::Failure;
use provable::proof::ceremony::CeremonyError;
use std::path::Path;

/// Why a file of a ceremony is not accepted: bytes that are no such file cannot be used; values that are false are refused.
fn refusal(path: &Path, error: &CeremonyError) -> Failure {
    let message = format!("{}: {error}", provable::lang::quote::path(path));
    match error {
        CeremonyError::Read(_) | CeremonyError::Malformed(_) | CeremonyError::Point { .. } => {
            Failure::unusable(message).help(
                "ask for the file again, and compare its digest with the one that its sender has",
            )
        }
        CeremonyError::Kind { .. } => Failure::unusable(message).help(
            "`provable powers` is for files of powers, `provable powers import` for published ones, and \
             `provable ceremony` for files of ceremonies",
        ),
        CeremonyError::UnknownCircuit | CeremonyError::Version(_) => {
            Failure::unusable(message).help("take part in it with that version")
        }
        CeremonyError::Beacon => {
            Failure::unusable(message).help("contribute a secret: leave out --beacon")
        }
        CeremonyError::Cancelled => Failure::unusable(message),
        _ => Failure::negative(message)
            .help("do not use it, and do not contribute to it: tell its coordinator"),
    }
}
