//! What the benchmarks of the prover share.
#![allow(dead_code)]

use provable::circuit::shape::Shape;
use provable::circuit::tier::{TIERS, Tier};
use provable::lang::isa::Op;
use provable::lang::program::{Instruction, Program};
use std::time::{Duration, Instant};

/// A loop of eight steps a round that takes `rows` steps at most, and fewer rows.
pub fn count_down(rows: usize) -> Program {
    let rounds = ((rows - 4) / 8) as u32;
    let lines = [
        (Op::Push, Some(0)),
        (Op::Push, Some(rounds)),
        (Op::Swap, Some(1)),
        (Op::Push, Some(3)),
        (Op::Add, None),
        (Op::Swap, Some(1)),
        (Op::Push, Some(1)),
        (Op::Sub, None),
        (Op::Dup, Some(0)),
        (Op::Jnz, Some(2)),
        (Op::Halt, None),
    ];
    Program::new(lines.map(|(op, operand)| (Instruction { op, operand }, 1)))
}

/// The time in the middle.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The median time of so many runs.
pub fn time(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    median(&mut times)
}

/// Peak resident memory of this process so far, in MiB.
pub fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// The tiers that `TIERS` names, by commas; else plain ones with domains of 2^13 to 2^19 points.
pub fn tiers() -> impl Iterator<Item = &'static Tier> {
    let wanted = std::env::var("TIERS").ok();
    TIERS.iter().filter(move |tier| match &wanted {
        Some(names) => names.split(',').any(|name| name == tier.name),
        None => tier.shape == Shape::Plain && [13, 15, 17, 19].contains(&tier.domain_bits),
    })
}
