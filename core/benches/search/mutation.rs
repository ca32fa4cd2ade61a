//! The mutation search. With `--power 100` it takes the constraints of a row out one by one, and prints without which of them it
//! finds a counterexample in that many programs.

use crate::argument;
use crate::support::mutation_search::report::Report;
use crate::support::mutation_search::single_constraints::singles;
use crate::support::mutation_search::trials::Trials;
use crate::support::mutation_search::wiring::{Wiring, Without};
use provable::circuit::{Capacities, Circuit};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The number of mutations of one program.
const LOCAL: u64 = 4000;
const REWRITTEN: u64 = 400;
/// The distance between the seeds of two threads, so that they never overlap.
const STRIDE: u64 = 1 << 40;

/// Circuits with a short top limb, with limbs of equal length, and with one limb more.
fn circuits() -> Vec<Circuit> {
    let capacities = |range_bits| Capacities {
        rows: 32,
        program: 64,
        range_bits,
        heap: 6,
        stack: 8,
        calls: 3,
        arithmetic: 6,
        bitwise: 5,
        compare: 5,
        sha256: 0,
    };
    [6, 8, 5]
        .map(|bits| Circuit::new(capacities(bits)).unwrap())
        .into()
}

fn search_until(circuits: &[Circuit], seed: u64, until: Instant, report: bool) -> Report {
    let begun = Instant::now();
    let wirings: Vec<Wiring<'_>> = circuits
        .iter()
        .map(|circuit| Wiring::new(circuit, Without::default()))
        .collect();
    let mut trials: Vec<Trials<'_>> = wirings.iter().map(Trials::new).collect();
    let mut minutes = 0;
    for number in 0.. {
        if Instant::now() >= until {
            break;
        }
        let which = number as usize % trials.len();
        trials[which].program(seed + number, LOCAL, REWRITTEN);
        let elapsed = begun.elapsed();
        if report && elapsed.as_secs() / 60 > minutes {
            minutes = elapsed.as_secs() / 60;
            let (programs, mutants, counterexamples) =
                trials.iter().fold((0, 0, 0), |sum, trials| {
                    let found = &trials.report;
                    (
                        sum.0 + found.programs,
                        sum.1 + found.tried(),
                        sum.2 + found.counterexample_count,
                    )
                });
            println!(
                "{} s: {programs} programs, {mutants} mutants, {counterexamples} counterexamples",
                elapsed.as_secs()
            );
        }
    }
    let mut found = Report::default();
    trials
        .into_iter()
        .for_each(|trials| found.merge(trials.report));
    found
}

/// Prints without which constraints a counterexample is found, and how soon.
fn power(circuit: &Circuit, seed: u64, programs: u64) {
    let (mut found, mut missed) = (0, 0);
    for single in singles(circuit) {
        let wiring = Wiring::new(circuit, single.without.clone());
        let mut trials = Trials::new(&wiring);
        for number in seed..seed + programs {
            trials.program(number, LOCAL / 10, REWRITTEN / 2);
            if !trials.report.counterexamples.is_empty() {
                break;
            }
        }
        let name = format!("{} {} {:?}", single.block, single.number, single.family);
        match trials.report.counterexamples.first() {
            Some(example) => {
                found += 1;
                let (kind, seed, fault) = (example.kind, example.seed, example.fault);
                println!("{name}: seed {seed}, {kind}, {fault}");
            }
            None => {
                missed += 1;
                println!("{name}: none");
            }
        }
    }
    println!("{found} found, {missed} not");
}

pub fn search() -> ExitCode {
    let seconds = argument("--seconds", 10);
    let seed = argument("--seed", 1);
    let threads = argument("--threads", 1);
    println!("seed {seed}, {seconds} s, {threads} threads");
    let circuits = circuits();
    let programs = argument("--power", 0);
    if programs > 0 {
        power(&circuits[0], seed, programs);
        return ExitCode::SUCCESS;
    }
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let found = std::thread::scope(|scope| {
        let circuits = &circuits;
        let start = |thread| {
            scope.spawn(move || search_until(circuits, seed + thread * STRIDE, until, thread == 0))
        };
        let threads: Vec<_> = (0..threads).map(start).collect();
        let mut found = Report::default();
        for thread in threads {
            found.merge(thread.join().expect("a thread that ends"));
        }
        found
    });
    println!("{found}");
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{took:.1} s, {:.0} mutants a second",
        found.tried() as f64 / took
    );
    match found.counterexample_count + found.misjudged {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
