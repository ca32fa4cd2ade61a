//! Sources of proving keys.

use super::error::KeyError;
use super::key::ProvingKey;
use crate::circuit::tier::Tier;
use crate::progress::Progress;
use std::borrow::Cow;

/// A source of proving keys.
pub trait KeySource {
    /// The proving key of a tier.
    ///
    /// # Errors
    /// When it can be neither found nor made.
    fn proving_key(
        &self,
        tier: &'static Tier,
        progress: &dyn Progress,
    ) -> Result<Cow<'_, ProvingKey>, KeyError>;

    /// The tier of the source's key, if the source has one key only.
    fn only_tier(&self) -> Option<&'static Tier> {
        None
    }
}

/// A key is a source of itself: runs are proved at its tier.
impl KeySource for ProvingKey {
    fn proving_key(
        &self,
        _: &'static Tier,
        _: &dyn Progress,
    ) -> Result<Cow<'_, ProvingKey>, KeyError> {
        Ok(Cow::Borrowed(self))
    }

    fn only_tier(&self) -> Option<&'static Tier> {
        self.verifying.tier()
    }
}
