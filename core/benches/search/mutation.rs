//! The mutation search, of circuits without a table of SHA-256 and with one in turn. With `--power 100` it takes the constraints of a
//! row out one by one, and prints without which of them it finds a counterexample in that many programs. With `--sole 1` it
//! searches the circuits with SHA-256 alone, and prints which constraints of a row of that table alone refuse a mutant.

use crate::argument;
use crate::support::mutation_search::report::Report;
use crate::support::mutation_search::single_constraints::singles;
use crate::support::mutation_search::sole_refusals::SoleRefusals;
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
fn plain() -> Vec<Circuit> {
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

/// Circuits with a table of SHA-256.
fn with_sha256() -> Vec<Circuit> {
    let capacities = |(range_bits, sha256)| Capacities {
        rows: 64,
        program: 64,
        range_bits,
        heap: 40,
        stack: 6,
        calls: 2,
        arithmetic: 3,
        bitwise: 3,
        compare: 3,
        sha256,
    };
    [(8, 2), (6, 1)]
        .map(|sizes| Circuit::new(capacities(sizes)).unwrap())
        .into()
}

/// Mutations of each program with SHA-256. Their programs take longer to set up.
const LOCAL_SHA256: u64 = 2000;
const REWRITTEN_SHA256: u64 = 1000;

/// The trials of each circuit, in turn. Returns what was found without SHA-256, and with it.
fn search_until(circuits: &[Circuit], seed: u64, until: Instant, first: bool) -> [Report; 2] {
    let begun = Instant::now();
    let wirings: Vec<Wiring<'_>> = circuits
        .iter()
        .map(|circuit| Wiring::new(circuit, Without::default()))
        .collect();
    let mut trials: Vec<Trials<'_>> = wirings.iter().map(Trials::new).collect();
    let sole = argument("--sole", 0) > 0;
    for (trials, circuit) in trials.iter_mut().zip(circuits).filter(|_| sole) {
        trials.sole = Some(SoleRefusals::sha256(circuit));
    }
    let mut minutes = 0;
    for number in 0.. {
        if Instant::now() >= until {
            break;
        }
        let which = number as usize % trials.len();
        let (local, rewritten) = match circuits[which].layout.sha256.rows {
            0 => (LOCAL, REWRITTEN),
            _ => (LOCAL_SHA256, REWRITTEN_SHA256),
        };
        trials[which].program(seed + number, local, rewritten);
        let elapsed = begun.elapsed();
        if first && elapsed.as_secs() / 60 > minutes {
            minutes = elapsed.as_secs() / 60;
            let line = |hashes: bool| {
                let (mut programs, mut mutants, mut counterexamples) = (0, 0, 0);
                for trials in &trials {
                    if (trials.wiring.circuit.layout.sha256.rows > 0) == hashes {
                        programs += trials.report.programs;
                        mutants += trials.report.tried();
                        counterexamples += trials.report.counterexample_count;
                    }
                }
                format!("{programs} programs, {mutants} mutants, {counterexamples} counterexamples")
            };
            println!(
                "{} s: {}; with SHA-256 {}",
                elapsed.as_secs(),
                line(false),
                line(true)
            );
            for sole in trials.iter().filter_map(|trials| trials.sole.as_ref()) {
                println!("{sole}");
            }
        }
    }
    let mut found = [Report::default(), Report::default()];
    for trials in trials {
        let circuit = trials.wiring.circuit;
        if let Some(sole) = &trials.sole {
            sole.missed(circuit)
                .for_each(|missed| println!("none: {missed}"));
            println!("{sole}");
        }
        found[usize::from(circuit.layout.sha256.rows > 0)].merge(trials.report);
    }
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
    let mut circuits = match argument("--sole", 0) {
        0 => plain(),
        _ => Vec::new(),
    };
    circuits.extend(with_sha256());
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
        let mut found = [Report::default(), Report::default()];
        for thread in threads {
            let [plain, with_sha256] = thread.join().expect("a thread that ends");
            found[0].merge(plain);
            found[1].merge(with_sha256);
        }
        found
    });
    for (name, found) in ["without", "with"].into_iter().zip(&found) {
        println!("circuits {name} SHA-256: {found}");
    }
    let took = begun.elapsed().as_secs_f64();
    println!(
        "{took:.1} s, {:.0} mutants a second",
        found.iter().map(Report::tried).sum::<u64>() as f64 / took
    );
    let wrong = |found: &Report| found.counterexample_count + found.misjudged;
    match found.iter().map(wrong).sum::<u64>() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
