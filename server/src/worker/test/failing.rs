//! The run of a test that failed, once more, with the values that it leaves.

use crate::worker::protocol::FailingRun;
use crate::worker::value_histories::follow;
use provable::lang::modules::Modules;
use provable::lang::program::Assembly;
use provable::testing::{Test, Verdict, prepare};
use provable::vm::{Limits, Machine};
use std::sync::Arc;

/// The run with which a test failed; none if the test could not run.
pub fn failing_run(
    modules: &Modules,
    assemblies: &[Arc<Assembly>],
    test: &Test,
    verdict: &Verdict,
    limits: Limits,
) -> Option<FailingRun> {
    let prepared = prepare(modules, assemblies, test).ok()?;
    let words = verdict.counterexample.iter().flatten().cloned().collect();
    let program = prepared.program(modules, &words).ok()?;
    let inputs = prepared.inputs(modules, &words).ok()?;
    let (value_histories, _) = follow(&mut Machine::new(&program, &inputs, limits));
    Some(FailingRun {
        name: test.name.clone(),
        value_histories,
    })
}
