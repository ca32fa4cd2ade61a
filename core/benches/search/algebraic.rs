//! The search for accepted lies over the whole field, as long as one likes:
//!
//! ```text
//! cargo bench -p provable-core --bench algebra -- --minutes 60 --seed 1
//! ```
//!
//! `--without 1` takes back that a RET goes to a range-checked word, `--without 2` that addresses stand under β², 3 both.
//!
//! What is tried follows from the seeds alone, one after the other, so a lie is found again by its seed. Ends at its time,
//! with status 1 if a lie was found. Every minute, and at the end, it prints how far it is.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::algebra::trials::{Trials, tier};
use support::algebra::wiring::Wiring;
use support::flaws::{Flaws, flawed, read_fill};

/// A number after a flag.
fn argument(name: &str, default: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    let found = arguments.nth(1);
    found.map_or(default, |text| text.parse().expect("a number"))
}

fn main() -> ExitCode {
    let minutes = argument("--minutes", 1);
    let first = argument("--seed", 1);
    // The search computes alone.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
    pool.build_global().expect("the first pool");
    println!("seed {first}, {minutes} min");
    let without = argument("--without", 0);
    let flaws = Flaws {
        return_to_fill: without & 1 == 1,
        packed_address: without & 2 == 2,
    };
    let circuit = flawed(&tier(), flaws);
    let wiring = Wiring::new(&circuit);
    let mut trials = Trials::new(&wiring);
    if flaws.return_to_fill {
        trials.reading = read_fill;
    }
    println!("{} pumps", trials.pumps.len());
    let begun = Instant::now();
    let until = begun + Duration::from_secs(60 * minutes);
    let (mut told, mut lies) = (0, 0);
    for seed in first.. {
        if Instant::now() >= until {
            break;
        }
        trials.seed(seed);
        for lie in &trials.tally.lies[lies..] {
            println!("LIE: {lie}");
        }
        lies = trials.tally.lies.len();
        let elapsed = begun.elapsed().as_secs();
        if elapsed / 60 > told {
            told = elapsed / 60;
            println!("{elapsed} s, seed {seed}: {}", trials.tally);
        }
    }
    println!("{}", trials.tally);
    match lies {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
