//! Runs tests, several at a time.

use super::find::Selected;
use crate::cli::args::TestArgs;
use crate::cli::progress::Bar;
use crate::mutex::lock;
use provable::testing::{Options, Verdict, run_test};
use provable::vm::Limits;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Mutex;
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
        counts_rows: false,
        counts_lines: args.coverage.is_some(),
    };
    let bar = (tests.len() >= MANY).then(|| Bar::new("tests"));
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(vec![None; tests.len()]);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = tests.get(at) else { break };
            let verdict = run_test(&one.file.modules, &one.file.assemblies, one.test, options);
            if let Some(slot) = lock(&verdicts).get_mut(at) {
                *slot = Some(verdict);
            }
            if let Some(bar) = &bar {
                bar.show(at as f64 / tests.len() as f64);
            }
        }
    };
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok());
    let jobs = jobs.map_or(1, |jobs| jobs.get()).min(tests.len());
    thread::scope(|scope| {
        for _ in 1..jobs {
            scope.spawn(work);
        }
        work();
    });
    let verdicts = std::mem::take(&mut *lock(&verdicts));
    verdicts
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}
