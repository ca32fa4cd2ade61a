//! The log of every run, whatever steps it.

use super::{Inputs, Trap};
use crate::lang::program::Program;
use crate::log::RUN;
use tracing::{Span, debug_span, info};

/// The span of a run, from its beginning to its end.
pub fn run_span(program: &Program, inputs: &Inputs) -> Span {
    debug_span!(
        target: RUN,
        "run",
        instructions = program.instructions().len(),
        public_words = inputs.public.len(),
        secret_words = inputs.secret.len(),
    )
}

/// Logs the end of a run.
pub fn run_ended(steps: u64, trap: Option<&Trap>) {
    match trap {
        None => info!(target: RUN, steps, "halted"),
        Some(trap) => {
            let reason = trap.reason.name();
            info!(target: RUN, steps, reason, pc = trap.pc, line = trap.line, "trapped");
        }
    }
}
