//! The texts of errors: what happened ([`Error`]), what to do about it (`advice`), and how a command ends (`failure`).

mod advice;
mod destination;
mod error;
pub mod failure;

#[cfg(feature = "prover")]
pub use advice::{SHARE_KEYS, command_line};
pub use destination::DestinationError;
pub use error::Error;
