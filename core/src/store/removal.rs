//! Removing keys from the store.

use super::key_store::{Entry, KeyStore};
use crate::circuit::tier::Tier;
use crate::log::KEYS;
use crate::proof::error::KeyError;
use crate::store::regular_file;
use std::fs;
use tracing::info;

impl KeyStore {
    /// Removes a tier's proving key if it is there and is not listed as such: one that is damaged at its beginning has no
    /// digest, and another tier's key in its place is listed as that tier's.
    ///
    /// # Errors
    /// When the folder cannot be read, or the file can be neither read nor removed.
    pub fn remove_damaged(&self, tier: &Tier) -> Result<bool, KeyError> {
        let path = self.proving_path(tier);
        let is_whole = |entry: &Entry| entry.path == path && entry.tier == tier.name;
        if !path.is_file() || self.list()?.iter().any(is_whole) {
            return Ok(false);
        }
        // A key that this user may not read may be in order.
        regular_file::open(&path).map_err(KeyError::io(&path))?;
        fs::remove_file(&path).map_err(KeyError::io(&path))?;
        info!(target: KEYS, tier = tier.name, "removed, damaged");
        Ok(true)
    }

    /// Removes what killed processes left of a tier's proving key; says how many files.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove_unfinished_of(&self, tier: &Tier) -> Result<usize, KeyError> {
        self.remove_unfinished(|stem| stem == Self::stem(tier))
    }

    /// Removes the keys with this digest or of this tier, or all whose tier is [`UNKNOWN`]; says how many.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn remove(&self, name: &str) -> Result<usize, KeyError> {
        let mut removed = 0;
        if let Some(tier) = Tier::named(name) {
            self.remove_unfinished_of(tier)?;
        }
        for entry in self.list()? {
            if entry.tier == name || hex::encode(entry.digest) == name {
                fs::remove_file(&entry.path).map_err(KeyError::io(&entry.path))?;
                removed += 1;
            }
        }
        // A damaged key lists under no digest: its tier's name still removes it.
        if let (0, Some(tier)) = (removed, Tier::named(name)) {
            let path = self.proving_path(tier);
            if path.exists() {
                fs::remove_file(&path).map_err(KeyError::io(&path))?;
                removed += 1;
            }
        }
        info!(target: KEYS, keys = removed, "removed");
        Ok(removed)
    }
}
