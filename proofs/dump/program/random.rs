//! The generator of random programs that the tests of soundness use.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

#[path = "../../../core/tests/support/programs.rs"]
mod programs;
#[path = "../../../core/tests/soundness/support/random_programs.rs"]
pub mod random_programs;

use programs::assemble;
