//! Keys whose writing was cut short: files of many megabytes that are no keys, left by whoever was killed.

use super::atomic_file::{io, is_locked, parts, try_lock};
use super::key_store::KeyStore;
use crate::log::KEYS;
use crate::proof::error::KeyError;
use std::fs;
use std::path::PathBuf;
use tracing::info;

/// The lock under which keys are imported.
pub(super) const IMPORT: &str = "import";

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
    /// What killed processes left. What is being written at this moment is not among it.
    pub fn unfinished(&self) -> Vec<Unfinished> {
        let files = parts(self.folder()).into_iter();
        let left = files.filter_map(|(path, whole)| {
            let (stem, ending) = whole.rsplit_once('.')?;
            let lock = match ending {
                "pk" => stem,
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

    /// Removes what killed processes left under those locks that are `wanted`: a tier's file name without its ending.
    /// Says how many files.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove_unfinished(&self, wanted: impl Fn(&str) -> bool) -> Result<usize, KeyError> {
        let mut removed = 0;
        for left in self.unfinished() {
            if !wanted(&left.lock) {
                continue;
            }
            // Held while it is removed: a process that has begun to write meanwhile keeps its file.
            if let Some(_held) = try_lock(self.folder(), &left.lock) {
                match fs::remove_file(&left.path) {
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    done => {
                        done.map_err(io(&left.path))?;
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

    use super::super::atomic_file::{lock, temporary};
    use super::*;
    use crate::circuit::tier::TIERS;

    #[test]
    fn what_a_killed_process_left_is_found_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(Some(folder.path().to_path_buf())).unwrap();
        let part = |name: &str| {
            temporary(&folder.path().join(name))
                .unwrap()
                .keep()
                .unwrap()
                .1
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

    #[cfg(unix)]
    #[test]
    fn a_key_is_readable_by_whom_the_users_mask_lets_and_a_lock_needs_no_writing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        let key = temporary(&folder.path().join("118.pk")).unwrap();
        assert_eq!(mode(key.path()), mode(&usual));

        drop(lock(folder.path(), "118").unwrap());
        let path = folder.path().join("118.lock");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        lock(folder.path(), "118").unwrap();
        assert!(try_lock(folder.path(), "118").is_some());
    }
}
