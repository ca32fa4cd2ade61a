//! The algebraic search, of a circuit without a table of SHA-256 and of one with it in turn. `--without 1` reverts the fix that a RET
//! goes to a range-checked word, `--without 2` the fix that addresses have β² as their factor, `--without 3` both.

use crate::argument;
use crate::support::algebraic_search::trials::{Trials, circuit};
use crate::support::algebraic_search::wiring::Wiring;
use crate::support::reverted_fixes::{RevertedFixes, read_fill, with_reverted_fixes};
use crate::support::with_sha256;
use std::process::ExitCode;
use std::time::{Duration, Instant};

pub fn search() -> ExitCode {
    let minutes = argument("--minutes", 1);
    let first = argument("--seed", 1);
    println!("seed {first}, {minutes} min");
    let without = argument("--without", 0);
    let reverted = RevertedFixes {
        return_to_fill: without & 1 == 1,
        packed_address: without & 2 == 2,
    };
    let circuits = [circuit(), with_sha256()].map(|one| with_reverted_fixes(&one, reverted));
    let wirings = circuits.each_ref().map(Wiring::new);
    let mut trials = wirings.each_ref().map(Trials::new);
    for trials in &mut trials {
        if reverted.return_to_fill {
            trials.reading = read_fill;
        }
        println!("{} steering pairs", trials.pairs.len());
    }
    let begun = Instant::now();
    let until = begun + Duration::from_secs(60 * minutes);
    let (mut reported, mut known) = (0, [0; 2]);
    for seed in first.. {
        if Instant::now() >= until {
            break;
        }
        for (trials, known) in trials.iter_mut().zip(&mut known) {
            trials.seed(seed);
            for found in &trials.report.counterexamples[*known..] {
                println!("COUNTEREXAMPLE: {found}");
            }
            *known = trials.report.counterexamples.len();
        }
        let elapsed = begun.elapsed().as_secs();
        if elapsed / 60 > reported {
            reported = elapsed / 60;
            println!("{elapsed} s, seed {seed}");
            report(&trials);
        }
    }
    report(&trials);
    match known {
        [0, 0] => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn report(trials: &[Trials<'_>; 2]) {
    for (name, trials) in ["without", "with"].into_iter().zip(trials) {
        println!("{name} SHA-256: {}", trials.report);
    }
}
