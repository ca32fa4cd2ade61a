//! Temporary files in memory, in the form of `tempfile`.

use super::file::File;
use super::metadata::Permissions;
use super::tree::{remove_file, rename};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the names.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// As `tempfile::Builder`.
#[derive(Debug, Default)]
pub struct Builder {
    prefix: OsString,
    suffix: OsString,
}

impl Builder {
    /// As `tempfile::Builder::new`.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// As `tempfile::Builder::prefix`.
    pub fn prefix(&mut self, prefix: &(impl AsRef<OsStr> + ?Sized)) -> &mut Self {
        self.prefix = prefix.as_ref().to_os_string();
        self
    }

    /// As `tempfile::Builder::suffix`.
    pub fn suffix(&mut self, suffix: &(impl AsRef<OsStr> + ?Sized)) -> &mut Self {
        self.suffix = suffix.as_ref().to_os_string();
        self
    }

    /// Files in memory have no owner.
    pub fn permissions(&mut self, _: Permissions) -> &mut Self {
        self
    }

    /// As `tempfile::Builder::tempfile_in`.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn tempfile_in(&self, folder: impl AsRef<Path>) -> io::Result<NamedTempFile> {
        self.make_in(folder, |path| File::create_new(path))
    }

    /// As `tempfile::Builder::make_in`.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn make_in<F>(
        &self,
        folder: impl AsRef<Path>,
        make: impl FnOnce(&Path) -> io::Result<F>,
    ) -> io::Result<NamedTempFile<F>> {
        let mut name = self.prefix.clone();
        name.push(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
        name.push(&self.suffix);
        let path = folder.as_ref().join(name);
        let file = make(&path)?;
        let path = TempPath { path };
        Ok(NamedTempFile { file, path })
    }
}

/// As `tempfile::PersistError`, and as `tempfile::PathPersistError`.
#[derive(Debug)]
pub struct PersistError {
    /// Why the file cannot be given the other name.
    pub error: io::Error,
}

impl From<PersistError> for io::Error {
    fn from(error: PersistError) -> io::Error {
        error.error
    }
}

/// As `tempfile::NamedTempFile`.
#[derive(Debug)]
pub struct NamedTempFile<F = File> {
    file: F,
    path: TempPath,
}

impl NamedTempFile {
    /// As `tempfile::NamedTempFile::new_in`.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn new_in(folder: impl AsRef<Path>) -> io::Result<NamedTempFile> {
        Builder::new().prefix(".tmp").tempfile_in(folder)
    }
}

impl<F> NamedTempFile<F> {
    /// As `tempfile::NamedTempFile::as_file`.
    pub fn as_file(&self) -> &F {
        &self.file
    }

    /// As `tempfile::NamedTempFile::path`.
    pub fn path(&self) -> &Path {
        &self.path.path
    }

    /// As `tempfile::NamedTempFile::into_temp_path`.
    pub fn into_temp_path(self) -> TempPath {
        self.path
    }

    /// As `tempfile::NamedTempFile::persist`.
    ///
    /// # Errors
    /// When the file cannot be given this name.
    pub fn persist(self, path: impl AsRef<Path>) -> Result<F, PersistError> {
        let NamedTempFile { file, path: own } = self;
        own.persist(path).map(|()| file)
    }
}

impl<F: Write> Write for NamedTempFile<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// As `tempfile::TempPath`: the file is removed with it.
#[derive(Debug)]
pub struct TempPath {
    path: PathBuf,
}

impl TempPath {
    /// As `tempfile::TempPath::persist`.
    ///
    /// # Errors
    /// When the file cannot be given this name.
    pub fn persist(self, path: impl AsRef<Path>) -> Result<(), PersistError> {
        rename(&self.path, path).map_err(|error| PersistError { error })
    }
}

impl Drop for TempPath {
    fn drop(&mut self) {
        // Once it has another name, nothing is here.
        let _ = remove_file(&self.path);
    }
}
