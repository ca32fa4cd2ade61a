//! Steps of a session. Where a copy begins, the program is first at the `.inline` line, though the next instruction is the
//! copy's: a step over that line goes over the copy, and a step in only shows the copy.

use super::state::Session;
use crate::dap::goal::{Goal, Leave};
use crate::dap::stops::Level;
use provable::lang::isa::Op;
use std::ops::Range;

impl Session<'_> {
    /// A step over calls and copies. By instructions, only over calls.
    pub fn step_over(&mut self, by_instructions: bool) {
        let depth = self.recording.machine().calls().len();
        let pc = self.recording.machine().pc();
        let over = match self.hidden.checked_sub(1) {
            _ if by_instructions => None,
            Some(inner) => {
                let copy = self.level_at(inner).flatten();
                copy.map(|copy| self.debuggee.copy(copy))
            }
            None => Some(self.debuggee.line_of(pc)).filter(|line| line.len() > 1),
        };
        let goal = match over {
            Some(over) => leave(depth, over, false),
            None => Goal::Depth(depth),
        };
        self.forward(goal, "step");
    }

    /// A step, also into a routine or a copy.
    pub fn step_in(&mut self, by_instructions: bool) {
        if self.hidden > 0 && !by_instructions {
            self.hidden -= 1;
            return self.stopped("step", "", Vec::new());
        }
        let machine = self.recording.machine();
        let line = self.debuggee.line_of(machine.pc());
        let goal = match line.len() > 1 && !by_instructions {
            true => leave(machine.calls().len(), line, true),
            false => Goal::Depth(usize::MAX),
        };
        self.forward(goal, "step");
    }

    /// To the end of the copy, or to where the routine returns to; outside of any, to the end.
    pub fn step_out(&mut self) {
        let depth = self.recording.machine().calls().len();
        let goal = match self.level_at(self.hidden).flatten() {
            Some(copy) => leave(depth, self.debuggee.copy(copy), false),
            None => depth.checked_sub(1).map_or(Goal::Stop, Goal::Depth),
        };
        self.forward(goal, "step");
    }

    /// What [`Session::step_over`] does, the other way. By instructions, one step.
    pub fn step_back(&mut self, by_instructions: bool) {
        let depth = self.recording.machine().calls().len();
        if by_instructions {
            return self.back(Goal::Depth(usize::MAX), "step");
        }
        if self.debuggee.is_plain() {
            return self.back(Goal::Depth(depth), "step");
        }
        if self.hidden < self.entered() {
            self.hidden += 1;
            return self.stopped("step", "", Vec::new());
        }
        let level = self.level_at(self.hidden).flatten();
        self.back_over(level);
    }

    /// Says where the program is: in this copy if it can be, or else where the last step led.
    pub(super) fn settle(&mut self, level: Option<Level>) {
        self.hidden = 0;
        let pc = self.recording.machine().pc();
        let begun = self.debuggee.copies_begun(pc);
        if begun == 0 {
            return;
        }
        let levels = self.debuggee.levels(pc);
        let wanted = level.and_then(|level| levels.iter().position(|place| place.copy == level));
        self.hidden = match wanted {
            Some(wanted) if wanted <= begun => wanted,
            _ => self.entered(),
        };
    }

    /// The copies that begin with the next instruction, and that the last step led into.
    fn entered(&mut self) -> usize {
        let pc = self.recording.machine().pc();
        let begun = self.debuggee.copies_begun(pc);
        if begun == 0 {
            return 0;
        }
        let last = self.last_step();
        let levels = self.debuggee.levels(pc);
        let copies = levels.iter().take(begun).map_while(|place| place.copy);
        // A loop in a copy may come back to its first instruction.
        let is_entered = |copy: &usize| match &last {
            None => true,
            Some(last) => {
                let is_call = last.instruction.is_some_and(|one| one.op == Op::Call);
                is_call || !self.debuggee.copy(*copy).contains(&last.index)
            }
        };
        copies.take_while(is_entered).count()
    }

    /// The copy of a level of the next instruction.
    fn level_at(&self, level: usize) -> Option<Level> {
        let levels = self.debuggee.levels(self.recording.machine().pc());
        levels.get(level).map(|place| place.copy)
    }
}

fn leave(depth: usize, range: Range<u32>, into_calls: bool) -> Goal {
    Goal::Leave(Leave {
        depth,
        start: range.start,
        end: range.end,
        into_calls,
    })
}
