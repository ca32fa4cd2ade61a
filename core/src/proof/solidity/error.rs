//! Why there is no contract, or no calldata.

use super::coefficients::COEFFICIENTS;
use crate::proof::VerifyError;
use thiserror::Error;

/// Why a contract or the calldata of a proof was not made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SolidityError {
    /// The key is for a circuit that this version does not have.
    #[error("the key is for a circuit that this version does not have")]
    UnknownCircuit,
    /// The program does not fit in the circuit of the key.
    #[error("{0}")]
    Statement(#[from] crate::circuit::statement::StatementError),
    /// The program's table and data would make a contract that is larger than a chain takes (EIP-170).
    #[error(
        "the program's entries and data take {bytes} bytes in a contract; with more than {most}, it is larger than \
         EIP-170 allows"
    )]
    TooLargeForCode {
        /// Bytes of the program's tables.
        bytes: usize,
        /// The most bytes that a contract has room for.
        most: usize,
    },
    /// The program has more entries than the setup has powers.
    #[error(
        "the program has {entries} entries, and EIP-4844's precompile evaluates {COEFFICIENTS} at most"
    )]
    TooLargeForOpening {
        /// Entries of the program.
        entries: usize,
    },
    /// The name is no name of a contract.
    #[error("a contract's name begins with a letter and has letters, digits and `_`, 64 at most")]
    Name,
    /// The file is not the setup of EIP-4844.
    #[error("this is not the trusted setup of EIP-4844: {0}")]
    Setup(String),
    /// The proof is not valid.
    #[error("{0}")]
    Proof(#[from] VerifyError),
}
