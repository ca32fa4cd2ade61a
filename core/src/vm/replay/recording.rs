//! A recording of a run, and the current position in it.

use super::checkpoint::Checkpoints;
use super::{Access, Edit, EditError};
use crate::lang::program::Program;
use crate::vm::{Inputs, Limits, Machine};

/// Why a movement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The caller's function stopped it.
    Stopped,
    /// The run ends here.
    Ended,
    /// It made the greatest number of steps that was allowed.
    Exhausted,
}

/// A run that can be looked at in any order. It is run as far as somebody looks, and no further.
///
/// ```
/// use provable::{lang::program::assemble, vm::{Inputs, Limits, replay::Recording}};
///
/// let program = assemble("PUSH 1\nPUSH 2\nADD\nHALT").program.unwrap();
/// let inputs = Inputs::default();
/// let mut recording = Recording::new(&program, &inputs, Limits::default());
/// assert_eq!(recording.jump(3), 3);
/// assert_eq!(recording.machine().stack(), [3]);
/// assert_eq!(recording.jump(1), 1);
/// assert_eq!(recording.machine().stack(), [1]);
/// assert_eq!(recording.jump(99), 4);
/// assert!(recording.machine().has_ended());
/// ```
pub struct Recording<'a> {
    program: &'a Program,
    inputs: &'a Inputs,
    limits: Limits,
    machine: Machine<'a>,
    checkpoints: Checkpoints,
    /// The edits, by position.
    edits: Vec<(u64, Edit)>,
    /// The position of the next edit.
    next_edit: u64,
    /// The furthest position that was reached, and whether the run ends there.
    furthest: (u64, bool),
}

impl<'a> Recording<'a> {
    /// A run, at its beginning.
    pub fn new(program: &'a Program, inputs: &'a Inputs, limits: Limits) -> Self {
        let mut machine = Machine::new(program, inputs, limits);
        let checkpoints = Checkpoints::new(&machine);
        end_if_over(&mut machine);
        let machine_ended = machine.has_ended();
        Recording {
            program,
            inputs,
            limits,
            machine,
            checkpoints,
            edits: Vec::new(),
            next_edit: u64::MAX,
            furthest: (0, machine_ended),
        }
    }

    /// The machine at the current position.
    pub fn machine(&self) -> &Machine<'a> {
        &self.machine
    }

    /// The current position: the number of steps taken.
    pub fn position(&self) -> u64 {
        self.machine.steps()
    }

    /// The inputs of the run.
    pub fn inputs(&self) -> &'a Inputs {
        self.inputs
    }

    /// The edits, each with its position, in the order of the run.
    pub fn edits(&self) -> &[(u64, Edit)] {
        &self.edits
    }

    /// The furthest position that was reached, and whether the run ends there.
    pub fn furthest(&self) -> (u64, bool) {
        self.furthest
    }

    /// Bytes that the checkpoints take.
    pub fn checkpoint_bytes(&self) -> usize {
        self.checkpoints.bytes()
    }

    /// Moves forward by at most `most` steps. At each position that is reached, `stop` receives the machine and the
    /// heap access of the step before, and returns whether to stop there.
    pub fn forward(
        &mut self,
        most: u64,
        mut stop: impl FnMut(&Machine<'a>, Option<Access>) -> bool,
    ) -> Moved {
        let mut moved = Moved::Exhausted;
        for _ in 0..most {
            if self.machine.has_ended() {
                moved = Moved::Ended;
                break;
            }
            let access = self.advance();
            if stop(&self.machine, access) {
                moved = Moved::Stopped;
                break;
            }
        }
        let here = (self.position(), self.machine.has_ended());
        self.furthest = self.furthest.max(here);
        moved
    }

    /// Goes to the last stored position at or before this one. From there [`Recording::forward`] reaches it.
    pub fn rewind(&mut self, position: u64) {
        let here = self.position();
        let kept = self.checkpoints.position_before(position);
        if !(kept..=position).contains(&here) {
            self.restore(position);
        }
    }

    /// Goes to a position, or to the end of the run if the end comes before it. Returns the position that was reached.
    pub fn jump(&mut self, position: u64) -> u64 {
        self.rewind(position);
        self.forward(position - self.position(), |_, _| false);
        self.position()
    }

    /// Visits the state one step before the current one, and returns. None at the beginning.
    pub fn before<T>(&mut self, look: impl FnOnce(&Machine<'a>) -> T) -> Option<T> {
        let here = self.position();
        self.jump(here.checked_sub(1)?);
        let seen = look(&self.machine);
        self.jump(here);
        Some(seen)
    }

    /// Visits the positions up to `end`, from the last checkpoint before it. Returns the position of that checkpoint,
    /// and the last position after it that `wanted` accepts. The current position is then `end`.
    pub fn look_back(
        &mut self,
        end: u64,
        mut wanted: impl FnMut(&Machine<'a>, Option<Access>) -> bool,
    ) -> (u64, Option<u64>) {
        let Some(before) = end.checked_sub(1) else {
            return (0, None);
        };
        self.restore(before);
        let start = self.position();
        let mut found = None;
        self.forward(end - start, |machine, access| {
            if wanted(machine, access) {
                found = Some(machine.steps());
            }
            false
        });
        (start, found)
    }

    /// Changes the state at the current position. The run before it is kept. The run after it is repeated, and edits at
    /// later positions are dropped.
    ///
    /// # Errors
    /// When the run has ended here, or there is nothing to change.
    pub fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        edit.apply(&mut self.machine)?;
        let here = self.position();
        self.edits.retain(|(position, _)| *position <= here);
        self.edits.push((here, edit));
        self.next_edit = u64::MAX;
        self.furthest = (here, false);
        self.checkpoints.forget_from(here);
        self.checkpoints.take(&self.machine);
        Ok(())
    }

    fn restore(&mut self, position: u64) {
        // The old state may be large, so it is dropped before the new one is made.
        self.machine = Machine::without_data(self.program, self.inputs, self.limits);
        self.machine = self
            .checkpoints
            .restore(position, self.program, self.inputs, self.limits);
        end_if_over(&mut self.machine);
        self.find_next_edit();
    }

    fn find_next_edit(&mut self) {
        let here = self.position();
        let next = self.edits.iter().find(|(position, _)| *position > here);
        self.next_edit = next.map_or(u64::MAX, |(position, _)| *position);
    }

    /// One step forward. The machine has not ended.
    #[inline(always)] // the loop of every movement
    fn advance(&mut self) -> Option<Access> {
        let access = Access::next(&self.machine);
        let access = match self.machine.step() {
            Ok(_) => access,
            Err(_) => None,
        };
        end_if_over(&mut self.machine);
        let here = self.machine.steps();
        if here == self.next_edit {
            self.apply_edits();
        }
        if here >= self.checkpoints.due() && !self.machine.has_ended() {
            self.checkpoints.take(&self.machine);
        }
        access
    }

    #[cold]
    fn apply_edits(&mut self) {
        let here = self.position();
        for (_, edit) in self.edits.iter().filter(|(position, _)| *position == here) {
            // The edit could be made the first time, and the state is the same again.
            let _ = edit.apply(&mut self.machine);
        }
        self.find_next_edit();
    }
}

/// Ends the run if no further step follows, without waiting for a request for a step.
#[inline(always)]
fn end_if_over(machine: &mut Machine<'_>) {
    if !machine.will_step() {
        // The machine keeps the result.
        let _ = machine.step();
    }
}
