//! Why a ceremony's files are refused.

use crate::proof::error::KeyError;
use thiserror::Error;

/// Why powers, a contribution or a key of a ceremony is refused.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CeremonyError {
    /// A number of values is not that of the domain or the circuit.
    #[error("there are {found} {what}, and there should be {expected}")]
    Count {
        /// What is counted.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// The powers are not powers of one τ, with one α and one β.
    #[error("the powers are inconsistent: {0}")]
    Powers(&'static str),
    /// The powers are of a τ with which a key would be useless.
    #[error("the powers are unusable: {0}")]
    Degenerate(&'static str),
    /// A contribution of the chain is false.
    #[error("contribution {number} is not valid: {problem}")]
    Contribution {
        /// Its number, from 1.
        number: usize,
        /// The reason.
        problem: String,
    },
    /// The last contribution is of other values than these.
    #[error("the values are not those of the last contribution: {0} differs")]
    Last(&'static str),
    /// The key is not that of the circuit over these powers.
    #[error("the key is not the circuit's key over these powers: {0}")]
    Key(&'static str),
    /// A key cannot be made, or is unsafe.
    #[error("{0}")]
    Unsafe(#[from] KeyError),
    /// The work was cancelled by its `Progress`.
    #[error("the work was cancelled")]
    Cancelled,
}
