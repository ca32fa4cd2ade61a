//! An entry of the key store: a key, its origin and its file.

use crate::proof::error::KeyError;
use crate::proof::transcript::Hash;
use crate::proof::{Origin, ProvingKey, VerifyingKey};
use std::path::PathBuf;

/// A key in the store.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The tier's name, or [`UNKNOWN`](crate::circuit::tier::UNKNOWN).
    pub tier: &'static str,
    /// The key's origin.
    pub origin: Origin,
    /// The verifying key. `None` if it is for a circuit that this version does not have: such a key verifies nothing.
    pub key: Option<VerifyingKey>,
    /// The key's digest.
    pub digest: Hash,
    /// The file: that of the proving key if the key was made here.
    pub path: PathBuf,
    /// The file's size in bytes.
    pub bytes: u64,
}

impl Entry {
    /// The entry with this digest and its key, if the key is for a circuit of this version.
    pub fn with_digest<'a>(
        entries: &'a [Entry],
        digest: &Hash,
    ) -> Option<(&'a Entry, &'a VerifyingKey)> {
        let mut found = entries.iter().filter(|entry| entry.digest == *digest);
        found.find_map(|entry| Some((entry, entry.key.as_ref()?)))
    }

    /// Whether its file is that of a proving key.
    pub fn is_proving(&self) -> bool {
        self.path
            .extension()
            .is_some_and(|extension| extension == "pk")
    }

    /// The proving key that belongs to the verifying key with this digest, for an audit. None if there is no such
    /// entry.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn proving_key(entries: &[Entry], digest: &Hash) -> Result<Option<ProvingKey>, KeyError> {
        let is_it = |entry: &&Entry| entry.digest == *digest && entry.is_proving();
        let made = entries.iter().find(is_it);
        made.map(|entry| ProvingKey::open(&entry.path)).transpose()
    }
}
