//! The key store as a prover's source of keys.

use super::KeyStore;
use crate::circuit::tier::Tier;
use crate::proof::{KeyError, KeySource, Progress, ProvingKey};
use std::borrow::Cow;

/// If a key is not in the store, it is made and stored.
impl KeySource for KeyStore {
    fn proving_key(
        &self,
        tier: &'static Tier,
        progress: &dyn Progress,
    ) -> Result<Cow<'_, ProvingKey>, KeyError> {
        let (key, _) = KeyStore::proving_key(self, tier, progress)?;
        Ok(Cow::Owned(key))
    }
}
