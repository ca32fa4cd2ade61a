//! Why something was not done: what happened, what to do about it, and whether that is an answer.

use super::destination::DestinationError;
use super::keys;
use provable::circuit::Shortage;
use provable::circuit::tier::{TIERS, Tier};
use provable::lang::quote::{self, quoted};
use provable::proof::{KeyError, ProveError};
use provable::store::KeyStore;
use provable::vm::Trap;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Refusal {
    /// The run traps: it has no proof.
    #[error("{0}")]
    Trapped(Trap),
    /// The run is longer than every tier.
    #[error("the run takes {steps} steps, and the largest tier holds {most}")]
    TooLong {
        /// Its steps.
        steps: u64,
        /// The largest tier's.
        most: u64,
    },
    /// The run does not fit in the tier asked for, or in any.
    #[error("{shortage}")]
    TooLarge {
        /// What the tier lacks.
        shortage: Shortage,
        /// A tier that would do.
        fits: Option<&'static Tier>,
    },
    /// There is no tier of this name.
    #[error("there is no tier \"{}\"", quoted(.0))]
    NoTier(String),
    /// The run fits, and the prover failed.
    #[error("{0}")]
    Prove(ProveError),
    /// The key store cannot be used.
    #[error("{0}")]
    Store(KeyError),
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
    /// What was made cannot be written any more.
    #[error("the proof was made and is lost: {0}")]
    Lost(Box<Refusal>),
    /// A file cannot be written.
    #[error("cannot write {}: {error}", quote::path(path))]
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl Refusal {
    /// Why a proof was not made with a tier's key from this folder.
    pub fn of_proof(error: ProveError, tier: &Tier, store: &KeyStore) -> Refusal {
        match error {
            ProveError::SelfCheck | ProveError::Unsatisfied { .. } | ProveError::Domain => {
                Refusal::DamagedKey {
                    tier: tier.name,
                    store: store.clone(),
                    problem: error.to_string(),
                }
            }
            error => Refusal::Prove(error),
        }
    }

    /// What to do about it, where more can be said than the message says.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Refusal::Trapped(_) => {
                "a run that traps has no proof; `provable run` shows the state it stopped in".into()
            }
            Refusal::TooLong { .. } | Refusal::Prove(_) => return None,
            Refusal::TooLarge { fits, .. } => match fits {
                Some(tier) => format!("it fits in tier {}", tier.name),
                None => "it fits in no tier".into(),
            },
            Refusal::NoTier(_) => {
                let names: Vec<&str> = TIERS.iter().map(|tier| tier.name).collect();
                format!("the tiers are {}", names.join(", "))
            }
            Refusal::Store(KeyError::Io { source, .. }) if lacks_room(source) => {
                "make room there, or name another folder with --keys DIR or PROVABLE_HOME".into()
            }
            Refusal::Store(KeyError::Io { source, .. })
                if source.kind() == io::ErrorKind::PermissionDenied =>
            {
                format!(
                    "{}; to make or import keys you must be able to write there; or name another key store with \
                     --keys DIR or PROVABLE_HOME",
                    keys::SHARE
                )
            }
            Refusal::Store(_) => {
                "the key store is named by --keys DIR or PROVABLE_HOME, else it is in your cache \
                 folder"
                    .into()
            }
            Refusal::DamagedKey { tier, store, .. } => format!(
                "the key of tier {tier} in {} is damaged or of another version: remove it with \
                 {}, and it is made again",
                quote::path(store.folder()),
                keys::call(store, &format!("keys remove {tier}"))
            ),
            Refusal::NoKey {
                unreadable: Some(_),
                ..
            } => keys::SHARE.into(),
            Refusal::NoKey { store, .. } => format!(
                "ask the prover for the file of `provable keys export`, and give it with --key or \
                 {}; a key convinces only those who trust whoever made it",
                keys::call(store, "keys import FILE")
            ),
            Refusal::Destination(error) => error.help().into(),
            Refusal::Lost(refusal) => format!(
                "{}, and prove again; the key is kept",
                refusal.help().unwrap_or_default()
            ),
            Refusal::Write { error, .. } if lacks_room(error) => {
                "make room there, or write elsewhere".into()
            }
            Refusal::Write { error, .. } if error.kind() == io::ErrorKind::BrokenPipe => {
                "nobody read it to its end: write to a file".into()
            }
            Refusal::Write { .. } => {
                "check that the folder exists and that you may write in it".into()
            }
        })
    }

    /// The file that it is about, if that cannot be written.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Refusal::Write { path, .. } => Some(path),
            Refusal::Destination(error) => Some(error.path()),
            Refusal::Lost(refusal) => refusal.path(),
            _ => None,
        }
    }

    /// Whether this is the answer to what was asked, and nothing is wrong with the asking.
    pub fn is_negative(&self) -> bool {
        match self {
            Refusal::Trapped(_) | Refusal::TooLong { .. } | Refusal::TooLarge { .. } => true,
            Refusal::Prove(error) => matches!(
                error,
                ProveError::Trapped(_) | ProveError::TooLarge(_) | ProveError::Statement(_)
            ),
            _ => false,
        }
    }
}

/// What else there is in a store in which a key was not found.
fn but(unreadable: &Option<String>) -> String {
    match unreadable {
        Some(problem) => format!(", and there is a file that cannot be read: {problem}"),
        None => String::new(),
    }
}

/// Whether something was not written for want of room.
fn lacks_room(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}
