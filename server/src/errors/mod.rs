//! The texts of errors: what happened ([`Error`]), what to do about it (`help`), and how a command ends (`failure`).

mod destination;
mod error;
pub mod failure;
mod help;

pub use destination::DestinationError;
pub use error::Error;
#[cfg(feature = "prover")]
pub use help::{SHARE_KEYS, command_line};
