//! Runs tests, several at a time.

use super::find::Selected;
use crate::cli::args::TestArgs;
use crate::cli::progress::Bar;
use provable::testing::{Options, Verdict, run_test};
use provable::vm::Limits;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Tests from which a progress bar is shown.
const MANY: usize = 200;

/// A seed that differs from call to call, and is short enough to type.
pub fn seed() -> u64 {
    RandomState::new().hash_one(std::process::id()) % 1_000_000_000
}

/// The verdicts, in the order of the tests.
pub fn run(tests: &[Selected<'_>], args: &TestArgs, seed: u64) -> Vec<Verdict> {
    let mut limits = Limits::default();
    if let Some(steps) = args.max_steps {
        limits.max_steps = steps;
    }
    let options = Options {
        seed,
        limits,
        counts_lines: args.coverage.is_some(),
    };
    let bar = (tests.len() >= MANY).then(|| Bar::new("tests"));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut verdicts = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = tests.get(at) else {
                return verdicts;
            };
            let verdict = run_test(&one.file.modules, &one.file.assemblies, one.test, options);
            verdicts.push((at, verdict));
            if let Some(bar) = &bar {
                bar.show(at as f64 / tests.len() as f64);
            }
        }
    };
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok());
    let jobs = jobs.map_or(1, |jobs| jobs.get()).min(tests.len());
    let mut verdicts = thread::scope(|scope| {
        let others: Vec<_> = (1..jobs).map(|_| scope.spawn(work)).collect();
        let mut verdicts = work();
        for other in others {
            verdicts.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        verdicts
    });
    verdicts.sort_by_key(|(at, _)| *at);
    verdicts.into_iter().map(|(_, verdict)| verdict).collect()
}
