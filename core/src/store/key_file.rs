//! Proving keys as files, mapped into memory.

use super::regular_file;
use crate::proof::{KeyError, ProvingKey};
use provable_mapped::Bytes;
use std::path::Path;

impl ProvingKey {
    /// Opens a key of this machine's own store: maps its file, so that this takes no longer for a large key. Points
    /// are not checked one by one: every proof made with the key is verified before anyone sees it.
    ///
    /// # Errors
    /// When the file cannot be read, or is no key or none for this version's circuits.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let bytes = regular_file::open(path).and_then(|file| Bytes::of(&file));
        Self::of_file(&bytes.map_err(KeyError::io(path))?)
    }
}
