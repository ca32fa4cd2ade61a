//! Execution: runs a program on its inputs, step by step or to the end, with or without a trace.
//!
//! [`Machine`] is the only implementation of the instructions. [`run()`], [`run_traced`] and the debugger's [`replay`]
//! all step it. Nothing here panics, whatever the program: an instruction that cannot be executed gives a [`Trap`].

pub mod alu;
mod entry;
mod execute;
mod heap;
mod inputs;
pub mod log;
mod machine;
mod next;
pub mod replay;
mod run;
pub mod sha256;
mod trace;
mod trap;

pub use heap::Heap;
pub use inputs::{Inputs, InputsError};
pub use machine::{Limits, Machine, Status};
pub use run::{Ending, Outcome, run, run_traced};
pub use trace::{TraceDigest, TraceDigestError, TraceWriter, run_digested, trace_json};
pub use trap::{Trap, TrapReason};

#[cfg(test)]
mod tests;
