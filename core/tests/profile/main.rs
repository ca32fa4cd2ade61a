//! Profiles: that the parts add up to the whole, who pays for a row, and which capacity decides.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bottleneck;
mod calls;
mod instructions;
#[path = "../support/programs.rs"]
mod programs;
mod random;
mod sums;

use provable::circuit::profile::{Entries, Profile, Routines, profile};
use provable::lang::program::Program;
use provable::progress::Silent;
use provable::vm::{Inputs, Limits, run};

/// The profile of a run that halts.
fn profiled(program: &Program, inputs: &Inputs, routines: &dyn Routines) -> Profile {
    let limits = Limits::default();
    let steps = run(program, inputs, limits).steps;
    profile(program, inputs, limits, steps, routines, &Silent).unwrap()
}

/// The profile of a text that reads nothing.
fn of_text(text: &str) -> Profile {
    profiled(&text.parse().unwrap(), &Inputs::default(), &Entries)
}
