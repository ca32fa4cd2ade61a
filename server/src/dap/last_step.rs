//! What the step before a position did: programs are deterministic, so the step is made again and observed.

use provable::lang::program::Instruction;
use provable::vm::replay::{Access, AccessKind, Recording};

/// A step that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastStep {
    /// The index of its instruction.
    pub index: u32,
    /// Its instruction; none at the end of the program.
    pub instruction: Option<Instruction>,
    /// The word that it pushed.
    pub result: Option<u32>,
    /// The heap cell that it stored to, and what was there.
    pub stored: Option<(u32, Option<u32>)>,
    /// Whether it changed the carry flag.
    pub changed_carry: bool,
    /// Whether it trapped, and so changed nothing.
    pub trapped: bool,
}

impl LastStep {
    /// The step before the present position; none at the beginning.
    pub fn of(recording: &mut Recording<'_>) -> Option<LastStep> {
        let (index, instruction, stored, carry) = recording.before(|machine| {
            let access = Access::next(machine).filter(|access| access.kind == AccessKind::Write);
            let stored = access.map(|access| (access.address, machine.heap_get(access.address)));
            (machine.pc(), machine.current(), stored, machine.carry())
        })?;
        let machine = recording.machine();
        let trapped = matches!(machine.ending(), Some(Err(_)));
        let result = machine.stack().last().copied();
        Some(LastStep {
            index,
            instruction,
            result: result.filter(|_| !trapped && instruction.is_some_and(Instruction::pushes)),
            stored: stored.filter(|_| !trapped),
            changed_carry: machine.carry() != carry,
            trapped,
        })
    }
}
