//! Where the files of a program come from.

use super::parsed::Parsed;
use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct FileError {
    /// One sentence without a full stop.
    pub message: String,
    /// What to do about it, if that is known.
    pub help: Option<String>,
}

impl FileError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        FileError {
            message: message.into(),
            help: None,
        }
    }

    /// With what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Gives the files that a program uses. Each has an id, and two paths that mean one file have one id.
pub trait Files {
    /// The id of the file that a relative path means in the file with the id `from`. The path has its extension.
    ///
    /// # Errors
    /// If there is no such file.
    fn resolve(&self, from: &str, path: &str) -> Result<String, FileError>;

    /// The file with an id.
    ///
    /// # Errors
    /// If it cannot be read.
    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError>;
}

/// No file beside the program.
pub struct NoFiles;

impl Files for NoFiles {
    fn resolve(&self, _from: &str, path: &str) -> Result<String, FileError> {
        Err(
            FileError::new(format!("{path} cannot be read: this text is in no folder"))
                .help("`provable link` makes one text of a program and the files that it uses"),
        )
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        Err(FileError::new(format!("{id} cannot be read")))
    }
}

/// Files in memory, by paths from one folder on.
#[derive(Default)]
pub struct MemoryFiles(BTreeMap<String, Arc<Parsed>>);

impl MemoryFiles {
    /// Files with these paths, such as `lib/math.prov`, and texts.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let parsed = |(path, text): (&str, &str)| (path.to_owned(), Arc::new(Parsed::new(text)));
        MemoryFiles(files.into_iter().map(parsed).collect())
    }
}

impl Files for MemoryFiles {
    fn resolve(&self, from: &str, path: &str) -> Result<String, FileError> {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return Err(FileError::new(format!("{path} is outside the folder")));
                    }
                }
                part => parts.push(part),
            }
        }
        let id = parts.join("/");
        match self.0.contains_key(&id) {
            true => Ok(id),
            false => Err(FileError::new(format!("there is no file {id}"))),
        }
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        let found = self.0.get(id).cloned();
        found.ok_or_else(|| FileError::new(format!("there is no file {id}")))
    }
}
