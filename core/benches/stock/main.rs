//! This prover and the library's own Groth16, `ark-groth16` as it is published, on the same constraints and the same
//! assignment, in turns in one run on the same two threads.
//!
//! What is timed of ours is all of it, from the recorded run to the proof file, its verification included; of the
//! library's the proof alone, from matrices and a ready assignment. Medians; run it on a quiet machine.
//! `TIERS=NAME,NAME RUNS=5 cargo bench --features arkworks --bench stock` picks tiers and the number of runs; `REPORT=FILE.md` writes a page
//! and a picture beside it (`cargo xtask bench-docs`).
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod chart;
mod library;
mod ours;
mod report;
#[path = "../support/mod.rs"]
mod support;

use library::Library;
use ours::Ours;
use std::path::PathBuf;
use std::time::Duration;
use support::{median, tiers};

/// What was found at one size.
pub struct Found {
    pub tier: &'static str,
    /// Steps that it holds, all of which the run nearly takes.
    pub rows: usize,
    pub constraints: usize,
    /// Points of the domain on which the polynomials are: ours, and the library's, whose reduction adds a row for each
    /// public input.
    pub domains: [usize; 2],
    pub open: Duration,
    /// Making the key: ours, and the library's from the same matrices.
    pub setups: [Duration; 2],
    /// A verification of ours: with a ready key, with the key's bytes, of 16 and of 64 together.
    pub verifications: [Duration; 4],
    /// A verification of the library's with a ready key.
    pub library_verification: Duration,
    pub ours: Duration,
    pub library: Duration,
    /// By name, in order: ours, and the library's where it has one.
    pub phases: Vec<(String, Duration, Option<Duration>)>,
}

impl Found {
    pub fn ratio(&self) -> f64 {
        self.library.as_secs_f64() / self.ours.as_secs_f64()
    }
}

fn main() {
    let threads = 2;
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .unwrap();
    let runs = std::env::var("RUNS").map_or(5, |runs| runs.parse().unwrap());
    let mut all = Vec::new();
    for tier in tiers() {
        eprintln!("tier {}: keys", tier.name);
        let ours = Ours::new(tier);
        let library = Library::new(&ours);
        let (mut our_times, mut library_times) = (Vec::new(), Vec::new());
        let (mut our_phases, mut library_phases) = (Vec::new(), Vec::new());
        for run in 0..runs {
            let (time, phases) = ours.prove();
            our_times.push(time);
            our_phases.push(phases);
            library_times.push(library.prove());
            library_phases.push(library.phases());
            eprintln!(
                "tier {}: run {} of {runs}: {:?}, the library {:?}",
                tier.name,
                run + 1,
                our_times[run],
                library_times[run]
            );
        }
        let mut phases = Vec::new();
        for name in ours::PHASES {
            let of = |all: &[Vec<(String, Duration)>]| {
                let times = all.iter().flatten().filter(|(found, _)| found == name);
                let mut times: Vec<Duration> = times.map(|(_, time)| *time).collect();
                (!times.is_empty()).then(|| median(&mut times))
            };
            let ours = of(&our_phases).unwrap_or_default();
            phases.push((name.to_string(), ours, of(&library_phases)));
        }
        all.push(Found {
            tier: tier.name,
            rows: tier.capacities.rows,
            constraints: ours.circuit.matrices.constraints(),
            domains: [ours.domain(), library.domain()],
            open: ours.open,
            setups: [ours.setup, library.setup],
            verifications: ours.verifications(),
            library_verification: library.verification(),
            ours: median(&mut our_times),
            library: median(&mut library_times),
            phases,
        });
        // After each, so that a run that is cut short leaves what it found.
        if let Ok(file) = std::env::var("REPORT") {
            let file = PathBuf::from(file);
            std::fs::write(file.with_extension("svg"), chart::picture(&all)).unwrap();
            std::fs::write(file, report::page(&all, runs, threads)).unwrap();
        }
    }
    println!("{}", report::page(&all, runs, threads));
}
