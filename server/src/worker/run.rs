//! The job `run`: a run with everything that an editor shows of it.

use super::execution::Execution;
use super::heat::heat;
use super::progress::JobProgress;
use super::protocol::{Cost, JobError, RunAnswer, TrapAnswer, WORDS_KEPT};
use super::value_histories::follow;
use crate::trace_digest::trace_digest;
use provable::progress::{Progress, Silent};
use provable::vm::Machine;
use provable::vm::log;

/// The most steps of a run whose rows are attributed to its instructions. A run in any tier has fewer.
const LONGEST_HEAT: u64 = 4_000_000;

/// Runs a program. `cost` says what a proof of a run of so many steps takes.
pub fn run(
    execution: &Execution,
    cost: impl FnOnce(u64) -> Option<Cost>,
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
            (Some(hex::encode(digest)), cost(steps).map(Box::new))
        }
    };
    let heat = match trap {
        None if steps <= LONGEST_HEAT => heat(execution, steps, &Silent),
        _ => None,
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
        trap: trap
            .as_ref()
            .map(|trap| TrapAnswer::from(trap).called(machine.calls())),
        value_histories,
        cost,
        heat,
    })
}
