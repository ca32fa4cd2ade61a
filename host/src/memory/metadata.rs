//! What is known of a file or a folder.

use super::tree::{tree, whole};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// As `std::fs::Permissions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    is_readonly: bool,
}

impl Permissions {
    /// As `std::fs::Permissions::readonly`.
    pub fn readonly(&self) -> bool {
        self.is_readonly
    }

    /// As `std::fs::Permissions::set_readonly`.
    pub fn set_readonly(&mut self, readonly: bool) {
        self.is_readonly = readonly;
    }
}

/// As `std::fs::FileType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType {
    is_folder: bool,
}

impl FileType {
    /// As `std::fs::FileType::is_dir`.
    pub fn is_dir(&self) -> bool {
        self.is_folder
    }

    /// As `std::fs::FileType::is_file`.
    pub fn is_file(&self) -> bool {
        !self.is_folder
    }

    /// As `std::fs::FileType::is_symlink`: there are no links.
    pub fn is_symlink(&self) -> bool {
        false
    }
}

/// As `std::fs::Metadata`.
#[derive(Clone, Debug)]
pub struct Metadata {
    file_type: FileType,
    length: u64,
    version: u64,
    permissions: Permissions,
}

impl Metadata {
    /// As `std::fs::Metadata::file_type`.
    pub fn file_type(&self) -> FileType {
        self.file_type
    }

    /// As `std::fs::Metadata::is_dir`.
    pub fn is_dir(&self) -> bool {
        self.file_type.is_dir()
    }

    /// As `std::fs::Metadata::is_file`.
    pub fn is_file(&self) -> bool {
        self.file_type.is_file()
    }

    /// As `std::fs::Metadata::len`: in bytes.
    #[allow(clippy::len_without_is_empty)] // as the standard library's
    pub fn len(&self) -> u64 {
        self.length
    }

    /// As `std::fs::Metadata::permissions`.
    pub fn permissions(&self) -> Permissions {
        self.permissions.clone()
    }

    /// A time that grows with each change of any file: it tells a file from what it was before.
    ///
    /// # Errors
    /// None.
    pub fn modified(&self) -> io::Result<SystemTime> {
        Ok(SystemTime::UNIX_EPOCH + Duration::from_millis(self.version))
    }
}

/// As `std::fs::metadata`.
///
/// # Errors
/// When there is nothing at the path.
pub fn metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    let path = path.as_ref();
    let ends_as_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let path = whole(path)?;
    let tree = tree();
    match tree.file(&path) {
        Some(_) if ends_as_folder => Err(ErrorKind::NotADirectory.into()),
        Some(node) => Ok(Metadata {
            file_type: FileType { is_folder: false },
            length: node.content.len() as u64,
            version: node.version,
            permissions: Permissions {
                is_readonly: node.is_readonly,
            },
        }),
        None if tree.is_folder(&path) => Ok(Metadata {
            file_type: FileType { is_folder: true },
            length: 0,
            version: 0,
            permissions: Permissions { is_readonly: false },
        }),
        None => Err(ErrorKind::NotFound.into()),
    }
}

/// As `std::fs::symlink_metadata`.
///
/// # Errors
/// When there is nothing at the path.
pub fn symlink_metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    metadata(path)
}

/// As `std::fs::set_permissions`.
///
/// # Errors
/// When there is no such file.
pub fn set_permissions(path: impl AsRef<Path>, permissions: Permissions) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    tree().set_readonly(&path, permissions.is_readonly)
}
