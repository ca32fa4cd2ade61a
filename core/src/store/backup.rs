//! Backups: the file at a path is kept under a second name while it is replaced.

use super::partial_file::{ANONYMOUS, folder_of};
use super::regular_file;
use provable_host::fs::{self, File};
use provable_host::temporary::{Builder, TempPath};
use std::io;
use std::path::Path;

/// A second name, beside it, of the file that was at a path. It is removed if it is dropped.
pub struct Backup {
    beside: TempPath,
    /// Locked, so that no sweep removes the file.
    _locked: File,
}

impl Backup {
    /// Keeps the file at this path.
    ///
    /// # Errors
    /// When it cannot be kept: some file systems have no hard links.
    pub fn of(path: &Path) -> io::Result<Backup> {
        let locked = regular_file::open(path)?;
        let _ = locked.lock();
        let mut builder = Builder::new();
        let beside = builder
            .prefix(ANONYMOUS.0)
            .suffix(ANONYMOUS.1)
            .make_in(folder_of(path), |beside| fs::hard_link(path, beside))?;
        Ok(Backup {
            beside: beside.into_temp_path(),
            _locked: locked,
        })
    }

    /// Moves the file back to the path.
    ///
    /// # Errors
    /// When the file that is now there cannot be replaced.
    pub fn restore(self, path: &Path) -> io::Result<()> {
        self.beside.persist(path).map_err(|error| error.error)
    }
}
