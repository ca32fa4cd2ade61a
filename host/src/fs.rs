//! Files: `std::fs` on an operating system, files in memory in WebAssembly.

use std::io;
use std::path::{Path, PathBuf};

#[cfg(not(target_family = "wasm"))]
pub use std::fs::*;

#[cfg(target_family = "wasm")]
pub use crate::memory::*;

/// An absolute path of the file at a path, without a look at the file: `std::path::absolute` on an operating system.
///
/// # Errors
/// When the path is empty, or there is no current folder.
pub fn absolute(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    #[cfg(not(target_family = "wasm"))]
    return std::path::absolute(path);
    #[cfg(target_family = "wasm")]
    crate::memory::absolute(path)
}

/// Whether there is something at a path: for a link, at the path that it leads to.
pub fn is_there(path: impl AsRef<Path>) -> bool {
    metadata(path).is_ok()
}

/// Whether there is a regular file at a path, or a link that leads to one.
pub fn is_file(path: impl AsRef<Path>) -> bool {
    metadata(path).is_ok_and(|data| data.is_file())
}

/// Whether there is a folder at a path, or a link that leads to one.
pub fn is_dir(path: impl AsRef<Path>) -> bool {
    metadata(path).is_ok_and(|data| data.is_dir())
}
