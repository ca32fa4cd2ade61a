//! Keys of verified ceremonies in the key store.

use super::atomic_file::{self, Leftovers, Naming, sweep};
use super::entry::Entry;
use super::file_names::{of_ceremonies, of_ceremony, origin_of};
use super::key_store::{IMPORT, KeyStore, write};
use crate::circuit::tier::Tier;
use crate::log::KEYS;
use crate::proof::error::KeyError;
use crate::proof::{CeremonyOrigin, Origin, ProvingKey};
use provable_host::fs;
use std::io::Write;
use std::path::PathBuf;
use tracing::info;

impl KeyStore {
    /// The path of the tier's proving key from a verified ceremony: of several, the one that was verified last. Numbers of
    /// contributions say nothing, since one person may make many.
    pub(super) fn ceremony_path(&self, tier: &Tier) -> Option<PathBuf> {
        let start = format!("{}.", Self::stem(tier));
        let files = fs::read_dir(self.folder()).ok()?;
        let paths = files.filter_map(|file| Some(file.ok()?.path()));
        let found = paths.filter_map(|path| {
            let is_of_tier = path.file_name()?.to_str()?.starts_with(&start);
            let is_proving = path.extension()? == "pk";
            match origin_of(&path)? {
                Origin::Ceremony(_) if is_of_tier && is_proving => {
                    let when = fs::metadata(&path).and_then(|found| found.modified()).ok();
                    Some((when, path))
                }
                _ => None,
            }
        });
        found.max().map(|(_, path)| path)
    }

    /// Checks that a key could be written here, of whatever tier: makes a file and removes it again.
    ///
    /// # Errors
    /// When it could not.
    pub fn try_add(&self) -> Result<(), KeyError> {
        let path = self.folder().join("key.vk");
        fs::create_dir_all(self.folder())
            .and_then(|()| atomic_file::try_write(&path, Naming::Named))
            .map_err(KeyError::io(self.folder()))
    }

    /// Adds the key of a ceremony that the caller has verified: with its bases if it is to prove, else its verifying key alone.
    ///
    /// # Errors
    /// When the key is not of a tier of this version, or cannot be written.
    pub fn add_verified(
        &self,
        key: &ProvingKey,
        ceremony: &CeremonyOrigin,
        is_to_prove: bool,
    ) -> Result<Entry, KeyError> {
        let tier = key.verifying.tier().ok_or(KeyError::UnknownCircuit)?;
        let stem = Self::stem(tier);
        let name = of_ceremony(&stem, ceremony);
        fs::create_dir_all(self.folder()).map_err(KeyError::io(self.folder()))?;
        let (lock, ending) = match is_to_prove {
            true => (&*stem, ".pk"),
            false => (IMPORT, ".vk"),
        };
        let path = self.folder().join(format!("{name}{ending}"));
        let _lock = self.lock(lock)?;
        let of_tier = of_ceremonies(&stem);
        let is_such_key = |name: &str| name.starts_with(&of_tier) && name.ends_with(ending);
        sweep(self.folder(), Leftovers::Of(&is_such_key));
        match is_to_prove {
            true => write(&path, |file| key.write(file))?,
            false => write(&path, |file| file.write_all(&key.verifying.to_bytes()))?,
        }
        info!(target: KEYS, tier = tier.name, "added");
        let mut entries = self.list()?.into_iter();
        let found = entries.find(|entry| entry.path == path);
        found.ok_or_else(|| KeyError::Malformed("the key was not stored".into()))
    }
}
