//! Tests that stand in programs: `.test` sections.
//!
//! A test is linked as a program of its own, of which it is the beginning. It runs as any program does.

mod coverage;
mod expected;
mod list;
mod prepare;
mod random;
mod run;
mod trapped;
mod verdict;

pub use coverage::Coverage;
pub use list::{Test, TestKind, tests_in};
pub use prepare::{Prepared, prepare};
pub use run::{Options, RANDOM_CASES, run_test};
pub use verdict::{Counterexample, Difference, TestTrap, Verdict};
