//! Where the files of a program come from.

use super::file_error::FileError;
use super::parsed::Parsed;
use super::path::spelled_like;
use crate::lang::quote::quoted;
use crate::lang::suggest::nearest;
use std::collections::BTreeMap;
use std::sync::Arc;

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
        Err(FileError::new(format!(
            "{} cannot be read: this text is in no folder",
            quoted(path)
        ))
        .help("`provable link` makes one text of a program and the files that it uses"))
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        Err(FileError::new(format!("{} cannot be read", quoted(id))))
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

impl MemoryFiles {
    fn missing(&self, id: &str, path: &str) -> FileError {
        let error = FileError::new(format!("there is no file {}", quoted(id)));
        let (folder, name) = id.rsplit_once('/').unwrap_or(("", id));
        let inside = |other: &str| match folder {
            "" => Some(other.to_owned()),
            folder => Some(other.strip_prefix(folder)?.strip_prefix('/')?.to_owned()),
        };
        let beside: Vec<String> = self.0.keys().filter_map(|one| inside(one)).collect();
        match nearest(name, beside.iter().map(String::as_str)) {
            Some(near) => error.meant(spelled_like(path, near)),
            None => error,
        }
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
                        return Err(FileError::new(format!(
                            "{} is outside the folder",
                            quoted(path)
                        )));
                    }
                }
                part => parts.push(part),
            }
        }
        let id = parts.join("/");
        match self.0.contains_key(&id) {
            true => Ok(id),
            false => Err(self.missing(&id, path)),
        }
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        let found = self.0.get(id).cloned();
        found.ok_or_else(|| FileError::new(format!("there is no file {}", quoted(id))))
    }
}
