//! Runs that fill the largest tiers, each proved once, with the fastest backend. The key is made in a process of its own,
//! and the proof in another one, so that the peak of memory of each is its own.

use crate::support::{key_file, peak};
use provable::circuit::ExecutionTrace;
use provable::circuit::tier::Tier;
use provable::proof::measure::workload;
use provable::proof::{ProvingKey, Silent, prove_trace, system_rng};
use provable::vm::{Inputs, Limits};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The first argument of a process that makes a key, and of one that proves.
const PARTS: [&str; 2] = ["long-key", "long-proof"];

/// A time, and the peak of memory in MiB.
#[derive(Clone, Copy)]
pub struct Cost {
    pub time: Duration,
    pub peak: u64,
}

/// What was found of a tier.
pub struct Long {
    pub rows: usize,
    pub tier: &'static str,
    /// Bytes of the key.
    pub key_bytes: u64,
    /// Making the key.
    pub key: Cost,
    /// From the recorded run to the verified proof. The peak is that of opening the key and recording the run too.
    pub proof: Cost,
}

/// The tiers that `LONG` names.
pub fn wanted() -> Vec<&'static Tier> {
    let names = std::env::var("LONG").unwrap_or_default();
    let names = names.split(',').filter(|name| !name.is_empty());
    names.map(tier_named).collect()
}

fn tier_named(name: &str) -> &'static Tier {
    Tier::named(name).unwrap()
}

/// Makes the key of a tier and proves a run that fills it.
pub fn measure(tier: &'static Tier) -> Long {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let [key, proof] = PARTS.map(|part| {
        eprintln!("{part} {}", tier.name);
        in_a_process(part, tier, &path)
    });
    Long {
        rows: tier.capacities.rows,
        tier: tier.name,
        key_bytes: path.metadata().unwrap().len(),
        key,
        proof,
    }
}

fn in_a_process(part: &str, tier: &Tier, path: &Path) -> Cost {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.args([part, tier.name]).arg(path);
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(
        output.status.success(),
        "{part} {}: {}",
        tier.name,
        output.status
    );
    let answer = String::from_utf8(output.stdout).unwrap();
    let (milliseconds, peak) = answer.trim().split_once(' ').unwrap();
    Cost {
        time: Duration::from_millis(milliseconds.parse().unwrap()),
        peak: peak.parse().unwrap(),
    }
}

/// Does one part and prints its cost, if this process was started for that.
pub fn is_part() -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [part, tier, path] = arguments.as_slice() else {
        return false;
    };
    let Some(part) = PARTS.iter().position(|one| one == part) else {
        return false;
    };
    let (tier, path) = (tier_named(tier), Path::new(path));
    let time = match part {
        0 => {
            let (file, time) = key_file(tier);
            file.persist(path).unwrap();
            time
        }
        _ => prove(tier, path),
    };
    println!("{} {}", time.as_millis(), peak());
    true
}

fn prove(tier: &Tier, path: &Path) -> Duration {
    let key = ProvingKey::open(path).unwrap();
    let (program, inputs) = (workload(tier), Inputs::default());
    let trace = ExecutionTrace::new(&program, &inputs, Limits::default()).unwrap();
    let start = Instant::now();
    prove_trace(&key, &program, &inputs, &trace, &mut system_rng(), &Silent).unwrap();
    start.elapsed()
}
