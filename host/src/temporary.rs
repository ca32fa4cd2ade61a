//! Temporary files, which are removed unless they are given another name: those of `tempfile` on an operating system, files
//! in memory in WebAssembly.

#[cfg(not(target_family = "wasm"))]
pub use tempfile::{Builder, NamedTempFile, TempPath};

#[cfg(target_family = "wasm")]
pub use crate::memory::temporary::{Builder, NamedTempFile, TempPath};
