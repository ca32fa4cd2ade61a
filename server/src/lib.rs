//! The command `provable`: the command line, the language server with its proof worker, and the debug adapter.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// In a browser there is no command line; the debugger loads programs as its commands do.
#[cfg_attr(target_family = "wasm", allow(dead_code, unused_imports))]
pub mod cli;
pub mod dap;
pub mod destination;
pub mod errors;
pub mod files;
pub mod framing;
pub mod jobs;
#[cfg(feature = "prover")]
pub mod keys;
mod lenient_json;
pub mod logging;
pub mod lsp;
mod mutex;
mod parent_process;
pub mod profile;
mod program_files;
mod program_state;
mod show;
pub mod source;
mod task;
mod text_file;
pub mod trace_digest;
#[cfg(target_family = "wasm")]
pub mod web;
pub mod worker;
