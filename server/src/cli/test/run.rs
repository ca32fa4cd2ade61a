//! Runs tests, several at a time.

use super::find::{Selected, TestFile};
use crate::cli::args::TestArgs;
use crate::cli::progress::Bar;
use crate::program_files::Backtrace;
use provable::testing::{Options, Verdict, prepare, run_test};
use provable::vm::{self, Limits};
use std::collections::HashMap;
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

/// How a test came out.
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// Of a test that failed in a trap: how it came there.
    pub backtrace: Option<Backtrace>,
}

/// How a test came to the trap in which it failed. The run is repeated for it, with the words with which it failed.
fn backtrace(one: &Selected<'_>, verdict: &Verdict, limits: Limits) -> Option<Backtrace> {
    let trap = verdict.trap.as_ref().filter(|_| !verdict.passed())?;
    let TestFile {
        modules,
        assemblies,
        ..
    } = one.file;
    let prepared = prepare(modules, assemblies, one.test).ok()?;
    let words: HashMap<String, u32> = verdict.counterexample.iter().flatten().cloned().collect();
    let program = prepared.program(modules, &words).ok()?;
    let inputs = prepared.inputs(modules, &words).ok()?;
    let calls = vm::run(&program, &inputs, limits).calls;
    Some(Backtrace::new(&prepared.linked, trap.pc, &calls))
}

/// How the tests came out, in their order.
pub fn run(tests: &[Selected<'_>], args: &TestArgs, seed: u64) -> Vec<Judged> {
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
            let backtrace = backtrace(one, &verdict, limits);
            verdicts.push((at, Judged { verdict, backtrace }));
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
