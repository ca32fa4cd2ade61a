//! A step back over a line or a copy of several instructions: to the position at which it began.
//!
//! Where that is depends on the way there, so it is looked for first: the last position that does not lie in the line or the
//! copy, and the next one after that. Then the movement goes there, and heeds stops.

use super::debuggee::Debuggee;
use super::goal::{Goal, Leave};
use super::motion::Motion;
use super::stops::{Level, Stops};
use provable::vm::replay::Recording;

/// A step back in progress.
pub struct StepBack {
    /// Where it began.
    pub origin: u64,
    /// The open calls there.
    pub depth: usize,
    /// The copy that the program is in there.
    pub level: Level,
    stage: Stage,
}

enum Stage {
    /// To the position before, over calls.
    Last,
    /// To the last position outside of the line or the copy in which that lies.
    Before(Leave),
    /// From there to its first.
    First,
    /// The way there is known.
    Found,
}

impl StepBack {
    /// The step, and its first movement.
    pub fn begin(level: Level, recording: &Recording<'_>) -> (StepBack, Motion) {
        let depth = recording.machine().calls().len();
        let step = StepBack {
            origin: recording.position(),
            depth,
            level,
            stage: Stage::Last,
        };
        (step, Motion::quietly_back(Goal::Depth(depth), recording))
    }

    /// The next movement, when one has arrived; none after the last.
    pub fn next(
        &mut self,
        debuggee: &Debuggee,
        recording: &mut Recording<'_>,
        stops: &Stops,
    ) -> Option<Motion> {
        let machine = recording.machine();
        let at_beginning = recording.position() == 0;
        match self.stage {
            Stage::Last => {
                let is_here = machine.calls().len() == self.depth;
                let over = is_here.then(|| self.over(debuggee, machine.pc())).flatten();
                if let Some(leave) = over.filter(|_| !at_beginning) {
                    self.stage = Stage::Before(leave);
                    return Some(Motion::quietly_back(Goal::Leave(leave), recording));
                }
            }
            // The run may begin within.
            Stage::Before(leave) => {
                if leave.is_met(machine) {
                    self.stage = Stage::First;
                    return Some(Motion::quietly_forward(Goal::Depth(self.depth), recording));
                }
            }
            Stage::First => {}
            Stage::Found => return None,
        }
        self.stage = Stage::Found;
        let found = recording.position();
        recording.jump(self.origin);
        Some(Motion::back(Goal::Reach(found), recording, stops))
    }

    /// The instructions to go over from one of them: the outermost copy that the program is not in, or a line of several
    /// instructions, unless it is the first of them.
    fn over(&self, debuggee: &Debuggee, index: u32) -> Option<Leave> {
        let levels = debuggee.levels(index);
        let copies = levels.iter().map(|place| place.copy);
        let entered = copies.take_while(|copy| *copy != self.level).flatten();
        let range = match entered.last() {
            // A loop in a copy may come back to its first instruction.
            Some(copy) => debuggee.copy(copy),
            None => Some(debuggee.line_of(index)).filter(|line| line.start != index)?,
        };
        Some(Leave {
            depth: self.depth,
            start: range.start,
            end: range.end,
            into_calls: false,
        })
    }
}
