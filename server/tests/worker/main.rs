//! The proof worker as a server has it: the real child process, its pipe, and the jobs on this side of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod child;
mod jobs;
mod keys;
mod protocol;
mod support;
