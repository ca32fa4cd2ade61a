//! Proving keys as files, mapped into memory.

use super::regular_file;
use crate::proof::{KeyError, ProvingKey};
use provable_mapped::Bytes;
use std::path::Path;

impl ProvingKey {
    /// Opens a key of this machine's own store: maps its file, so that a large key takes no longer. Points are not
    /// checked one by one: every proof made with the key is verified before it is returned.
    ///
    /// # Errors
    /// When the file cannot be read, is not a key, or is not a key for a circuit of this version.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let bytes = regular_file::open(path).and_then(|file| Bytes::of(&file));
        Self::of_file(&bytes.map_err(KeyError::io(path))?)
    }
}
