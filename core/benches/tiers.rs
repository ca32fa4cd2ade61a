//! One table over the tiers: constraints a row, setup, prove and verify times, sizes. Medians; run it on a quiet
//! machine. `TIERS=NAME,NAME cargo bench --bench tiers` picks tiers; without it, plain ones up to a domain of 2^19 points.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

mod support;

use provable::proof::measure::workload;
use provable::proof::{ProvingKey, Verifier, prove};
use provable::vm::Inputs;
use std::time::Instant;
use support::{key_file, median, peak, tiers};

fn main() {
    println!(
        "| tier | rows | constraints | a row | setup s | open ms | prove ms | verify ms | prepared ms | key MB | vk B | peak MiB |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for tier in tiers() {
        let rows = tier.capacities.rows;
        let program = workload(tier);
        let inputs = Inputs::default();
        let (file, setup_time) = key_file(tier);
        let start = Instant::now();
        let key = ProvingKey::open(file.path()).unwrap();
        let open = start.elapsed();
        let size = file.as_file().metadata().unwrap().len();
        let runs = if rows > 6000 { 1 } else { 5 };
        let mut times = Vec::new();
        let mut proved = None;
        for _ in 0..runs {
            let start = Instant::now();
            let one = prove(&program, &inputs, &key);
            times.push(start.elapsed());
            proved = Some(one.unwrap());
        }
        let proved = proved.unwrap();
        let (mut whole, mut prepared_times) = (Vec::new(), Vec::new());
        for _ in 0..21 {
            let start = Instant::now();
            let prepared = Verifier::new(&key.verifying);
            let ready = Instant::now();
            prepared.verify(&program, &proved.proof).unwrap();
            whole.push(start.elapsed());
            prepared_times.push(ready.elapsed());
        }
        println!(
            "| {} | {rows} | {} | {:.1} | {:.1} | {:.1} | {:.0} | {:.2} | {:.2} | {:.1} | {} | {} |",
            tier.name,
            proved.constraints,
            proved.constraints as f64 / rows as f64,
            setup_time.as_secs_f64(),
            open.as_secs_f64() * 1e3,
            median(&mut times).as_secs_f64() * 1e3,
            median(&mut whole).as_secs_f64() * 1e3,
            median(&mut prepared_times).as_secs_f64() * 1e3,
            size as f64 / 1e6,
            key.verifying.to_bytes().len(),
            peak(),
        );
    }
}
