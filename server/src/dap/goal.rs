//! What a movement leads to.

use provable::vm::Machine;

/// The position that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The next stop.
    Stop,
    /// One with at most this many open calls, or a stop.
    Depth(usize),
    /// One outside some instructions, or a stop.
    Leave(Leave),
    /// The position after this many steps, or a stop.
    Reach(u64),
    /// The position after this many steps, whatever lies between.
    Position(u64),
    /// One before this instruction, whatever lies between.
    Instruction(u32),
}

/// To leave instructions that are one to who reads the program: a line, or a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// The open calls there. With fewer, the instructions are left.
    pub depth: usize,
    /// The first instruction.
    pub start: u32,
    /// The instruction after the last.
    pub end: u32,
    /// Whether a routine that they call is outside too.
    pub into_calls: bool,
}

impl Leave {
    /// Whether a state is outside.
    pub fn is_met(self, machine: &Machine<'_>) -> bool {
        let depth = machine.calls().len();
        let is_within = (self.start..self.end).contains(&machine.pc());
        depth < self.depth
            || depth == self.depth && !is_within
            || depth > self.depth && self.into_calls
    }
}

impl Goal {
    /// Whether a state is one.
    #[inline]
    pub fn is_met(self, machine: &Machine<'_>) -> bool {
        match self {
            Goal::Stop => false,
            Goal::Depth(most) => machine.calls().len() <= most,
            Goal::Leave(leave) => leave.is_met(machine),
            Goal::Position(position) | Goal::Reach(position) => machine.steps() == position,
            Goal::Instruction(index) => machine.pc() == index && !machine.has_ended(),
        }
    }

    /// Whether a stop on the way ends the movement.
    pub fn heeds_stops(self) -> bool {
        !matches!(self, Goal::Position(_) | Goal::Instruction(_))
    }
}
