//! Open files, and how they are opened.

use super::metadata::{Metadata, Permissions};
use super::tree::{tree, whole};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// As `std::fs::TryLockError`.
#[derive(Debug)]
pub enum TryLockError {
    /// Another process has the lock. There are none.
    WouldBlock,
    /// Another error.
    Error(io::Error),
}

/// As `std::fs::File`. It is the file at its path, as long as there is one.
#[derive(Debug)]
pub struct File {
    pub(super) path: PathBuf,
    pub(super) position: usize,
    pub(super) can_write: bool,
}

impl File {
    /// As `std::fs::File::open`.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn open(path: impl AsRef<Path>) -> io::Result<File> {
        OpenOptions::new().read(true).open(path)
    }

    /// As `std::fs::File::create`.
    ///
    /// # Errors
    /// When the folder is missing, or the path is that of a folder.
    pub fn create(path: impl AsRef<Path>) -> io::Result<File> {
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)
    }

    /// As `std::fs::File::create_new`.
    ///
    /// # Errors
    /// When something is at the path, or its folder is missing.
    pub fn create_new(path: impl AsRef<Path>) -> io::Result<File> {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path)
    }

    /// As `std::fs::File::options`.
    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    /// As `std::fs::File::metadata`.
    ///
    /// # Errors
    /// When the file was removed.
    pub fn metadata(&self) -> io::Result<Metadata> {
        super::metadata(&self.path)
    }

    /// As `std::fs::File::set_permissions`.
    ///
    /// # Errors
    /// When the file was removed.
    pub fn set_permissions(&self, permissions: Permissions) -> io::Result<()> {
        super::set_permissions(&self.path, permissions)
    }

    /// As `std::fs::File::sync_all`: there is no disk.
    ///
    /// # Errors
    /// None.
    pub fn sync_all(&self) -> io::Result<()> {
        Ok(())
    }

    /// As `std::fs::File::lock`: there are no other processes.
    ///
    /// # Errors
    /// None.
    pub fn lock(&self) -> io::Result<()> {
        Ok(())
    }

    /// As `std::fs::File::try_lock`: there are no other processes.
    ///
    /// # Errors
    /// None.
    pub fn try_lock(&self) -> Result<(), TryLockError> {
        Ok(())
    }

    /// As `std::fs::File::try_lock_shared`: there are no other processes.
    ///
    /// # Errors
    /// None.
    pub fn try_lock_shared(&self) -> Result<(), TryLockError> {
        Ok(())
    }
}

impl Read for File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let tree = tree();
        let node = tree.file(&self.path).ok_or(ErrorKind::NotFound)?;
        let mut rest = node.content.get(self.position..).unwrap_or(&[]);
        let length = rest.read(buffer)?;
        self.position += length;
        Ok(length)
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.can_write {
            return Err(ErrorKind::PermissionDenied.into());
        }
        let (start, end) = (self.position, self.position + bytes.len());
        tree().change(&self.path, |content| {
            if content.len() < end {
                content.resize(end, 0);
            }
            if let Some(place) = content.get_mut(start..end) {
                place.copy_from_slice(bytes);
            }
        })?;
        self.position = end;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.metadata()?.len();
        let new = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => end.checked_add_signed(by),
            SeekFrom::Current(by) => (self.position as u64).checked_add_signed(by),
        };
        let new = new.ok_or(ErrorKind::InvalidInput)?;
        self.position = usize::try_from(new).map_err(|_| ErrorKind::InvalidInput)?;
        Ok(new)
    }
}

impl File {
    pub(super) fn at(path: &Path, can_write: bool) -> io::Result<File> {
        Ok(File {
            path: whole(path)?,
            position: 0,
            can_write,
        })
    }
}

/// As `std::fs::OpenOptions`.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    write: bool,
    append: bool,
    truncate: bool,
    create: bool,
    create_new: bool,
}

impl OpenOptions {
    /// As `std::fs::OpenOptions::new`.
    pub fn new() -> OpenOptions {
        OpenOptions::default()
    }

    /// Every file that is open can be read.
    pub fn read(&mut self, _: bool) -> &mut Self {
        self
    }

    /// As `std::fs::OpenOptions::write`.
    pub fn write(&mut self, write: bool) -> &mut Self {
        self.write = write;
        self
    }

    /// As `std::fs::OpenOptions::append`, but that writing goes on from the end that there is now.
    pub fn append(&mut self, append: bool) -> &mut Self {
        self.append = append;
        self
    }

    /// As `std::fs::OpenOptions::truncate`.
    pub fn truncate(&mut self, truncate: bool) -> &mut Self {
        self.truncate = truncate;
        self
    }

    /// As `std::fs::OpenOptions::create`.
    pub fn create(&mut self, create: bool) -> &mut Self {
        self.create = create;
        self
    }

    /// As `std::fs::OpenOptions::create_new`.
    pub fn create_new(&mut self, create_new: bool) -> &mut Self {
        self.create_new = create_new;
        self
    }

    /// As `std::fs::OpenOptions::open`.
    ///
    /// # Errors
    /// When there is no such file and none is to be made, when there is one and a new one is to be made, and when it may not be
    /// written.
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let can_write = self.write || self.append;
        let mut file = File::at(path.as_ref(), can_write)?;
        let mut tree = tree();
        let found = tree.file(&file.path);
        let (is_there, is_readonly) = (found.is_some(), found.is_some_and(|one| one.is_readonly));
        let length = found.map_or(0, |one| one.content.len());
        if is_there && self.create_new {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if is_readonly && can_write {
            return Err(ErrorKind::PermissionDenied.into());
        }
        let makes = can_write && (self.create || self.create_new);
        match is_there {
            false if makes => tree.make(&file.path)?,
            false if tree.is_folder(&file.path) => return Err(ErrorKind::IsADirectory.into()),
            false => return Err(ErrorKind::NotFound.into()),
            true if self.truncate && can_write => tree.make(&file.path)?,
            true if self.append => file.position = length,
            true => {}
        }
        Ok(file)
    }
}
