//! The errors of commands and jobs: what happened, and whether that is an answer.

use super::destination::DestinationError;
use provable::circuit::fit_error::FitError;
#[cfg(feature = "prover")]
use provable::circuit::tier::Tier;
use provable::lang::quote;
#[cfg(feature = "prover")]
use provable::proof::{KeyError, ProveError};
#[cfg(feature = "prover")]
use provable::store::KeyStore;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a command or a job did not do what was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// The run traps, or does not fit in the tier asked for, or in any.
    #[error(transparent)]
    Fit(#[from] FitError),
    #[cfg(feature = "prover")]
    /// There is no tier of this name.
    #[error("there is no tier \"{}\"", quote::quoted(.0))]
    NoTier(String),
    #[cfg(feature = "prover")]
    /// The run fits, and the prover failed.
    #[error("{0}")]
    Prove(ProveError),
    #[cfg(feature = "prover")]
    /// Nothing says where the key store is.
    #[error("there is no folder for keys: set PROVABLE_HOME or give --keys DIR")]
    NoKeyFolder,
    #[cfg(feature = "prover")]
    /// The key store cannot be used.
    #[error("{0}")]
    Store(KeyError),
    #[cfg(feature = "prover")]
    /// A tier's key cannot be used.
    #[error("{problem}")]
    DamagedKey {
        /// The tier.
        tier: &'static str,
        /// The key store that it is in.
        store: KeyStore,
        /// What is wrong with the key.
        problem: String,
    },
    #[cfg(feature = "prover")]
    /// No key with this digest is held.
    #[error("no key {} is held in {}{}", hex::encode(digest), quote::path(store.folder()), but(unreadable))]
    NoKey {
        /// The digest.
        digest: [u8; 32],
        /// The store that was looked in.
        store: KeyStore,
        /// Why a file there cannot be read, if one cannot: it may be the key.
        unreadable: Option<String>,
    },
    /// Nothing can be written where it is wanted.
    #[error(transparent)]
    Destination(#[from] DestinationError),
    /// A proof was made and cannot be written.
    #[error("the proof was made and is lost: {0}")]
    Lost(Box<Error>),
    /// A file cannot be written.
    #[error("cannot write {}: {error}", quote::path(path))]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl Error {
    #[cfg(feature = "prover")]
    /// Why a proof was not made with a tier's key from this folder.
    pub fn of_proof(error: ProveError, tier: &Tier, store: &KeyStore) -> Error {
        match error {
            ProveError::SelfCheck | ProveError::Unsatisfied { .. } | ProveError::Domain => {
                Error::DamagedKey {
                    tier: tier.name,
                    store: store.clone(),
                    problem: error.to_string(),
                }
            }
            error => Error::Prove(error),
        }
    }

    /// The file that it is about, if that cannot be written.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Error::Write { path, .. } => Some(path),
            Error::Destination(error) => Some(error.path()),
            Error::Lost(error) => error.path(),
            _ => None,
        }
    }

    /// Whether this is a negative answer, and no failure: the request was in order.
    pub fn is_negative(&self) -> bool {
        match self {
            Error::Fit(_) => true,
            #[cfg(feature = "prover")]
            Error::Prove(error) => matches!(
                error,
                ProveError::Trapped(_)
                    | ProveError::TooLarge(_)
                    | ProveError::KeyTooSmall(_)
                    | ProveError::Statement(_)
            ),
            _ => false,
        }
    }
}

#[cfg(feature = "prover")]
/// Added to the message about a key that was not found: a file in the store that may be it.
fn but(unreadable: &Option<String>) -> String {
    match unreadable {
        Some(problem) => format!(", and there is a file that cannot be read: {problem}"),
        None => String::new(),
    }
}
