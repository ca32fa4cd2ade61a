//! Whole runs, without looking at the states or with a look before every step.

use super::log;
use super::{Heap, Inputs, Limits, Machine, Status, Trap};
use crate::lang::program::Program;
use crate::log::RUN;
use tracing::{debug, debug_span};

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It halted.
    Halted,
    /// It trapped. The rest of the outcome is the state before the instruction that trapped.
    Trapped(Trap),
}

/// The final state of a run.
#[derive(Clone)]
pub struct Outcome {
    /// How it ended.
    pub status: Ending,
    /// Steps taken. HALT counts, and so does an instruction that trapped.
    pub steps: u64,
    /// The index of the next instruction: that of the HALT, the length of the program, or that of the instruction that
    /// trapped.
    pub pc: u32,
    /// The operand stack, top last.
    pub stack: Vec<u32>,
    /// The heap.
    pub heap: Heap,
    /// The carry flag.
    pub carry: bool,
    /// Return addresses of the calls that are still open, the latest last.
    pub calls: Vec<u32>,
    /// The public output.
    pub outputs: Vec<u32>,
    /// The number of public words read.
    pub public_read: usize,
    /// The number of secret words read.
    pub secret_read: usize,
}

impl Outcome {
    /// The trap, if the run ended in one.
    pub fn trap(&self) -> Option<&Trap> {
        match &self.status {
            Ending::Halted => None,
            Ending::Trapped(trap) => Some(trap),
        }
    }

    fn new(mut machine: Machine<'_>, status: Ending) -> Self {
        Outcome {
            status,
            steps: machine.steps,
            pc: machine.pc,
            stack: std::mem::take(&mut machine.stack),
            heap: std::mem::take(&mut machine.heap),
            carry: machine.carry,
            calls: std::mem::take(&mut machine.calls),
            outputs: std::mem::take(&mut machine.outputs),
            public_read: machine.public_read,
            secret_read: machine.secret_read,
        }
    }
}

/// Runs a program to its end.
pub fn run(program: &Program, inputs: &Inputs, limits: Limits) -> Outcome {
    let _span = log::run_span(program, inputs).entered();
    let mut machine = Machine::new(program, inputs, limits);
    let status = loop {
        match machine.step() {
            Ok(Status::Running) => {}
            Ok(Status::Halted) => break Ending::Halted,
            Err(trap) => break Ending::Trapped(trap),
        }
    };
    let outcome = Outcome::new(machine, status);
    log::run_ended(outcome.steps, outcome.trap());
    outcome
}

/// Runs a program to its end. `observer` receives the state before every step, HALT included, and once more at the end:
/// one state more than there are steps.
///
/// # Errors
/// The error that `observer` returns; the run stops there.
pub fn run_traced<E>(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    mut observer: impl FnMut(&Machine<'_>) -> Result<(), E>,
) -> Result<Outcome, E> {
    let instructions = program.instructions().len();
    let _span = debug_span!(target: RUN, "traced run", instructions).entered();
    let mut machine = Machine::new(program, inputs, limits);
    let status = loop {
        if machine.will_step() {
            observer(&machine)?;
        }
        match machine.step() {
            Ok(Status::Running) => {}
            Ok(Status::Halted) => break Ending::Halted,
            Err(trap) => break Ending::Trapped(trap),
        }
    };
    observer(&machine)?;
    debug!(target: RUN, steps = machine.steps, "traced");
    Ok(Outcome::new(machine, status))
}
