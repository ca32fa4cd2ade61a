//! Lists the keys of the store.

use super::entry::Entry;
use super::file_names::origin_of;
use super::key_store::KeyStore;
use super::regular_file;
use crate::circuit::tier::UNKNOWN;
use crate::log::KEYS;
use crate::proof::error::KeyError;
use crate::proof::transcript::Hash;
use crate::proof::{Origin, VerifyingKey};
use provable_host::fs;
use std::io::{BufReader, ErrorKind};
use tracing::debug;

/// The contents of the store.
#[derive(Debug, Default)]
pub struct Contents {
    /// The keys. Those of other versions are last.
    pub entries: Vec<Entry>,
    /// Why files with the name of a key cannot be read. The usual reason is that another user made them for himself.
    pub unreadable: Vec<KeyError>,
}

impl KeyStore {
    /// Every key in the store. Those of other versions are last. If the folder does not exist, there are none.
    ///
    /// # Errors
    /// When the folder cannot be read. Files that are not keys, or that cannot be read, are skipped.
    pub fn list(&self) -> Result<Vec<Entry>, KeyError> {
        Ok(self.contents()?.entries)
    }

    /// As [`KeyStore::list`], with the reason for each file that cannot be read.
    ///
    /// # Errors
    /// When the folder cannot be read. Files that are not keys are skipped.
    pub fn contents(&self) -> Result<Contents, KeyError> {
        let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
        let files = match fs::read_dir(self.folder()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Contents::default()),
            files => files.map_err(KeyError::io(self.folder()))?,
        };
        for file in files {
            let path = file.map_err(KeyError::io(self.folder()))?.path();
            let Some(origin) = origin_of(&path) else {
                continue;
            };
            let file = match regular_file::open(&path) {
                Ok(file) => file,
                // Removed since the folder was listed, or a link to nothing.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                // A pipe or a folder is not a key, whatever its name.
                Err(_) if fs::metadata(&path).is_ok_and(|data| !data.is_file()) => continue,
                Err(error) => {
                    unreadable.push(KeyError::io(&path)(error));
                    continue;
                }
            };
            let bytes = file.metadata().map(|data| data.len()).unwrap_or(0);
            let Ok(key) = VerifyingKey::read_any(BufReader::new(file)) else {
                continue;
            };
            let (digest, rows) = (key.digest(), key.capacities.rows);
            let key = key.of_this_version().ok();
            let tier = key.as_ref().and_then(VerifyingKey::tier);
            let entry = Entry {
                tier: tier.map_or(UNKNOWN, |tier| tier.name),
                origin,
                key,
                digest,
                path,
                bytes,
            };
            // Of the same key from several places, the first one says whom it convinces.
            let rank = match origin {
                Origin::Ceremony(_) => 0,
                Origin::Made => 1,
                Origin::Imported => 2,
            };
            entries.push(((tier.is_none(), rows, digest, rank), entry));
        }
        entries.sort_by_key(|(place, _)| *place);
        debug!(target: KEYS, keys = entries.len(), unreadable = unreadable.len(), "listed");
        Ok(Contents {
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            unreadable,
        })
    }

    /// The key with this digest, if it is for a circuit of this version.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn find(&self, digest: &Hash) -> Result<Option<Entry>, KeyError> {
        let entries = self.list()?;
        Ok(Entry::with_digest(&entries, digest).map(|(entry, _)| entry.clone()))
    }
}
