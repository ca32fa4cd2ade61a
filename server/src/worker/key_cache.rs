//! The keys that stay loaded between jobs: the last proving key and the last verifying key. A key is used again only
//! while its file is the one that it was read from: a key that was removed or replaced is dropped.

use crate::errors::Error;
use crate::files::version::FileVersion;
use crate::keys;
use provable::circuit::tier::Tier;
use provable::progress::Progress;
use provable::proof::{ProvingKey, Verifier};
use provable::store::KeyStore;
use provable_host::fs;
use std::path::PathBuf;
use std::time::Duration;

/// A key store and the keys of it that are in memory.
pub struct KeyCache {
    folder: Option<PathBuf>,
    proving: Option<CachedProvingKey>,
    verifying: Option<CachedVerifyingKey>,
}

struct CachedProvingKey {
    tier: &'static str,
    file: FileVersion,
    key: ProvingKey,
}

/// A key ready to verify with.
pub struct CachedVerifyingKey {
    /// The key.
    pub key: Verifier,
    digest: [u8; 32],
    file: FileVersion,
}

impl KeyCache {
    /// An empty cache over the store in this folder; with none, in the default folder.
    pub fn new(folder: Option<PathBuf>) -> Self {
        KeyCache {
            // Absolute, so that messages about the store hold in every working directory.
            folder: folder.map(|folder| fs::absolute(&folder).unwrap_or(folder)),
            proving: None,
            verifying: None,
        }
    }

    /// Opens the store. Each job opens it anew: its folder may have been removed since the last one.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn store(&self) -> Result<KeyStore, Error> {
        keys::store(self.folder.clone())
    }

    /// Whether the tier's proving key is loaded.
    pub fn has(&self, store: &KeyStore, tier: &Tier) -> bool {
        let path = store.proving_path(tier);
        let is_cached = |one: &CachedProvingKey| one.tier == tier.name && one.file.is_still(&path);
        self.proving.as_ref().is_some_and(is_cached)
    }

    /// The tier's proving key, which is made if it is missing, and how long making it took.
    ///
    /// # Errors
    /// When the key can be neither read nor made.
    pub fn proving(
        &mut self,
        store: &KeyStore,
        tier: &Tier,
        progress: &dyn Progress,
    ) -> Result<(&ProvingKey, Duration), Error> {
        let is_cached = self.has(store, tier);
        let (kept, time) = match self.proving.take().filter(|_| is_cached) {
            Some(kept) => (kept, Duration::ZERO),
            None => {
                let (key, time) = keys::proving_key(store, tier, progress)?;
                let kept = CachedProvingKey {
                    tier: tier.name,
                    file: FileVersion::of(&store.proving_path(tier)),
                    key,
                };
                (kept, time)
            }
        };
        Ok((&self.proving.insert(kept).key, time))
    }

    /// The key with this digest.
    ///
    /// # Errors
    /// When the store does not hold it.
    pub fn verifying(
        &mut self,
        store: &KeyStore,
        digest: &[u8; 32],
    ) -> Result<&CachedVerifyingKey, Error> {
        let is_current = |kept: &CachedVerifyingKey| {
            kept.digest == *digest && kept.file.is_still(kept.file.path())
        };
        let kept = match self.verifying.take().filter(is_current) {
            Some(kept) => kept,
            None => {
                let held = keys::list(store)?;
                let (entry, key) = held.key(digest)?;
                CachedVerifyingKey {
                    key: Verifier::new(key).with_origin(entry.origin),
                    digest: *digest,
                    file: FileVersion::of(&entry.path),
                }
            }
        };
        Ok(self.verifying.insert(kept))
    }
}
