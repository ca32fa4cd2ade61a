//! The frames of a position: one for each open call, and one for each copy that a call is in.

use super::debuggee::Debuggee;
use provable::lang::link::Place;
use provable::vm::Machine;

/// A frame.
pub struct Frame {
    /// The next instruction, or the CALL that waits.
    pub index: u32,
    /// Where the frame is: at the instruction, or at the `.inline` line that copied it.
    pub place: Place,
    /// The routine.
    pub name: String,
}

/// The frames of a position, from the innermost.
#[derive(Clone, Copy)]
pub struct Stack<'a> {
    pub debuggee: &'a Debuggee,
    pub machine: &'a Machine<'a>,
    /// The copies that are not shown: the run is about to enter them.
    pub hidden: usize,
}

impl Stack<'_> {
    /// The next instruction of a call, by its distance from the innermost. One that waits is at its CALL.
    fn index(&self, call: usize) -> Option<u32> {
        let calls = self.machine.calls();
        match call {
            0 => Some(self.machine.pc()),
            _ => Some(calls.get(calls.len().checked_sub(call)?)?.saturating_sub(1)),
        }
    }

    /// The frames of a call.
    fn levels(&self, call: usize) -> usize {
        let index = self
            .index(call)
            .filter(|_| !self.debuggee.linked.copies.is_empty());
        let levels = index.map_or(1, |index| self.debuggee.levels(index).len().max(1));
        match call {
            0 => levels.saturating_sub(self.hidden).max(1),
            _ => levels,
        }
    }

    /// The number of frames.
    pub fn len(&self) -> usize {
        let calls = self.machine.calls().len() + 1;
        match self.debuggee.linked.copies.is_empty() {
            true => calls,
            false => (0..calls).map(|call| self.levels(call)).sum(),
        }
    }

    /// Frames by their places, from 0 for the innermost.
    pub fn frames(&self, start: usize, count: usize) -> Vec<Frame> {
        let calls = self.machine.calls().len() + 1;
        // Without copies, frames are calls.
        let (mut call, mut skipped) = match self.debuggee.linked.copies.is_empty() {
            true => (start, start),
            false => (0, 0),
        };
        let mut frames = Vec::new();
        while call < calls && frames.len() < count {
            let levels = self.levels(call);
            if skipped + levels > start {
                let from = start.saturating_sub(skipped);
                frames.extend((from..levels).filter_map(|level| self.frame(call, level)));
            }
            skipped += levels;
            call += 1;
        }
        frames.truncate(count);
        frames
    }

    /// A frame of a call, by its distance from the innermost that is shown.
    fn frame(&self, call: usize, level: usize) -> Option<Frame> {
        let index = self.index(call)?;
        let hidden = if call == 0 { self.hidden } else { 0 };
        let levels = self.debuggee.levels(index);
        let place = levels.get(level + hidden).copied().unwrap_or(Place {
            file: 0,
            line: 0,
            copy: None,
        });
        let copy = place
            .copy
            .and_then(|copy| self.debuggee.linked.copies.get(copy));
        let name = match copy {
            Some(copy) => self.debuggee.routine_name(copy.routine),
            None => self.called(call),
        };
        Some(Frame { index, place, name })
    }

    /// The routine that a call is in.
    fn called(&self, call: usize) -> String {
        let calls = self.machine.calls();
        let depth = calls.len().checked_sub(call);
        let opened = depth.and_then(|depth| calls.get(depth.checked_sub(1)?));
        let entry = opened.and_then(|address| self.debuggee.callee(*address));
        entry.map_or_else(
            || self.debuggee.name.clone(),
            |entry| self.debuggee.routine(entry),
        )
    }
}
