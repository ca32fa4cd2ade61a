//! The texts of errors: what happened ([`Error`]), and what to do about it (`help`).

mod destination;
mod error;
mod help;

pub use destination::DestinationError;
pub use error::Error;
pub use help::{SHARE_KEYS, command_line};
