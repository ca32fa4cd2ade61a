//! Why a destination is refused.

use crate::files::kind::FileKind;
use provable::lang::quote;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why something cannot be written where it is wanted.
#[derive(Debug, Error)]
pub enum DestinationError {
    /// Two things for one file.
    #[error("{first} and {second} cannot both be written to {}", quote::path(path))]
    Same {
        /// What is written there first.
        first: FileKind,
        /// What would take its place.
        second: FileKind,
        /// The file.
        path: PathBuf,
    },
    /// A file that the command reads.
    #[error("{kind} would be written over {what}, {}", quote::path(path))]
    Input {
        /// What is to be written.
        kind: FileKind,
        /// What the command reads there.
        what: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// A file that its name says is somebody's source.
    #[error(
        "{kind} is not written over {}, which is there and is named as {holds}",
        quote::path(path)
    )]
    Kept {
        /// What is to be written.
        kind: FileKind,
        /// What is there.
        holds: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The opening of a proof.
    #[error(
        "{kind} is not written over {}, which is there and is the opening of a proof",
        quote::path(path)
    )]
    Opening {
        /// What is to be written.
        kind: FileKind,
        /// The file.
        path: PathBuf,
    },
    /// A file that the system does not let anyone, or this user, replace.
    #[error("{kind} cannot take the place of {}: {why}", quote::path(path))]
    Fixed {
        /// What is to be written.
        kind: FileKind,
        /// The file.
        path: PathBuf,
        /// Why it stays.
        why: &'static str,
    },
    /// Something that is neither written to nor replaced.
    #[error("{kind} cannot be written to {}: it is {is}", quote::path(path))]
    NoFile {
        /// What is to be written.
        kind: FileKind,
        /// The path.
        path: PathBuf,
        /// What is there.
        is: &'static str,
    },
}

impl DestinationError {
    /// The path that was wanted.
    pub fn path(&self) -> &Path {
        match self {
            DestinationError::Same { path, .. }
            | DestinationError::Input { path, .. }
            | DestinationError::Kept { path, .. }
            | DestinationError::Opening { path, .. }
            | DestinationError::Fixed { path, .. }
            | DestinationError::NoFile { path, .. } => path,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            DestinationError::Same { .. } => "give each a file of its own; nothing was done",
            DestinationError::Input { .. } | DestinationError::Fixed { .. } => {
                "name another file; nothing was done"
            }
            DestinationError::Kept { .. } | DestinationError::Opening { .. } => {
                "name another file, or move that one away first; nothing was done"
            }
            DestinationError::NoFile { .. } => "name a file; nothing was done",
        }
    }
}
