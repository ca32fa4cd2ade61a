//! What this library says of its work, through `tracing`: which target an event has, and events that several places
//! have in common. `docs/logging.md` lists every span and event.
//!
//! Fields are sizes, counts and names that this crate gives. No span and no event holds a word of a tape, of the stack
//! or of the heap, a text that was read, or a path that nobody gave. So nothing here is recorded by `Debug` or `Display`
//! of a value that could hold one: a [`Trap`] is told by the name of its reason, since its message has words in it.
//!
//! Spans are around whole parts of the work, never around one step or one constraint: what nobody listens to then
//! costs nothing that can be measured.

use crate::lang::program::Program;
use crate::vm::{Inputs, Trap};
use tracing::{Span, debug_span, info};

/// Texts become programs.
pub const LOAD: &str = "provable::load";
/// What is known of a program before it runs.
pub const ANALYSIS: &str = "provable::analysis";
/// Runs, and their recordings for a proof.
pub const RUN: &str = "provable::run";
/// Proofs made and verified, keys made.
pub const PROOF: &str = "provable::proof";
/// The key store.
pub const KEYS: &str = "provable::keys";

/// The span of a run from its beginning to its end.
pub fn run_span(program: &Program, inputs: &Inputs) -> Span {
    debug_span!(
        target: RUN,
        "run",
        instructions = program.instructions().len(),
        public_words = inputs.public.len(),
        secret_words = inputs.secret.len(),
    )
}

/// A run has ended.
pub fn run_ended(steps: u64, trap: Option<&Trap>) {
    match trap {
        None => info!(target: RUN, steps, "halted"),
        Some(trap) => {
            let reason = trap.reason.name();
            info!(target: RUN, steps, reason, pc = trap.pc, line = trap.line, "trapped");
        }
    }
}
