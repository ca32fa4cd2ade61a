//! A destination: a file, a standard stream, a pipe or a device.

use super::stream::{write_to, write_to_path};
use crate::errors::Error;
use crate::files::kind::FileKind;
use provable::lang::quote;
use provable::store::atomic_file::{self, AtomicFile, Naming};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A destination that was checked.
#[derive(Clone, Debug)]
pub struct Destination {
    kind: FileKind,
    path: PathBuf,
    target: Target,
}

/// What is at a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Standard output, under whatever name.
    Stdout,
    /// The file that standard error goes to.
    Stderr,
    /// A file, that is there or not, by its path without links.
    File(PathBuf),
    /// A pipe, a device, or a file by its descriptor, as `/dev/fd/3`: it is written to, never replaced.
    Stream,
}

impl Destination {
    pub(super) fn new(kind: FileKind, path: PathBuf, target: Target) -> Destination {
        Destination { kind, path, target }
    }

    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// Whether it is standard output.
    pub fn is_stdout(&self) -> bool {
        self.target == Target::Stdout
    }

    /// Whether it is a file that is replaced.
    pub fn is_file(&self) -> bool {
        matches!(self.target, Target::File(_))
    }

    /// What is written.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name in messages.
    pub fn name(&self) -> String {
        match self.target {
            Target::Stdout => "standard output".to_owned(),
            Target::Stderr => "standard error".to_owned(),
            _ => quote::path(&self.path),
        }
    }

    /// Writes it: a file whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written, or `content` fails.
    pub fn write<T>(
        &self,
        content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
    ) -> Result<T, Error> {
        let written = match &self.target {
            Target::File(real) => {
                atomic_file::write(real, Naming::Anonymous, self.kind.permissions(), content)
            }
            Target::Stream => write_to_path(&self.path, content),
            Target::Stdout => write_to(&mut io::stdout().lock(), content),
            Target::Stderr => write_to(&mut io::stderr().lock(), content),
        };
        written.map_err(|error| self.write_error(error))
    }

    /// Writes the file at its path without links, and leaves it beside its place.
    pub(super) fn prepare<T>(
        &self,
        real: &Path,
        content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
    ) -> Result<(AtomicFile, T), Error> {
        AtomicFile::prepare(real, Naming::Anonymous, self.kind.permissions(), content)
            .map_err(|error| self.write_error(error))
    }

    pub(super) fn write_error(&self, error: io::Error) -> Error {
        let path = match self.target {
            Target::Stdout => PathBuf::from("standard output"),
            Target::Stderr => PathBuf::from("standard error"),
            _ => self.path.clone(),
        };
        Error::Write { path, error }
    }
}
