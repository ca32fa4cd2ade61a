//! What a ceremony costs at a tier: `cargo bench -p provable --features ceremony --bench ceremony -- TIER`. It prints seconds,
//! sizes and the most memory that was in use.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout)]

use provable::circuit::Circuit;
use provable::circuit::tier::Tier;
use provable::proof::ceremony::{Ceremony, Factors, PhaseOne};
use provable::proof::{Silent, system_rng};
use std::time::Instant;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("| {what} | {:.2} s |", start.elapsed().as_secs_f64());
    result
}

/// The most memory that the process had, in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let words = line.and_then(|line| line.split_whitespace().nth(1));
    words.and_then(|word| word.parse::<u64>().ok()).unwrap_or(0) / 1000
}

fn main() {
    let names = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'));
    let names: Vec<String> = names.collect();
    let names = if names.is_empty() {
        vec!["44".to_owned()]
    } else {
        names
    };
    for name in names {
        let tier = Tier::named(&name).expect("a tier");
        let bits = tier.domain_bits;
        println!("| tier {name}, domain 2^{bits} | |\n| --- | --- |");
        let rng = &mut system_rng();
        let draw = || Factors::draw(&mut system_rng(), b"");
        let first = PhaseOne::new(bits);
        let first = timed(
            "phase 1: a contribution, the check of what was given with it",
            || first.contribute(&draw(), rng, &Silent).expect("powers"),
        );
        timed("phase 1: check of the powers", || {
            first.check(rng).expect("powers")
        });
        let mut bytes = vec![];
        first.write(&mut bytes).expect("bytes");
        println!("| phase 1: file | {} MB |", bytes.len() / 1_000_000);
        timed(
            "phase 1: reading the file, with every point checked",
            || PhaseOne::read(&mut bytes.as_slice(), &Silent).expect("powers"),
        );
        drop(bytes);
        let circuit = Circuit::new(tier.capacities).expect("a circuit");
        let ceremony = timed("phase 2: start, the check of the powers with it", || {
            Ceremony::new(circuit, first, rng, &Silent).expect("a ceremony")
        });
        let ceremony = timed(
            "phase 2: a contribution, the check of what was given with it",
            || {
                ceremony
                    .contribute(&draw(), rng, &Silent)
                    .expect("a contribution")
            },
        );
        let mut bytes = vec![];
        ceremony.write(&mut bytes).expect("bytes");
        println!("| phase 2: file | {} MB |", bytes.len() / 1_000_000);
        timed(
            "phase 2: reading the file, with every point checked",
            || Ceremony::read(&mut bytes.as_slice(), &Silent).expect("a ceremony"),
        );
        timed("phase 2: check of everything", || {
            ceremony.check(rng).expect("a ceremony")
        });
        println!("| most memory, so far | {} MB |", memory());
    }
}
