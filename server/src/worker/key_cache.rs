//! The keys that stay loaded between jobs: the last one proved with, the last one verified with. Each is used again
//! only while its file is the one it was read from, so that a key that was removed or replaced is forgotten.

use crate::errors::Error;
use crate::files::version::FileVersion;
use crate::keys;
use provable::circuit::tier::Tier;
use provable::proof::{Progress, ProvingKey, Verifier};
use provable::store::KeyStore;
use std::time::Duration;

/// Keys in memory.
#[derive(Default)]
pub struct KeyCache {
    proving: Option<Proving>,
    verifying: Option<Verifying>,
}

struct Proving {
    tier: &'static str,
    file: FileVersion,
    key: ProvingKey,
}

/// A key ready to verify with.
pub struct Verifying {
    /// The key.
    pub key: Verifier,
    /// Where it came from.
    pub origin: String,
    digest: [u8; 32],
    file: FileVersion,
}

impl KeyCache {
    /// Whether the tier's proving key is loaded.
    pub fn has(&self, store: &KeyStore, tier: &Tier) -> bool {
        let path = store.proving_path(tier);
        let key_cache = |one: &Proving| one.tier == tier.name && one.file.is_still(&path);
        self.proving.as_ref().is_some_and(key_cache)
    }

    /// The tier's proving key, made when it is missing, and how long that took: zero when it was there.
    ///
    /// # Errors
    /// When the key can be neither read nor made.
    pub fn proving(
        &mut self,
        store: &KeyStore,
        tier: &Tier,
        progress: &dyn Progress,
    ) -> Result<(&ProvingKey, Duration), Error> {
        let key_cache = self.has(store, tier);
        let (kept, time) = match self.proving.take().filter(|_| key_cache) {
            Some(kept) => (kept, Duration::ZERO),
            None => {
                let (key, time) = keys::proving_key(store, tier, progress)?;
                let kept = Proving {
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
    /// When it is not held here.
    pub fn verifying(&mut self, store: &KeyStore, digest: &[u8; 32]) -> Result<&Verifying, Error> {
        let is_current =
            |kept: &Verifying| kept.digest == *digest && kept.file.is_still(kept.file.path());
        let kept = match self.verifying.take().filter(is_current) {
            Some(kept) => kept,
            None => {
                let held = keys::list(store)?;
                let (entry, key) = held.key(digest)?;
                Verifying {
                    key: Verifier::new(key),
                    origin: entry.origin.to_string(),
                    digest: *digest,
                    file: FileVersion::of(&entry.path),
                }
            }
        };
        Ok(self.verifying.insert(kept))
    }
}
