//! Unfinished keys: files of many megabytes that killed processes left behind.

use super::file_names::tier_part;
use super::key_store::{IMPORT, KeyStore};
use super::lock_file::{is_locked, try_lock};
use super::partial_file::named_partial_files;
use crate::log::KEYS;
use crate::proof::error::KeyError;
use provable_host::fs;
use std::path::PathBuf;
use tracing::info;

/// A file that was to become a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// The lock under which it was written.
    lock: String,
}

impl KeyStore {
    /// The unfinished files of killed processes. Keys that are being written are not included.
    pub fn unfinished(&self) -> Vec<Unfinished> {
        let files = named_partial_files(self.folder()).into_iter();
        let left = files.filter_map(|(path, whole)| {
            let (stem, ending) = whole.rsplit_once('.')?;
            let lock = match ending {
                "pk" => tier_part(stem),
                "vk" => IMPORT,
                _ => return None,
            };
            let bytes = fs::metadata(&path).ok()?.len();
            (!is_locked(self.folder(), lock)).then(|| Unfinished {
                lock: lock.to_owned(),
                path,
                bytes,
            })
        });
        left.collect()
    }

    /// Removes the unfinished files of killed processes whose lock is `wanted`. The name of a lock is that of a tier's
    /// file without its ending. Returns the number of files.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove_unfinished(&self, wanted: impl Fn(&str) -> bool) -> Result<usize, KeyError> {
        let mut removed = 0;
        for left in self.unfinished() {
            if !wanted(&left.lock) {
                continue;
            }
            // The lock is held during the removal. If a process has begun to write meanwhile, its file is kept.
            if let Some(_held) = try_lock(self.folder(), &left.lock) {
                match fs::remove_file(&left.path) {
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    done => {
                        done.map_err(KeyError::io(&left.path))?;
                        removed += 1;
                    }
                }
            }
        }
        if removed > 0 {
            info!(target: KEYS, files = removed, "removed, unfinished");
        }
        Ok(removed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::lock_file::lock;
    use super::*;
    use crate::circuit::tier::TIERS;

    #[test]
    fn a_key_of_a_ceremony_that_is_being_written_is_not_unfinished() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path());
        let stem = KeyStore::stem(&TIERS[0]);
        let key = format!("{stem}.ceremony-1-1-{}.pk.x.part", "ab".repeat(32));
        let part = folder.path().join(key);
        fs::write(&part, "half a key").unwrap();
        let held = lock(folder.path(), &stem).unwrap();
        assert_eq!(store.remove_unfinished(|_| true).unwrap(), 0);
        assert!(part.exists());
        drop(held);
        store.remove(TIERS[1].name).unwrap();
        assert!(part.exists(), "another tier's");
        store.remove(TIERS[0].name).unwrap();
        assert!(!part.exists());
    }

    #[test]
    fn what_a_killed_process_left_is_found_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path());
        let part = |name: &str| {
            let path = folder.path().join(format!("{name}.x.part"));
            fs::write(&path, "half a key").unwrap();
            path
        };
        let made = part(&format!("{}.pk", KeyStore::stem(&TIERS[0])));
        let imported = part("aa.vk");
        let other = part("notes.txt");
        assert_eq!(store.unfinished().len(), 2);

        let held = lock(folder.path(), &KeyStore::stem(&TIERS[0])).unwrap();
        let left = store.unfinished();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(left[0].path, imported);
        assert_eq!(store.remove_unfinished(|_| true).unwrap(), 1);
        assert!(made.exists() && !imported.exists() && other.exists());

        drop(held);
        assert_eq!(store.remove(TIERS[1].name).unwrap(), 0);
        assert!(made.exists(), "another tier's");
        store.remove(TIERS[0].name).unwrap();
        assert!(!made.exists());
    }
}
