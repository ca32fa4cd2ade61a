//! What the library keeps on disk: the key store, and files that appear whole or not at all.
//!
//! Nothing outside this module touches a file.

pub mod atomic_file;
mod key_store;
pub mod regular_file;
mod removal;
mod unfinished;

pub use key_store::{Contents, Entry, KeyStore, Origin, UNKNOWN};
pub use unfinished::Unfinished;
