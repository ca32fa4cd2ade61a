//! What the library keeps on disk: the key store, and the writer of atomic files.
//!
//! Nothing outside this module touches a file.

pub mod atomic_file;
mod backup;
#[cfg(feature = "prover")]
mod ceremony_keys;
#[cfg(feature = "prover")]
mod entry;
#[cfg(feature = "prover")]
mod file_names;
#[cfg(feature = "prover")]
mod key_file;
#[cfg(feature = "prover")]
mod key_source;
#[cfg(feature = "prover")]
mod key_store;
#[cfg(feature = "prover")]
mod listing;
#[cfg(feature = "prover")]
mod lock_file;
mod partial_file;
pub mod regular_file;
#[cfg(feature = "prover")]
mod removal;
#[cfg(feature = "prover")]
mod unfinished;

#[cfg(feature = "prover")]
pub use entry::Entry;
#[cfg(feature = "prover")]
pub use key_store::KeyStore;
#[cfg(feature = "prover")]
pub use listing::Contents;
#[cfg(feature = "prover")]
pub use unfinished::Unfinished;
