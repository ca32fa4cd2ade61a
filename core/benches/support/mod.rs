//! What the benchmarks of the prover share.
#![allow(dead_code, clippy::unwrap_used)]

use provable::circuit::shape::Shape;
use provable::circuit::tier::{TIERS, Tier};
use provable::proof::{Silent, setup, system_rng};
use std::io::BufWriter;
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;

/// The key of a tier, written to a file, which is gone when it is dropped. The time is that of making it, without writing.
pub fn key_file(tier: &Tier) -> (NamedTempFile, Duration) {
    let start = Instant::now();
    let key = setup(tier, &mut system_rng(), &Silent).unwrap();
    let time = start.elapsed();
    let mut file = NamedTempFile::new().unwrap();
    key.write(&mut BufWriter::new(&mut file)).unwrap();
    (file, time)
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
