//! Where a linked program begins.

use crate::lang::program::{Invocation, RoutineId};

/// Where a linked program begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// With the main code.
    Main,
    /// With the instructions of a test of the main file, after this many values are pushed. The instructions for that
    /// push 0; who runs the test puts the values in.
    Test {
        /// The section, as an index among [`Assembly::sections`](crate::lang::program::Assembly::sections).
        section: usize,
        /// How many values.
        values: usize,
    },
    /// With this many values that are pushed as for a test, and a CALL of a routine from a test of the main file.
    Call {
        /// The routine, with its arguments.
        invocation: Invocation,
        /// The line of the test, from 0.
        line: usize,
        /// How many values.
        values: usize,
    },
}

impl Entry {
    /// The section with which the program begins, if it is one.
    pub(super) fn section(self) -> Option<RoutineId> {
        let section = match self {
            Entry::Main => 0,
            Entry::Test { section, .. } => section,
            Entry::Call { .. } => return None,
        };
        Some(RoutineId { file: 0, section })
    }

    /// How many values are pushed first.
    pub(super) fn values(self) -> usize {
        match self {
            Entry::Main => 0,
            Entry::Test { values, .. } | Entry::Call { values, .. } => values,
        }
    }
}
