//! What messages call a file.

use provable_host::fs;
use std::path::Path;

/// A file's name for people: its path from the folder that they are in, if it lies there; else the whole path. Files of the
/// standard library have their own names.
pub fn shown_name(id: &str) -> String {
    let folder = std::env::current_dir().and_then(fs::canonicalize);
    let within = folder.ok().and_then(|folder| {
        let inner = Path::new(id).strip_prefix(folder).ok()?;
        Some(inner.display().to_string())
    });
    within.unwrap_or_else(|| id.to_owned())
}
