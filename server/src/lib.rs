//! What the command `provable` is made of: the command line, and the features of the language server.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cli;
pub mod features;
mod words;
