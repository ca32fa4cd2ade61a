//! The two searches for counterexamples to the circuit's soundness, for any length of time:
//!
//! ```text
//! cargo bench -p provable --bench search -- algebraic --minutes 60 --seed 1
//! cargo bench -p provable --bench search -- mutation --seconds 3600 --seed 1 --threads 1
//! ```
//!
//! Everything that is tried follows from the seeds, one after the other, so a counterexample is found again by its seed. A search
//! ends at its time, with status 1 if it found a counterexample. It prints its counts every minute and at the end.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod algebraic;
mod mutation;
#[path = "../../tests/soundness/support/mod.rs"]
mod support;

use std::process::ExitCode;

/// The number after a flag.
fn argument(name: &str, default: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    let found = arguments.nth(1);
    found.map_or(default, |text| text.parse().expect("a number"))
}

fn main() -> ExitCode {
    // Each thread of a search computes alone.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
    pool.build_global().expect("the first pool");
    let chosen = |name: &str| std::env::args().any(|argument| argument == name);
    if chosen("algebraic") {
        algebraic::search()
    } else if chosen("mutation") {
        mutation::search()
    } else {
        eprintln!("which search? `algebraic` or `mutation`");
        ExitCode::FAILURE
    }
}
