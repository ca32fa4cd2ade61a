//! The files of a program on disk.

use super::names::shown_name;
use super::resolve::resolve;
use crate::files::limits;
use crate::text_file;
use provable::lang::modules::{FileError, Files, Parsed};
use provable::lang::quote;
use std::path::Path;
use std::sync::Arc;

/// The files of a program on disk, by their paths without links.
#[derive(Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn resolve(&self, from: &str, path: &str) -> Result<String, FileError> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let real = resolve(folder, path)?;
        real.into_os_string().into_string().map_err(|real| {
            let shown = quote::path(Path::new(&real));
            FileError::new(format!("{shown} has a name that is no text"))
        })
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        Ok(Arc::new(Parsed::new(&read_text(Path::new(id))?)))
    }
}

/// The text of a program's file.
fn read_text(path: &Path) -> Result<String, FileError> {
    let name = quote::name(&shown_name(&path.to_string_lossy()));
    match text_file::read_named(path, &name, limits::PROGRAM) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(FileError::new(format!("there is no file {name}"))),
        Err(message) => Err(FileError::new(message)),
    }
}
