//! The job `run`: a run with everything that an editor shows of it.

use super::execution::Execution;
use super::key_cache::KeyCache;
use super::progress::JobProgress;
use super::protocol::{Cost, JobError, RunAnswer, ValueHistory, WORDS_KEPT};
use super::timings::Timings;
use super::value_histories::follow;
use crate::trace_digest::trace_digest;
use provable::circuit::fit::Size;
use provable::proof::{Progress, setup_estimate};
use provable::vm::Machine;
use provable::vm::log;

/// Runs a program.
pub fn run(
    keys: &KeyCache,
    execution: &Execution,
    progress: &JobProgress,
) -> Result<RunAnswer, JobError> {
    let Execution {
        name,
        program,
        inputs,
        limits,
    } = execution;
    progress.phase("run", 0.0);
    let mut machine = Machine::new(program, inputs, *limits);
    let (value_histories, trap) = log::run_span(program, inputs).in_scope(|| follow(&mut machine));
    let steps = machine.steps();
    log::run_ended(steps, trap.as_ref());
    let (trace_digest, cost) = match trap {
        Some(_) => (None, None),
        None => {
            let digest = trace_digest(program, inputs, *limits, steps, progress)
                .map_err(|error| JobError::new(format!("{name}: {error}")))?;
            (
                Some(hex::encode(digest)),
                cost(keys, execution, steps).map(Box::new),
            )
        }
    };
    let (stack, outputs) = (machine.stack(), machine.outputs());
    Ok(RunAnswer {
        pc: machine.pc(),
        steps,
        outputs: outputs.iter().take(WORDS_KEPT).copied().collect(),
        output_words: outputs.len() as u64,
        stack: stack
            .iter()
            .skip(stack.len().saturating_sub(WORDS_KEPT))
            .copied()
            .collect(),
        stack_words: stack.len() as u64,
        carry: machine.carry(),
        trace_digest,
        trap: trap.as_ref().map(Into::into),
        value_histories: value_histories
            .into_iter()
            .map(|(pc, history)| ValueHistory {
                pc,
                values: history.values,
                count: history.count,
            })
            .collect(),
        cost,
    })
}

/// What a proof of the run takes. If the key store cannot be opened, no key exists and no time was measured.
fn cost(keys: &KeyCache, execution: &Execution, steps: u64) -> Option<Cost> {
    let Execution {
        program,
        inputs,
        limits,
        ..
    } = execution;
    let size = Size::of_halted(program, inputs, *limits, steps);
    let tier = size.tier?;
    let store = keys.store().ok();
    let key_ready = store.as_ref().is_some_and(|store| store.has(tier));
    let timings = store.map_or_else(Timings::default, |store| Timings::read(store.folder()));
    Some(Cost {
        tier: tier.name.to_string(),
        rows: tier.capacities.rows,
        key_ready,
        setup_ms: match key_ready {
            true => 0,
            false => setup_estimate(tier).0.as_millis() as u64,
        },
        prove_ms: timings.prove_ms(tier),
        decided: size.decided,
        tables: size.tables,
    })
}
