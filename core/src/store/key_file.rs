//! Proving keys as files, mapped into memory.

use super::regular_file;
use crate::proof::{KeyError, ProvingKey};
use provable_host::fs::File;
use provable_mapped::Bytes;
use std::io;
#[cfg(target_family = "wasm")]
use std::io::Read;
use std::path::Path;

impl ProvingKey {
    /// Opens a key of this machine's own store: maps its file, so that a large key takes no longer. Points are not
    /// checked one by one: every proof made with the key is verified before it is returned.
    ///
    /// # Errors
    /// When the file cannot be read, is not a key, or is not a key for a circuit of this version.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let bytes = regular_file::open(path).and_then(contents);
        Self::of_file(&bytes.map_err(KeyError::io(path))?)
    }
}

/// The bytes of a file: mapped, so that only what is needed of a large key is read.
#[cfg(not(target_family = "wasm"))]
fn contents(file: File) -> io::Result<Bytes> {
    Bytes::of(&file)
}

/// The bytes of a file, which is in memory.
#[cfg(target_family = "wasm")]
fn contents(mut file: File) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Bytes::from(bytes.as_slice()))
}
