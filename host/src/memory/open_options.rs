//! How a file is opened.

use super::file::File;
use super::tree::tree;
use std::io::{self, ErrorKind};
use std::path::Path;

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
