//! A profile: the parts of a run's usage.

use super::call_tree::CallTree;
use super::frames::RoutineUsage;
use crate::circuit::usage::Usage;
use crate::vm::Trap;
use thiserror::Error;

/// What an instruction used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InstructionUsage {
    /// How often it was executed.
    pub executions: u64,
    /// The rows that are attributed to it.
    pub usage: Usage,
}

/// Where the rows of a run go.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Steps of the run.
    pub steps: u64,
    /// What the whole run uses.
    pub usage: Usage,
    /// What each instruction used, by its index; last the end of the program, which takes an entry, and a row if the run
    /// reaches it. With [`Profile::data`] they add up to the whole.
    pub instructions: Vec<InstructionUsage>,
    /// Heap cells of the program's data.
    pub data: Usage,
    /// What each routine used, main first. Their own usages, with [`Profile::data`] and [`Profile::not_executed`], add up
    /// to the whole.
    pub routines: Vec<RoutineUsage>,
    /// Program entries that were never executed.
    pub not_executed: Usage,
    /// What was used on each path of calls.
    pub calls: CallTree,
}

/// Why there is no profile.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The run traps.
    #[error("{0}")]
    Trapped(Trap),
    /// The caller cancelled it.
    #[error("the profile was cancelled")]
    Cancelled,
}
