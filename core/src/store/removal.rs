//! Removes keys from the store.

use super::entry::Entry;
use super::key_store::KeyStore;
use crate::circuit::tier::Tier;
use crate::log::KEYS;
use crate::proof::error::KeyError;
use crate::store::regular_file;
use provable_host::fs;
use tracing::info;

impl KeyStore {
    /// Removes a tier's proving key if it exists but is not listed as such. A file that is damaged at its beginning has
    /// no digest, and another tier's key in its place is listed as that tier's.
    ///
    /// # Errors
    /// When the folder cannot be read, or the file can be neither read nor removed.
    pub fn remove_damaged(&self, tier: &Tier) -> Result<bool, KeyError> {
        let path = self.proving_path(tier);
        let is_intact = |entry: &Entry| entry.path == path && entry.tier == tier.name;
        if !fs::is_file(&path) || self.list()?.iter().any(is_intact) {
            return Ok(false);
        }
        // A key that this user may not read may be intact.
        regular_file::open(&path).map_err(KeyError::io(&path))?;
        fs::remove_file(&path).map_err(KeyError::io(&path))?;
        info!(target: KEYS, tier = tier.name, "removed, damaged");
        Ok(true)
    }

    /// Removes the unfinished files that killed processes left of a tier's proving key. Returns their number.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove_unfinished_of(&self, tier: &Tier) -> Result<usize, KeyError> {
        self.remove_unfinished(|stem| stem == Self::stem(tier))
    }

    /// Removes the keys with this digest or of this tier, or all whose tier is `UNKNOWN`. Returns the number of
    /// files.
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
        // A damaged key is listed under no digest. It can still be removed by the name of its tier.
        if let (0, Some(tier)) = (removed, Tier::named(name)) {
            let path = self.proving_path(tier);
            if fs::is_there(&path) {
                fs::remove_file(&path).map_err(KeyError::io(&path))?;
                removed += 1;
            }
        }
        info!(target: KEYS, keys = removed, "removed");
        Ok(removed)
    }
}
