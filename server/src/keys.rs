//! Tiers and keys by name: where the key store is, and what to say when there is no such tier or no such key.

use crate::errors::Error;
use provable::circuit::tier::Tier;
use provable::log::KEYS;
use provable::progress::Progress;
use provable::proof::{KeyError, ProvingKey, VerifyingKey};
use provable::store::{Contents, Entry, KeyStore};
use std::path::PathBuf;
use std::time::Duration;
use tracing::debug;

/// The environment variable that names the key store's folder.
const HOME: &str = "PROVABLE_HOME";

/// The tier of this name.
///
/// # Errors
/// When there is none.
pub fn tier_named(name: &str) -> Result<&'static Tier, Error> {
    Tier::named(name).ok_or_else(|| Error::NoTier(name.to_string()))
}

/// The key store in the folder that the argument `--keys` gives, else in the one that `PROVABLE_HOME` names unless
/// that is empty, else in the user's cache folder.
///
/// # Errors
/// When nothing says where it is.
pub fn store(argument: Option<PathBuf>) -> Result<KeyStore, Error> {
    let is_named = argument.is_some();
    let from_environment = || {
        let home = std::env::var_os(HOME)?;
        (!home.is_empty()).then(|| PathBuf::from(home))
    };
    let store = match argument.or_else(from_environment) {
        Some(folder) => KeyStore::open(folder),
        None => KeyStore::default().map_err(|_| Error::NoKeyFolder)?,
    };
    debug!(target: KEYS, is_named, "opened");
    Ok(store)
}

/// The key of a tier, made when it is missing, and how long that took: zero when it was there.
///
/// # Errors
/// When the key can be neither read nor made.
pub fn proving_key(
    store: &KeyStore,
    tier: &Tier,
    progress: &dyn Progress,
) -> Result<(ProvingKey, Duration), Error> {
    store
        .proving_key(tier, progress)
        .map_err(|error| match error {
            error @ (KeyError::Io { .. } | KeyError::NoFolder) => Error::Store(error),
            error => Error::DamagedKey {
                tier: tier.name,
                store: store.clone(),
                problem: error.to_string(),
            },
        })
}

/// The keys that are held in a store.
pub struct Held {
    store: KeyStore,
    /// What is in it.
    pub contents: Contents,
}

/// Every key that is held here.
///
/// # Errors
/// When the store cannot be read.
pub fn list(store: &KeyStore) -> Result<Held, Error> {
    Ok(Held {
        contents: store.contents().map_err(Error::Store)?,
        store: store.clone(),
    })
}

impl Held {
    /// The one of these keys with this digest, as a proof names it, and where it is.
    ///
    /// # Errors
    /// When it is not among them, or is for a circuit that this version does not have.
    pub fn key(&self, digest: &[u8; 32]) -> Result<(&Entry, &VerifyingKey), Error> {
        Entry::with_digest(&self.contents.entries, digest).ok_or_else(|| Error::NoKey {
            digest: *digest,
            store: self.store.clone(),
            unreadable: self.contents.unreadable.first().map(KeyError::to_string),
        })
    }
}
