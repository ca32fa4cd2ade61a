//! The example programs, each on its own inputs in the smallest tier that holds its run, with the fastest backend.

use crate::support::{key_file, time};
use provable::circuit::ExecutionTrace;
use provable::circuit::fit::fit;
use provable::circuit::tier::Tier;
use provable::lang::program::Program;
use provable::proof::{ProvingKey, Silent, prove_trace, system_rng};
use provable::vm::{Inputs, Limits};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What was found of a program.
pub struct Proved {
    pub name: String,
    pub steps: u64,
    pub rows: usize,
    pub tier: &'static str,
    /// From the recorded run to the verified proof.
    pub time: Duration,
}

/// A program before its proof.
struct Recorded {
    name: String,
    program: Program,
    inputs: Inputs,
    trace: ExecutionTrace,
    tier: &'static Tier,
}

/// Proves the programs, by name.
pub fn measure(runs: usize) -> Vec<Proved> {
    let mut programs: Vec<Recorded> = paths().iter().map(|path| record(path)).collect();
    programs.sort_by_key(|one| (one.tier.domain_bits, one.tier.name));
    let mut proved = Vec::new();
    for programs in programs.chunk_by(|one, other| one.tier.name == other.tier.name) {
        let tier = programs[0].tier;
        eprintln!("tier {}: the key", tier.name);
        let (file, _) = key_file(tier);
        let key = ProvingKey::open(file.path()).unwrap();
        proved.extend(programs.iter().map(|one| prove(one, &key, runs)));
    }
    proved.sort_by(|one, other| one.name.cmp(&other.name));
    proved
}

/// The programs that are asked for.
fn paths() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let wanted = std::env::var("PROGRAMS").ok();
    let is_wanted = |path: &PathBuf| {
        let is_named = |names: &String| names.split(',').any(|name| name == name_of(path));
        path.extension().is_some_and(|ending| ending == "prov")
            && wanted.as_ref().is_none_or(is_named)
    };
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    files.filter(is_wanted).collect()
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn record(path: &Path) -> Recorded {
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let program: Program = read(path).parse().unwrap();
    let inputs = Inputs::from_json(&read(&path.with_extension("inputs.json"))).unwrap();
    let fit = fit(&program, &inputs, Limits::default(), None).unwrap();
    Recorded {
        name: name_of(path),
        program,
        inputs,
        trace: fit.trace,
        tier: fit.tier,
    }
}

fn prove(one: &Recorded, key: &ProvingKey, runs: usize) -> Proved {
    let prove = || {
        let rng = &mut system_rng();
        let proved = prove_trace(key, &one.program, &one.inputs, &one.trace, rng, &Silent);
        proved.unwrap();
    };
    let time = time(runs, prove);
    eprintln!("{}: {time:?}", one.name);
    Proved {
        name: one.name.clone(),
        steps: one.trace.steps,
        rows: one.trace.usage().rows,
        tier: one.tier.name,
        time,
    }
}
