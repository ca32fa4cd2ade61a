//! The heap access of a step.

use crate::lang::isa::Op;
use crate::vm::Machine;

/// Whether a cell is read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    /// LOAD.
    Read,
    /// STORE. It also replaces the word that was there.
    Write,
}

/// A heap cell that a step touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// The cell.
    pub address: u32,
    /// How.
    pub kind: AccessKind,
}

impl Access {
    /// The cell that the next step touches, unless it traps.
    pub fn next(machine: &Machine<'_>) -> Option<Access> {
        let instruction = machine.current()?;
        let kind = match instruction.op {
            Op::Load => AccessKind::Read,
            Op::Store => AccessKind::Write,
            _ => return None,
        };
        let on_stack = || machine.stack().last().copied();
        let address = instruction.operand.or_else(on_stack)?;
        Some(Access { address, kind })
    }
}
