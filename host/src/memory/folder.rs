//! The entries of a folder.

use super::metadata::{FileType, Metadata, metadata};
use super::tree::{tree, whole};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

/// As `std::fs::DirEntry`.
#[derive(Debug)]
pub struct DirEntry {
    path: PathBuf,
}

impl DirEntry {
    /// As `std::fs::DirEntry::path`.
    pub fn path(&self) -> PathBuf {
        self.path.clone()
    }

    /// As `std::fs::DirEntry::file_name`.
    pub fn file_name(&self) -> OsString {
        self.path.file_name().unwrap_or_default().to_os_string()
    }

    /// As `std::fs::DirEntry::metadata`.
    ///
    /// # Errors
    /// When the entry was removed.
    pub fn metadata(&self) -> io::Result<Metadata> {
        metadata(&self.path)
    }

    /// As `std::fs::DirEntry::file_type`.
    ///
    /// # Errors
    /// When the entry was removed.
    pub fn file_type(&self) -> io::Result<FileType> {
        self.metadata().map(|data| data.file_type())
    }
}

/// As `std::fs::ReadDir`; in the order of the names.
#[derive(Debug)]
pub struct ReadDir {
    /// As the folder was given.
    folder: PathBuf,
    names: IntoIter<PathBuf>,
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    fn next(&mut self) -> Option<Self::Item> {
        let path = self.names.next()?;
        let path = self.folder.join(path.file_name().unwrap_or_default());
        Some(Ok(DirEntry { path }))
    }
}

/// As `std::fs::read_dir`.
///
/// # Errors
/// When there is no such folder.
pub fn read_dir(path: impl AsRef<Path>) -> io::Result<ReadDir> {
    let folder = path.as_ref().to_path_buf();
    let path = whole(&folder)?;
    let tree = tree();
    match tree.is_folder(&path) {
        true => Ok(ReadDir {
            folder,
            names: tree.names(&path).into_iter(),
        }),
        false if tree.file(&path).is_some() => Err(ErrorKind::NotADirectory.into()),
        false => Err(ErrorKind::NotFound.into()),
    }
}
