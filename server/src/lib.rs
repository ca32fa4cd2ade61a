//! What the command `provable` is made of: the command line, and one day the language server beside it.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cli;
