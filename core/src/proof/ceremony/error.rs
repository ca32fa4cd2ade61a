//! Why a ceremony's files are refused.

use crate::proof::error::KeyError;
use thiserror::Error;

/// The most doublings of the number of hashes behind a beacon: whoever checks a chain computes them again, and 2^26 take some
/// seconds.
pub const MAX_BEACON_BITS: u8 = 26;
/// The most bytes of a beacon's public value.
pub const MAX_BEACON_BYTES: usize = 256;

/// The most beacons of a phase: each costs whoever checks it.
pub const MAX_BEACONS: usize = 4;

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
    /// A beacon is too long, or is to be hashed too often.
    #[error(
        "a phase has at most {MAX_BEACONS} beacons, each of at most {MAX_BEACON_BYTES} bytes, hashed at most 2^{MAX_BEACON_BITS} times"
    )]
    Beacon,
    /// The last contribution is of other values than these.
    #[error("the values are not those of the last contribution: {0} differs")]
    Last(&'static str),
    /// The key is not that of the circuit over these powers.
    #[error("the key is not the circuit's key over these powers: {0}")]
    Key(&'static str),
    /// A file cannot be read.
    #[error("{0}")]
    Read(std::io::Error),
    /// A file is not what it should be.
    #[error("the file is malformed: {0}")]
    Malformed(String),
    /// A file is of another kind.
    #[error("it is {found}, and {wanted} is needed")]
    Kind {
        /// What it is.
        found: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// A file is of a version of its format that this program does not read.
    #[error("it is {0} of another version of this program")]
    Version(&'static str),
    /// A point in a file is not one of the group of prime order.
    #[error(
        "the file is malformed: number {number} of {what}, from 0, is no point of the group of prime order"
    )]
    Point {
        /// The list.
        what: &'static str,
        /// Its number in the list, from 0.
        number: usize,
    },
    /// The ceremony is for a circuit that this version does not have.
    #[error(
        "the ceremony is for a circuit that this version does not have: it is of another version of this program"
    )]
    UnknownCircuit,
    /// Nobody contributed secret factors, so everybody could make false proofs.
    #[error("nobody contributed a secret to {0}, so everybody could make false proofs")]
    NoSecret(&'static str),
    /// Nobody contributed secret factors to powers that were imported.
    #[error(
        "nobody contributed to the powers after they were imported, so whoever imported them could have chosen them and make false proofs"
    )]
    ImportAlone,
    /// A key cannot be made, or is unsafe.
    #[error("{0}")]
    Unsafe(#[from] KeyError),
    /// The work was cancelled by its `Progress`.
    #[error("the work was cancelled")]
    Cancelled,
}
