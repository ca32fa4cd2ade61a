//! Keys from the store, and what to say when there is none to be had.

use super::Refusal;
use provable_core::proof::store::{Entry, KeyStore};
use provable_core::proof::tier::Tier;
use provable_core::proof::{KeyError, Progress, ProvingKey, VerifyingKey};
use std::path::PathBuf;
use std::time::Duration;

/// The key store in this folder, or where the user keeps it.
///
/// # Errors
/// When there is no such folder and none can be made.
pub fn store(folder: Option<PathBuf>) -> Result<KeyStore, Refusal> {
    KeyStore::open(folder).map_err(Refusal::Store)
}

/// The key of a tier, made when it is missing, and how long that took: zero when it was there.
///
/// # Errors
/// When the key can be neither read nor made.
pub fn proving_key(
    store: &KeyStore,
    tier: &Tier,
    progress: &dyn Progress,
) -> Result<(ProvingKey, Duration), Refusal> {
    store
        .proving_key(tier, progress)
        .map_err(|error| match error {
            error @ (KeyError::Io { .. } | KeyError::NoFolder) => Refusal::Store(error),
            error => Refusal::DamagedKey {
                tier: tier.name,
                folder: store.folder().to_path_buf(),
                problem: error.to_string(),
            },
        })
}

/// Every key that is held here.
///
/// # Errors
/// When the store cannot be read.
pub fn list(store: &KeyStore) -> Result<Vec<Entry>, Refusal> {
    store.list().map_err(Refusal::Store)
}

/// The one of these keys with this digest, as a proof names it, and where it is.
///
/// # Errors
/// When it is not among them, or is for a circuit that this version does not have.
pub fn held<'a>(
    entries: &'a [Entry],
    digest: &[u8; 32],
) -> Result<(&'a Entry, &'a VerifyingKey), Refusal> {
    Entry::with_digest(entries, digest).ok_or(Refusal::NoKey(*digest))
}
