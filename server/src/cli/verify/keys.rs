//! The key that decides about a proof.

use crate::cli::args::VerifyArgs;
use crate::cli::read::bytes;
use crate::errors::failure::Failure;
use crate::files::limits;
use crate::keys::{self, Held};
use provable::lang::quote;
use provable::proof::{KeyError, VerifyingKey};
use std::path::Path;

/// The keys that may decide about proofs: the given one, or else those that are held here.
pub enum Keys {
    Given(Box<VerifyingKey>),
    Held(Held),
}

impl Keys {
    pub fn new(args: &VerifyArgs) -> Result<Self, Failure> {
        Ok(match &args.key {
            Some(path) => Keys::Given(Box::new(given(path)?)),
            None => Keys::Held(keys::list(&keys::store(args.keys.dir.clone())?)?),
        })
    }

    /// The key that decides about a proof that names a key with this digest, and where it came from.
    pub fn of(&self, named: &[u8; 32]) -> Result<(&VerifyingKey, String), Failure> {
        match self {
            Keys::Given(key) => Ok((key, "given".to_string())),
            Keys::Held(keys) => held(keys, named),
        }
    }
}

/// The key with this digest, if it is among those held here, and where it came from.
pub fn held<'a>(keys: &'a Held, named: &[u8; 32]) -> Result<(&'a VerifyingKey, String), Failure> {
    let (entry, key) = keys.key(named)?;
    Ok((key, entry.origin.to_string()))
}

pub fn given(path: &Path) -> Result<VerifyingKey, Failure> {
    VerifyingKey::from_bytes(&bytes(path, limits::VERIFYING_KEY)?).map_err(|error| {
        let name = quote::path(path);
        Failure::unusable(match error {
            KeyError::UnknownCircuit => format!("{name}: {error}"),
            _ => format!("{name} is no verifying key: {error}"),
        })
    })
}
