//! The files of a program on disk.

use super::names::shown_name;
use super::resolve::resolve;
use crate::files::limits;
use provable::lang::modules::{FileError, Files, Parsed};
use provable::lang::quote;
use std::fs::File;
use std::io::Read;
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
///
/// # Errors
/// If it cannot be read, is too large or no text.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let shown = quote::name(&shown_name(&path.to_string_lossy()));
    let cannot = |error: std::io::Error| FileError::new(format!("{shown} cannot be read: {error}"));
    let file = File::open(path).map_err(cannot)?;
    let mut bytes = Vec::new();
    let mut limited = file.take(limits::PROGRAM + 1);
    limited.read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > limits::PROGRAM {
        let size = limits::PROGRAM >> 20;
        return Err(FileError::new(format!(
            "{shown} is larger than {size} MiB, the most that is read of a program"
        )));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        FileError::new(format!(
            "{shown} is no UTF-8 text (byte {good} of the file)"
        ))
    })
}
