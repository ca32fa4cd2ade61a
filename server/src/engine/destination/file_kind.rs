//! What is written, what may not be written over, and why a destination is refused.

use crate::engine::write::Audience;
use provable::lang::quote;
use std::fmt;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A proof file.
    Proof,
    /// The opening of a proof, with the secret input.
    Opening,
    /// A trace, with the secret input.
    Trace,
    /// A verifying key.
    Key,
    /// A program, in its own place.
    Program,
}

impl fmt::Display for FileKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            FileKind::Proof => "the proof",
            FileKind::Opening => "the opening",
            FileKind::Trace => "the trace",
            FileKind::Key => "the key",
            FileKind::Program => "the program",
        })
    }
}

impl FileKind {
    /// Who may read it. What holds every secret is for its owner alone.
    pub(super) fn audience(self) -> Audience {
        match self {
            FileKind::Opening | FileKind::Trace => Audience::Owner,
            FileKind::Proof | FileKind::Key | FileKind::Program => Audience::Usual,
        }
    }
}

/// Files that a user cannot get back by calling the same command again, or gives to others: how their names end, what
/// they hold, and what may be written over them.
pub(super) const KEPT: [(&str, &str, Option<FileKind>); 5] = [
    (".prov", "a program", Some(FileKind::Program)),
    (".inputs.json", "inputs", None),
    (".pk", "a proving key", None),
    (".vk", "a verifying key", Some(FileKind::Key)),
    (".proof.json", "a proof", Some(FileKind::Proof)),
];

/// What a path's name says that is there, if that is kept, and what alone may take its place.
pub(super) fn kept(path: &Path) -> Option<(&'static str, Option<FileKind>)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let mut all = KEPT.iter();
    let found = all.find(|(ending, ..)| name.ends_with(ending));
    found.map(|(_, holds, own)| (*holds, *own))
}

/// What a path's name says that is there, if that is something that is kept.
pub fn kept_as(path: &Path) -> Option<&'static str> {
    kept(path).map(|(holds, _)| holds)
}

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
