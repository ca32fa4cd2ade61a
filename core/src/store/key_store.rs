//! The key store: a folder with a proving key for each tier, and with imported verifying keys. Files appear complete or
//! not at all. They are never changed in place, because other processes may have mapped them. A lock prevents two
//! processes from making the same key.

use super::atomic_file::{self, FilePermissions, Leftovers, Naming, sweep};
use super::entry::Entry;
use super::lock_file::lock;
use crate::circuit::tier::Tier;
use crate::log::KEYS;
use crate::proof::Progress;
use crate::proof::error::KeyError;
use crate::proof::{ProvingKey, VerifyingKey, setup, system_rng};
use provable_host::clock::Instant;
use provable_host::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tracing::{debug_span, info};

/// The lock that is held while a key is imported.
pub(super) const IMPORT: &str = "import";

/// Writes a file of the store. Keys are not secret: everyone who may read a new file of this user may read them.
pub(super) fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<()>,
) -> Result<(), KeyError> {
    atomic_file::write(path, Naming::Named, FilePermissions::New, content)
        .map_err(KeyError::io(path))
}

/// A folder of keys.
#[derive(Clone, Debug)]
pub struct KeyStore {
    folder: PathBuf,
    is_default: bool,
}

impl KeyStore {
    /// The store in this folder. The folder is created when a key first goes into it.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        KeyStore {
            folder: folder.into(),
            is_default: false,
        }
    }

    /// The store in the user's cache folder. The folder is created when a key first goes into it.
    ///
    /// # Errors
    /// When the system names no cache folder.
    #[allow(clippy::should_implement_trait)] // the trait's function cannot fail
    pub fn default() -> Result<Self, KeyError> {
        let user = directories::ProjectDirs::from("", "", "provable").ok_or(KeyError::NoFolder)?;
        Ok(KeyStore {
            folder: user.cache_dir().join("keys"),
            is_default: true,
        })
    }

    /// Whether this is the store in the user's cache folder, which messages do not have to name.
    pub fn is_default(&self) -> bool {
        self.is_default
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of a file contains the circuit's identity, so a key for an older circuit is not found.
    pub(super) fn stem(tier: &Tier) -> String {
        format!(
            "{}-{}",
            tier.name,
            tier.circuit.get(..12).unwrap_or(tier.circuit)
        )
    }

    /// The path of a tier's proving key, whether it exists or not.
    pub fn proving_path(&self, tier: &Tier) -> PathBuf {
        self.folder.join(format!("{}.pk", Self::stem(tier)))
    }

    /// Whether the store has a proving key of the tier.
    pub fn has(&self, tier: &Tier) -> bool {
        fs::is_file(self.proving_path(tier)) || self.ceremony_path(tier).is_some()
    }

    /// A tier's proving key, made if it is missing, and the time that its generation took (zero if it existed).
    ///
    /// # Errors
    /// When the key can be neither read nor made.
    pub fn proving_key(
        &self,
        tier: &Tier,
        progress: &dyn Progress,
    ) -> Result<(ProvingKey, Duration), KeyError> {
        if let Some(key) = self.read_proving_key(tier)? {
            return Ok((key, Duration::ZERO));
        }
        let path = self.proving_path(tier);
        fs::create_dir_all(&self.folder).map_err(KeyError::io(&self.folder))?;
        let _lock = self.lock(&Self::stem(tier))?;
        let is_this_key = |name: &str| self.folder.join(name) == path;
        sweep(&self.folder, Leftovers::Of(&is_this_key));
        // Another process may have made the key while this one waited.
        if let Some(key) = self.read_proving_key(tier)? {
            return Ok((key, Duration::ZERO));
        }
        // The key can be stored: this is checked before it is made.
        self.try_place(tier)?;
        let start = Instant::now();
        let key = setup(tier, &mut system_rng(), progress)?;
        progress.phase("key: writing", 1.0);
        debug_span!(target: KEYS, "write", tier = tier.name)
            .in_scope(|| write(&path, |file| key.write(file)))?;
        // From here on the key is its mapped file. The memory in which it was made is freed.
        let key = self.read_proving_key(tier)?.unwrap_or(key);
        info!(target: KEYS, tier = tier.name, "made");
        Ok((key, start.elapsed()))
    }

    /// Checks that a tier's key could be written here: makes a file and removes it again.
    ///
    /// # Errors
    /// When it could not.
    pub fn try_place(&self, tier: &Tier) -> Result<(), KeyError> {
        fs::create_dir_all(&self.folder).map_err(KeyError::io(&self.folder))?;
        let path = self.proving_path(tier);
        atomic_file::try_write(&path, Naming::Named).map_err(KeyError::io(&path))
    }

    pub(super) fn lock(&self, name: &str) -> Result<fs::File, KeyError> {
        let path = self.folder.join(format!("{name}.lock"));
        lock(&self.folder, name).map_err(KeyError::io(&path))
    }

    fn read_proving_key(&self, tier: &Tier) -> Result<Option<ProvingKey>, KeyError> {
        let _span = debug_span!(target: KEYS, "read", tier = tier.name).entered();
        // One that convinces others before one that convinces its maker alone.
        let path = self.ceremony_path(tier);
        let path = path.unwrap_or_else(|| self.proving_path(tier));
        let key = match ProvingKey::open(&path) {
            Err(KeyError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(None);
            }
            other => other?,
        };
        match key.verifying.tier() {
            Some(found) if found == tier => Ok(Some(key)),
            Some(found) => {
                let problem = format!("it is of tier {}, not {}", found.name, tier.name);
                Err(KeyError::Malformed(problem))
            }
            None => Err(KeyError::UnknownCircuit),
        }
    }

    /// Adds another person's verifying key to the store.
    ///
    /// # Errors
    /// When it is malformed or unsafe, for a circuit that this version does not have, or cannot be written.
    pub fn import(&self, bytes: &[u8]) -> Result<Entry, KeyError> {
        let digest = VerifyingKey::from_bytes(bytes)?.digest();
        if let Some(entry) = self.find(&digest)? {
            return Ok(entry);
        }
        let path = self.folder.join(format!("{}.vk", hex::encode(digest)));
        fs::create_dir_all(&self.folder).map_err(KeyError::io(&self.folder))?;
        let _lock = self.lock(IMPORT)?;
        sweep(&self.folder, Leftovers::Of(&|name| name.ends_with(".vk")));
        write(&path, |file| file.write_all(bytes))?;
        info!(target: KEYS, bytes = bytes.len(), "imported");
        let found = self.find(&digest)?;
        found.ok_or_else(|| KeyError::Malformed("the key was not stored".into()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::circuit::tier::TIERS;
    use crate::proof::Silent;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_in_the_store_is_not_waited_for() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path());
        let tier = &TIERS[0];
        let key = store.proving_path(tier);
        let lock = folder.path().join(format!("{}.lock", KeyStore::stem(tier)));
        let others = ["x.vk", "import.lock", "aa.vk.0.part"].map(|name| folder.path().join(name));
        for path in others.iter().chain([&key, &lock]) {
            mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        }
        let contents = store.contents().unwrap();
        assert!(contents.entries.is_empty() && contents.unreadable.is_empty());
        let error = store.proving_key(tier, &Silent).unwrap_err().to_string();
        assert!(error.contains("no regular file"), "{error}");
        store.import(b"no key").unwrap_err();
        store.unfinished();
    }

    #[test]
    fn a_setup_removes_what_killed_ones_left() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path());
        let killed = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(
                ".{}.part",
                fs::read_dir(folder.path()).unwrap().count()
            ));
            fs::write(&name, "half a key").unwrap();
            PathBuf::from(name)
        };
        let [smallest, next] = [&TIERS[0], &TIERS[1]];
        let left = [(); 2].map(|()| killed(&store.proving_path(smallest)));
        let of_another_tier = killed(&store.proving_path(next));
        let imported = killed(&folder.path().join("aa.vk"));
        assert!(left[0] != left[1] && left.iter().all(|path| path.exists()));

        let (key, _) = store.proving_key(smallest, &Silent).unwrap();
        assert!(left.iter().all(|path| !path.exists()));
        assert!(of_another_tier.exists() && imported.exists());

        let elsewhere = tempfile::tempdir().unwrap();
        let elsewhere = KeyStore::open(elsewhere.path());
        let killed = elsewhere.folder().join("aa.vk.x.part");
        fs::write(&killed, "half a key").unwrap();
        elsewhere.import(&key.verifying.to_bytes()).unwrap();
        assert!(!killed.exists());
        assert_eq!(store.list().unwrap().len(), 1);
    }
}
