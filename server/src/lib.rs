//! What the command `provable` is made of: the command line, the language server with its proof worker, the debug
//! adapter.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cli;
pub mod dap;
pub mod destination;
pub mod errors;
pub mod files;
pub mod jobs;
mod json;
pub mod keys;
pub mod logging;
pub mod lsp;
mod show;
pub mod source;
pub mod trace_digest;
pub mod worker;
