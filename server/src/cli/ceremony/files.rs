//! Reading and writing the files of ceremonies. They have hundreds of megabytes, so they are read piece by piece.

use super::refusal;
use crate::cli::destination::destinations;
use crate::cli::output::Output;
use crate::cli::progress::Bar;
use crate::destination::Destination;
use crate::errors::failure::Failure;
use crate::files::kind::FileKind;
use provable::lang::quote;
use provable::proof::ceremony::{Ceremony, CeremonyError, PhaseOne};
use provable::store::regular_file;
use provable_host::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

/// The size of the read buffer, in bytes.
const BUFFER: usize = 1 << 20;

/// Reads powers. Points and contributions are checked as they are read.
pub fn powers(path: &Path) -> Result<PhaseOne, Failure> {
    let bar = Bar::new("reading the powers");
    PhaseOne::read(&mut opened(path)?, &bar).map_err(|error| refusal(path, &error))
}

/// Reads a ceremony, as [`powers`].
pub fn ceremony(path: &Path) -> Result<Ceremony, Failure> {
    let bar = Bar::new("reading the ceremony");
    Ceremony::read(&mut opened(path)?, &bar).map_err(|error| refusal(path, &error))
}

/// Opens a file.
pub fn opened(path: &Path) -> Result<BufReader<File>, Failure> {
    let file = regular_file::open(path).map_err(|error| {
        let message = format!("cannot read {}: {error}", quote::path(path));
        let help = match error.kind() {
            ErrorKind::NotFound => "check the path; it is relative to the folder you are in",
            ErrorKind::PermissionDenied => "have its owner let you read it",
            _ => {
                "give the path of a file; what comes through a pipe must be written to a file first"
            }
        };
        Failure::unusable(message).help(help)
    })?;
    Ok(BufReader::with_capacity(BUFFER, file))
}

/// Checks, before any work, that the one file can be written, and that it is not the one that is read.
pub fn destination(
    kind: FileKind,
    path: &Path,
    read: Option<(&'static str, &Path)>,
    output: &Output,
) -> Result<(Destination, Output), Failure> {
    let read: Vec<(&'static str, &Path)> = read.into_iter().collect();
    let (to, output) = destinations(&[(kind, path)], &read, output)?;
    let to = to.into_iter().next();
    to.map(|to| (to, output))
        .ok_or_else(|| Failure::unusable(format!("{} cannot be written", quote::path(path))))
}

/// The check of values took place, or failed with this error.
pub fn checked<T>(path: &Path, result: Result<T, CeremonyError>) -> Result<T, Failure> {
    result.map_err(|error| refusal(path, &error))
}
