//! What the command `provable` is made of: the command line, the proof worker, and the jobs that a
//! server gives to a worker.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cli;
pub mod engine;
pub mod jobs;
pub mod worker;
