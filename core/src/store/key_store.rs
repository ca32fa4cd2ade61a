//! The key store: a folder with a proving key a tier and imported verifying keys. Files appear whole or not at all and
//! are never changed in place, since others may have them mapped; a lock keeps two processes from making the same key.

use super::atomic_file::{self, FilePermissions, Leftovers, Naming, sweep};
use super::lock_file::lock;
use crate::circuit::tier::{Tier, UNKNOWN};
use crate::log::KEYS;
use crate::proof::Progress;
use crate::proof::error::KeyError;
use crate::proof::transcript::Hash;
use crate::proof::{Origin, ProvingKey, VerifyingKey};
use crate::proof::{setup, system_rng};
use crate::store::regular_file;
use std::fs;
use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tracing::{debug, debug_span, info};

/// The lock under which keys are imported.
pub(super) const IMPORT: &str = "import";

/// Writes a file of the store. Keys are no secrets: whoever may read a new file of this user may read them.
fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<()>,
) -> Result<(), KeyError> {
    atomic_file::write(path, Naming::Named, FilePermissions::New, content)
        .map_err(KeyError::io(path))
}

/// A key in the store.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The tier's name, or [`UNKNOWN`].
    pub tier: &'static str,
    /// Where it came from.
    pub origin: Origin,
    /// The verifying key. `None` if it is for a circuit this version does not have: such a key decides about nothing.
    pub key: Option<VerifyingKey>,
    /// Its digest.
    pub digest: Hash,
    /// Its file: a proving key's if it was made here.
    pub path: PathBuf,
    /// The file's size in bytes.
    pub bytes: u64,
}

impl Entry {
    /// The one of these keys with this digest, if it is for a circuit of this version, and the key itself.
    pub fn with_digest<'a>(
        entries: &'a [Entry],
        digest: &Hash,
    ) -> Option<(&'a Entry, &'a VerifyingKey)> {
        let mut found = entries.iter().filter(|entry| entry.digest == *digest);
        found.find_map(|entry| Some((entry, entry.key.as_ref()?)))
    }

    /// The proving key behind the verifying key with this digest, for an audit. None if it is not among these.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn proving_key(entries: &[Entry], digest: &Hash) -> Result<Option<ProvingKey>, KeyError> {
        let is_it = |entry: &&Entry| entry.digest == *digest && entry.origin == Origin::Made;
        let made = entries.iter().find(is_it);
        made.map(|entry| ProvingKey::open(&entry.path)).transpose()
    }
}

/// A folder of keys.
#[derive(Clone, Debug)]
pub struct KeyStore {
    folder: PathBuf,
    is_default: bool,
}

/// What is in the store.
#[derive(Debug, Default)]
pub struct Contents {
    /// The keys, those of other versions last.
    pub entries: Vec<Entry>,
    /// Why files that are named as keys are cannot be read: mostly, that another user made them for himself.
    pub unreadable: Vec<KeyError>,
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

    /// Whether it is the one in the user's cache folder, which needs no naming.
    pub fn is_default(&self) -> bool {
        self.is_default
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file's name holds the circuit's identity: a key of an older circuit is not found.
    pub(super) fn stem(tier: &Tier) -> String {
        format!(
            "{}-{}",
            tier.name,
            tier.circuit.get(..12).unwrap_or(tier.circuit)
        )
    }

    /// Where a tier's proving key is, or will be.
    pub fn proving_path(&self, tier: &Tier) -> PathBuf {
        self.folder.join(format!("{}.pk", Self::stem(tier)))
    }

    /// Whether a tier's proving key is there.
    pub fn has(&self, tier: &Tier) -> bool {
        self.proving_path(tier).is_file()
    }

    /// A tier's proving key, made if it is missing, with the time that took (zero if it was there).
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
        // Another process may have made it while this one waited.
        if let Some(key) = self.read_proving_key(tier)? {
            return Ok((key, Duration::ZERO));
        }
        // That there is a place for the key is known before it is made.
        self.try_place(tier)?;
        let start = Instant::now();
        let key = setup(tier, &mut system_rng(), progress)?;
        progress.phase("key: writing", 1.0);
        debug_span!(target: KEYS, "write", tier = tier.name)
            .in_scope(|| write(&path, |file| key.write(file)))?;
        // From here on it is its file: the memory that it was made in is given back.
        let key = self.read_proving_key(tier)?.unwrap_or(key);
        info!(target: KEYS, tier = tier.name, "made");
        Ok((key, start.elapsed()))
    }

    /// Whether a tier's key could be written here: a file is made, and is gone again.
    ///
    /// # Errors
    /// When it could not.
    pub fn try_place(&self, tier: &Tier) -> Result<(), KeyError> {
        fs::create_dir_all(&self.folder).map_err(KeyError::io(&self.folder))?;
        let path = self.proving_path(tier);
        atomic_file::try_write(&path, Naming::Named).map_err(KeyError::io(&path))
    }

    fn lock(&self, name: &str) -> Result<fs::File, KeyError> {
        let path = self.folder.join(format!("{name}.lock"));
        lock(&self.folder, name).map_err(KeyError::io(&path))
    }

    fn read_proving_key(&self, tier: &Tier) -> Result<Option<ProvingKey>, KeyError> {
        let _span = debug_span!(target: KEYS, "read", tier = tier.name).entered();
        let key = match ProvingKey::open(&self.proving_path(tier)) {
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

    /// Every key in the store, those of other versions last. A folder that is not there has none.
    ///
    /// # Errors
    /// When the folder cannot be read. Files that are no keys, or cannot be read, are passed over.
    pub fn list(&self) -> Result<Vec<Entry>, KeyError> {
        Ok(self.contents()?.entries)
    }

    /// As [`KeyStore::list`], with the reason for each file that cannot be read.
    ///
    /// # Errors
    /// When the folder cannot be read. Files that are no keys are passed over.
    pub fn contents(&self) -> Result<Contents, KeyError> {
        let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
        let files = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Contents::default()),
            files => files.map_err(KeyError::io(&self.folder))?,
        };
        for file in files {
            let path = file.map_err(KeyError::io(&self.folder))?.path();
            let origin = match path.extension().and_then(|extension| extension.to_str()) {
                Some("pk") => Origin::Made,
                Some("vk") => Origin::Imported,
                _ => continue,
            };
            let file = match regular_file::open(&path) {
                Ok(file) => file,
                // Removed since it was listed, or a link to nothing.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                // A pipe or a folder is no key, whatever its name.
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
            entries.push(((tier.is_none(), rows, digest), entry));
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

    /// Takes in a verifying key from someone else.
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
