//! The search for accepted lies, as long as one likes:
//!
//! ```text
//! cargo bench -p provable-core --bench search -- --seconds 3600 --seed 1 --threads 1
//! ```
//!
//! With `--power 100` it takes the constraints of a row out one by one and says without which of them it finds a lie in
//! that many programs.
//!
//! Programs follow from the seed alone, one after the other, so a lie is found again by its seed. Ends at its time, with
//! status 1 if a lie was found. Every minute, and at the end, it prints how far it is.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

#[path = "../tests/support/mod.rs"]
mod support;

use provable::circuit::{Capacities, Circuit};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::search::found::Found;
use support::search::single::singles;
use support::search::trials::Trials;
use support::search::wiring::{Wiring, Without};

/// Changes of one program.
const LOCAL: u64 = 4000;
const FORGED: u64 = 400;
/// Seeds of two threads never meet.
const STRIDE: u64 = 1 << 40;

/// A number after a flag.
fn argument(name: &str, default: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    let found = arguments.nth(1);
    found.map_or(default, |text| text.parse().expect("a number"))
}

/// Tiers with a short top limb, with whole limbs, and with one limb more.
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
    };
    [6, 8, 5]
        .map(|bits| Circuit::new(capacities(bits)).unwrap())
        .into()
}

fn search(circuits: &[Circuit], seed: u64, until: Instant, report: bool) -> Found {
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
        trials[which].program(seed + number, LOCAL, FORGED);
        let elapsed = begun.elapsed();
        if report && elapsed.as_secs() / 60 > minutes {
            minutes = elapsed.as_secs() / 60;
            let (programs, mutants, lies) = trials.iter().fold((0, 0, 0), |sum, trials| {
                let found = &trials.found;
                (
                    sum.0 + found.programs,
                    sum.1 + found.tried(),
                    sum.2 + found.lies_in_all,
                )
            });
            println!(
                "{} s: {programs} programs, {mutants} mutants, {lies} lies",
                elapsed.as_secs()
            );
        }
    }
    let mut found = Found::default();
    trials
        .into_iter()
        .for_each(|trials| found.merge(trials.found));
    found
}

/// Without which constraints a lie is found, and how soon.
fn power(circuit: &Circuit, seed: u64, programs: u64) {
    let (mut found, mut missed) = (0, 0);
    for single in singles(circuit) {
        let wiring = Wiring::new(circuit, single.without.clone());
        let mut trials = Trials::new(&wiring);
        for number in seed..seed + programs {
            trials.program(number, LOCAL / 10, FORGED / 2);
            if !trials.found.lies.is_empty() {
                break;
            }
        }
        let name = format!("{} {} {:?}", single.block, single.number, single.family);
        match trials.found.lies.first() {
            Some(lie) => {
                found += 1;
                let (kind, seed, fault) = (lie.kind, lie.seed, lie.fault);
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

fn main() -> ExitCode {
    let seconds = argument("--seconds", 10);
    let seed = argument("--seed", 1);
    let threads = argument("--threads", 1);
    // Each thread of the search computes alone.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
    pool.build_global().expect("the first pool");
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
            scope.spawn(move || search(circuits, seed + thread * STRIDE, until, thread == 0))
        };
        let threads: Vec<_> = (0..threads).map(start).collect();
        let mut found = Found::default();
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
    match found.lies_in_all + found.misjudged {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
