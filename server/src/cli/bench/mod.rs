//! `provable bench`: how long proofs take on this machine, with each backend that the processor has.

mod answer;
mod measure;
mod report;

use super::args::BenchArgs;
use super::output::Output;
use super::setup;
use crate::errors::Error;
use crate::errors::failure::{Exit, Failure};
use crate::keys::{self, tier_named};
use provable::circuit::tier::{TIERS, Tier};
use provable::proof::Backend;
use provable::proof::measure::processor;
use report::Report;
use std::num::NonZeroUsize;

/// How many tiers are measured, of the smallest, if none is named.
const TIERS_BY_DEFAULT: usize = 3;

pub fn command(args: &BenchArgs, output: &Output) -> Result<Exit, Failure> {
    let tiers = wanted(&args.tiers)?;
    let store = keys::store(args.keys.dir.clone())?;
    let backends: Vec<Backend> = Backend::available().collect();
    let mut found = Vec::new();
    for tier in tiers {
        let (key, _) = setup::proving_key(&store, tier, output)?;
        let times = measure::tier(tier, &key, &store, &backends, args.runs)?;
        found.push(times);
    }
    let report = Report {
        processor: processor(),
        processors: std::thread::available_parallelism()
            .ok()
            .map(NonZeroUsize::get),
        threads: rayon::current_num_threads(),
        sum: measure::sum(&backends, args.runs)?,
        backends,
        runs: args.runs,
        tiers: found,
    };
    output.answer(|| answer::json(&report), || answer::text(&report))?;
    Ok(Exit::Done)
}

/// The tiers of these names, each once; without names, the smallest.
fn wanted(names: &[String]) -> Result<Vec<&'static Tier>, Error> {
    if names.is_empty() {
        let mut tiers: Vec<_> = TIERS.iter().collect();
        tiers.sort_by_key(|tier| tier.domain_bits);
        tiers.truncate(TIERS_BY_DEFAULT);
        return Ok(tiers);
    }
    let mut tiers: Vec<&Tier> = Vec::new();
    for name in names {
        let tier = tier_named(name)?;
        if tiers.iter().all(|other| other.name != tier.name) {
            tiers.push(tier);
        }
    }
    Ok(tiers)
}
