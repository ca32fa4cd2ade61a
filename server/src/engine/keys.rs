//! Keys from the store, and what to say when there is none to be had.

use super::Refusal;
use provable::circuit::tier::Tier;
use provable::lang::quote;
use provable::proof::{KeyError, Progress, ProvingKey, VerifyingKey};
use provable::store::{Contents, Entry, KeyStore};
use std::path::PathBuf;
use std::time::Duration;

/// What whoever may not read another user's keys can do.
pub const SHARE: &str =
    "keys are no secrets: have their owner make them readable (`chmod -R a+rX` on the folder)";

/// The key store in this folder, or where the user keeps it.
///
/// # Errors
/// When nothing says where that is.
pub fn store(folder: Option<PathBuf>) -> Result<KeyStore, Refusal> {
    KeyStore::open(folder).map_err(Refusal::Store)
}

/// A call of the command that is about this store, in quotes: whoever follows the advice changes no other.
pub fn call(store: &KeyStore, arguments: &str) -> String {
    if store.is_default() {
        return format!("`provable {arguments}`");
    }
    format!("`provable {arguments} --keys {}`", in_shell(store))
}

/// The store's folder, as a shell takes it.
fn in_shell(store: &KeyStore) -> String {
    let folder = store.folder().display().to_string();
    let quoted = match cfg!(windows) {
        true if folder.contains(' ') => format!("\"{folder}\""),
        true => folder,
        false => match shlex::try_quote(&folder) {
            Ok(quoted) => quoted.into_owned(),
            Err(_) => folder.clone(),
        },
    };
    quote::name(&quoted)
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
pub fn list(store: &KeyStore) -> Result<Held, Refusal> {
    Ok(Held {
        contents: store.contents().map_err(Refusal::Store)?,
        store: store.clone(),
    })
}

impl Held {
    /// The one of these keys with this digest, as a proof names it, and where it is.
    ///
    /// # Errors
    /// When it is not among them, or is for a circuit that this version does not have.
    pub fn key(&self, digest: &[u8; 32]) -> Result<(&Entry, &VerifyingKey), Refusal> {
        Entry::with_digest(&self.contents.entries, digest).ok_or_else(|| Refusal::NoKey {
            digest: *digest,
            store: self.store.clone(),
            unreadable: self.contents.unreadable.first().map(KeyError::to_string),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn advice_names_the_store_as_a_shell_takes_it() {
        let advice = |folder: &str| call(&store(Some(folder.into())).unwrap(), "keys remove 118");
        assert_eq!(advice("B"), "`provable keys remove 118 --keys B`");
        assert_eq!(
            advice("my keys"),
            "`provable keys remove 118 --keys 'my keys'`"
        );
        assert!(!advice("a\u{1b}[2J").contains('\u{1b}'));
    }
}
