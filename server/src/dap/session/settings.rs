//! What the client has set: its launch arguments and its breakpoints.

use crate::dap::exceptions::category;
use crate::dap::protocol::breakpoints::{
    DataBreakpoint, FunctionBreakpoint, InstructionBreakpoint, Source, SourceBreakpoint,
};
use crate::dap::protocol::launch::{Initialize, Launch};
use provable::vm::Trap;

/// A breakpoint on a line of a file, which may become a part of the program by a restart.
pub struct LineBreakpoint {
    /// The file.
    pub source: Source,
    /// The line, and what else must hold.
    pub wanted: SourceBreakpoint,
}

/// What the client has set. It outlives a restart.
#[derive(Default)]
pub struct Settings {
    /// Its arguments of `initialize`.
    pub client: Initialize,
    /// Its arguments of `launch`.
    pub launch: Launch,
    /// Its breakpoints, each with its number: on lines,
    pub lines: Vec<(u64, LineBreakpoint)>,
    /// on labels,
    pub functions: Vec<(u64, FunctionBreakpoint)>,
    /// on instructions,
    pub instructions: Vec<(u64, InstructionBreakpoint)>,
    /// and on heap cells.
    pub data: Vec<(u64, DataBreakpoint)>,
    /// The exception filters that are on; all unless it has set them.
    pub filters: Option<Vec<String>>,
    /// The number of the last breakpoint.
    pub last_id: u64,
}

impl Settings {
    /// A line as the client counts, from one that counts from 1.
    pub fn line_out(&self, line: u32) -> i64 {
        i64::from(line) - i64::from(!self.client.lines_start_at_1)
    }

    /// A line that counts from 1, from one as the client counts.
    pub fn line_in(&self, line: i64) -> u32 {
        let line = line.saturating_add(i64::from(!self.client.lines_start_at_1));
        u32::try_from(line.max(0)).unwrap_or(u32::MAX)
    }

    /// A column as the client counts, from one that counts from 1.
    pub fn column_out(&self, column: usize) -> usize {
        column.saturating_sub(usize::from(!self.client.columns_start_at_1))
    }

    /// Whether a trap is to be reported as an exception.
    pub(super) fn is_exception(&self, trap: &Trap) -> bool {
        let category = category(&trap.reason);
        let filters = self.filters.as_ref();
        filters.is_none_or(|filters| filters.iter().any(|filter| filter == category))
    }
}
