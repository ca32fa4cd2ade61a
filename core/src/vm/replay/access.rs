//! The heap access of a step.

use crate::lang::isa::Op;
use crate::vm::{Machine, alu};

/// Whether a cell is read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    /// LOAD or LOADX.
    Read,
    /// STORE or PUT. It also replaces the word that was there.
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
        let mut words = machine.stack().iter().rev().copied();
        let offset = instruction.operand.unwrap_or(0);
        let (address, kind) = match instruction.op {
            Op::Load => (
                instruction.operand.or_else(|| words.next()),
                AccessKind::Read,
            ),
            Op::Store => (
                instruction.operand.or_else(|| words.next()),
                AccessKind::Write,
            ),
            Op::Loadx => (alu::offset(words.next()?, offset), AccessKind::Read),
            Op::Put => (alu::offset(words.nth(1)?, offset), AccessKind::Write),
            _ => return None,
        };
        let address = address?;
        Some(Access { address, kind })
    }
}
