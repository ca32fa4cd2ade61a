//! One place to stop at.

use crate::dap::expression::{Expression, HitCondition, Template};
use provable::vm::replay::AccessKind;

/// What else must hold for a breakpoint to stop the program.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// An expression that is not 0.
    pub condition: Option<Expression>,
    /// Which of its hits count.
    pub hits: Option<HitCondition>,
    /// A text to print in place of stopping.
    pub log: Option<Template>,
}

/// Who set a breakpoint; each sets all of its own at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopKind {
    /// On a line.
    Line,
    /// On a label.
    Function,
    /// On an instruction.
    Instruction,
    /// On a heap cell.
    Data,
}

impl StopKind {
    /// The protocol's word for it.
    pub(super) fn reason(self) -> &'static str {
        match self {
            StopKind::Line => "breakpoint",
            StopKind::Function => "function breakpoint",
            StopKind::Instruction => "instruction breakpoint",
            StopKind::Data => "data breakpoint",
        }
    }
}

/// At which accesses to a heap cell to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchedAccess {
    /// LOAD.
    Read,
    /// STORE.
    Write,
    /// Both.
    ReadWrite,
}

impl WatchedAccess {
    pub(super) fn includes(self, kind: AccessKind) -> bool {
        match self {
            WatchedAccess::Read => kind == AccessKind::Read,
            WatchedAccess::Write => kind == AccessKind::Write,
            WatchedAccess::ReadWrite => true,
        }
    }
}

/// The copy that a line belongs to, by its number; none outside copies.
pub type Level = Option<usize>;

/// A breakpoint.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Its number.
    pub id: u64,
    /// Who set it.
    pub kind: StopKind,
    /// The instruction, or the heap cell.
    pub at: u32,
    /// For an instruction that stands for a line: the copy that the line belongs to, which is where the program is then
    /// said to be.
    pub level: Option<Level>,
    /// For a heap cell: which accesses.
    pub access: WatchedAccess,
    /// What else must hold.
    pub rule: Rule,
}
