//! A run of a program, group by group, with the rows of each group recorded.

use super::encoding::{Encoding, Entry};
use super::execution_trace::ExecutionTrace;
use super::recorder::Recorder;
use crate::lang::program::Program;
use crate::log;
use crate::vm::{Inputs, Limits, Machine, Status, Trap};
use std::ops::Range;
use tracing::{debug, debug_span};

impl ExecutionTrace {
    /// Runs the program and records every row.
    ///
    /// # Errors
    /// The trap, if the run traps: such a run has no proof.
    pub fn new(program: &Program, inputs: &Inputs, limits: Limits) -> Result<Self, Trap> {
        Self::of_at_most(usize::MAX, program, inputs, limits).map(Option::unwrap_or_default)
    }

    /// The same for a run of at most this many rows; `None` if it has more.
    ///
    /// # Errors
    /// The trap, if the run traps within so many rows.
    pub fn of_at_most(
        most: usize,
        program: &Program,
        inputs: &Inputs,
        limits: Limits,
    ) -> Result<Option<Self>, Trap> {
        let _span = debug_span!(target: log::RUN, "record").entered();
        let mut recording = Recording::new(program, inputs, limits);
        let mut status = Status::Running;
        while status == Status::Running {
            if recording.trace().rows.len() >= most {
                return Ok(None);
            }
            let group = recording.next_group();
            status = recording.execute(&group)?;
            for position in group.rows {
                recording.row(position);
            }
        }
        let trace = recording.finish();
        let (steps, rows) = (trace.steps, trace.rows.len());
        debug!(target: log::RUN, steps, rows, "recorded");
        Ok((trace.rows.len() <= most).then_some(trace))
    }
}

/// The instructions of a group by their indices, and its rows by their positions in the program table.
pub(super) struct RowGroup {
    /// The instructions. At the end of the program this is the index of the end, and no instruction.
    pub instructions: Range<usize>,
    /// The rows.
    pub rows: Range<u32>,
}

/// A run that is being recorded.
pub(super) struct Recording<'a> {
    encoding: Encoding,
    machine: Machine<'a>,
    recorder: Recorder<'a>,
}

impl<'a> Recording<'a> {
    /// A run before its first step.
    pub fn new(program: &'a Program, inputs: &'a Inputs, limits: Limits) -> Self {
        Recording {
            encoding: Encoding::new(program),
            machine: Machine::new(program, inputs, limits),
            recorder: Recorder::new(program, inputs),
        }
    }

    /// The program as its table.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// The state of the machine.
    pub fn machine(&self) -> &Machine<'a> {
        &self.machine
    }

    /// What is recorded so far.
    pub fn trace(&self) -> &ExecutionTrace {
        &self.recorder.trace
    }

    /// The entry at a position of the program table.
    pub fn entry(&self, position: u32) -> Entry {
        let entry = self.encoding.entries.get(position as usize).copied();
        entry.unwrap_or(Entry::halt())
    }

    /// The group that is executed next. At the end of the program, one row halts.
    pub fn next_group(&self) -> RowGroup {
        let index = self.machine.pc() as usize;
        let end = self.encoding.position(index).unwrap_or(0);
        let group = self.encoding.group(index);
        let (instructions, rows) = group.unwrap_or((index..index + 1, end..end + 1));
        RowGroup { instructions, rows }
    }

    /// Executes the instructions of a group. A trap within a group is a trap of the group. Only its last instruction can
    /// halt.
    pub fn execute(&mut self, group: &RowGroup) -> Result<Status, Trap> {
        let mut status = Status::Running;
        for _ in group.instructions.clone() {
            status = self.machine.step()?;
        }
        Ok(status)
    }

    /// Records a row of a group that was executed.
    pub fn row(&mut self, position: u32) {
        let entry = self.entry(position);
        self.recorder.row(position, entry);
    }

    /// Takes away the recorded rows and executions of SHA256, so that a long run takes no memory for each.
    pub fn forget_rows(&mut self) {
        self.recorder.trace.rows.clear();
        self.recorder.trace.compressions.clear();
    }

    /// The whole trace of a run that halted.
    fn finish(self) -> ExecutionTrace {
        let mut trace = self.recorder.trace;
        trace.entries = self.encoding.entries;
        trace.outputs = self.machine.outputs().to_vec();
        trace.steps = self.machine.steps();
        trace
    }
}
