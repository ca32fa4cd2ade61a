//! What the library keeps on disk: the key store, and files that appear whole or not at all.
//!
//! Nothing outside this module touches a file.

pub mod atomic_file;
#[cfg(feature = "prover")]
mod key_file;
#[cfg(feature = "prover")]
mod key_source;
#[cfg(feature = "prover")]
mod key_store;
#[cfg(feature = "prover")]
mod lock_file;
pub mod regular_file;
#[cfg(feature = "prover")]
mod removal;
#[cfg(feature = "prover")]
mod unfinished;

#[cfg(feature = "prover")]
pub use key_store::{Contents, Entry, KeyStore};
#[cfg(feature = "prover")]
pub use unfinished::Unfinished;
