//! What the library and the server ask of the machine that they run on: files, temporary files and a clock.
//!
//! On an operating system these are the standard library's and those of `tempfile`. In WebAssembly they are of the same form, and the
//! files are in memory (`memory`): the standard library has neither files nor a clock there. So one code works on both,
//! and what differs between them is in this crate.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod clock;
pub mod fs;
#[cfg(any(target_family = "wasm", test))]
pub mod memory;
pub mod temporary;
