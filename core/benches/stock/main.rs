//! This prover, with each backend that the processor has, and the library's own Groth16, `ark-groth16` as it is published, on
//! the same constraints and the same assignment, in turns in one run on the same two threads.
//!
//! What is timed of ours is all of it, from the recorded run to the proof file, its verification included; of the
//! library's the proof alone, from matrices and a ready assignment. Medians; run it on a quiet machine.
//!
//! `cargo bench --features arkworks --bench stock` reads the environment:
//!
//! - `TIERS=NAME,NAME` picks tiers, `RUNS=5` is the number of runs.
//! - `PROGRAMS=NAME,NAME` picks programs of the folder `examples`; with an empty value none is proved.
//! - `LONG=34k,69k,131k` proves runs that fill these tiers, each once and in a process of its own. Each takes minutes.
//! - `REPORT=FILE.md` writes a page and a picture beside it (`cargo xtask bench-docs`).
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod chart;
mod found;
mod library;
mod long;
mod ours;
mod programs;
mod report;
#[path = "../support/mod.rs"]
mod support;

use found::Found;
use provable::proof::Backend;
use report::Page;
use support::tiers;

/// Threads of each proof.
const THREADS: usize = 2;

fn main() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(THREADS)
        .build_global()
        .unwrap();
    if long::is_part() {
        return;
    }
    let mut page = Page {
        runs: std::env::var("RUNS").map_or(5, |runs| runs.parse().unwrap()),
        threads: THREADS,
        backends: Backend::available().collect(),
        found: Vec::new(),
        programs: Vec::new(),
        long: Vec::new(),
    };
    // Written after each part, so that a run that is cut short leaves what it found.
    for tier in tiers() {
        let found = Found::measure(tier, &page.backends, page.runs);
        page.found.push(found);
        page.write();
    }
    page.programs = programs::measure(page.runs);
    page.write();
    for tier in long::wanted() {
        page.long.push(long::measure(tier));
        page.write();
    }
    println!("{}", page.text());
}
