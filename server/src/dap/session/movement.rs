//! Movements of a session: how one begins, goes on, and arrives.

use super::state::{Moving, Session};
use crate::dap::goal::Goal;
use crate::dap::motion::{Arrived, Motion, beginning};
use crate::dap::step_back::StepBack;
use crate::dap::stops::{Level, Stops};

impl Session<'_> {
    /// Begins the first movement, once the client has set its breakpoints.
    pub fn begin(&mut self) {
        self.settle(None);
        if let Some(note) = &self.debuggee.note {
            self.print_to_console("console", note);
        }
        let launch = &self.settings.launch;
        if launch.no_debug {
            self.stops = Stops::default();
            self.forward(Goal::Stop, "pause");
        } else if let Some(step) = launch.stop_at_step {
            self.go_to(step.position(), "goto");
        } else if launch.stop_on_entry || self.recording.machine().has_ended() {
            self.arrive(Arrived::Beginning, "entry");
        } else if let Arrived::Hit(hit) = beginning(&self.recording, &self.stops) {
            self.settle(hit.level);
            self.arrive(Arrived::Hit(hit), "entry");
        } else {
            self.forward(Goal::Stop, "pause");
        }
    }

    /// Begins to move on.
    pub fn forward(&mut self, goal: Goal, reason: &'static str) {
        let motion = Motion::forward(goal, &mut self.recording, &self.stops);
        self.moving = Some(Moving::new(motion, reason));
    }

    /// Begins to move back.
    pub fn back(&mut self, goal: Goal, reason: &'static str) {
        let motion = Motion::back(goal, &mut self.recording, &self.stops);
        self.moving = Some(Moving::new(motion, reason));
    }

    /// Begins to move back over the line before, or over the copy that it made.
    pub(super) fn back_over(&mut self, level: Level) {
        let (step, motion) = StepBack::begin(level, &self.recording);
        self.moving = Some(Moving {
            level: Some(level),
            step: Some(step),
            ..Moving::new(motion, "step")
        });
    }

    /// Begins to move to a position.
    pub fn go_to(&mut self, position: u64, reason: &'static str) {
        let motion = Motion::to(position, &mut self.recording);
        self.moving = Some(Moving::new(motion, reason));
    }

    /// Begins to move to the next time that an instruction runs, or to the last time. The program is then said to be in this
    /// copy.
    pub fn seek(&mut self, index: u32, ahead: bool, level: Option<Level>) {
        match ahead {
            true => self.forward(Goal::Instruction(index), "goto"),
            false => self.back(Goal::Instruction(index), "goto"),
        }
        if let Some(moving) = &mut self.moving {
            moving.level = level;
        }
    }

    /// Stops the movement in progress.
    pub fn pause(&mut self) {
        if let Some(moving) = self.moving.take() {
            moving.motion.abandon(&mut self.recording);
            if let Some(step) = moving.step {
                self.recording.jump(step.origin);
            }
            self.settle(moving.level);
            self.stopped("pause", "paused", Vec::new());
        }
    }

    /// A piece of the movement.
    pub fn advance(&mut self) {
        let Some(moving) = &mut self.moving else {
            return;
        };
        let arrived = moving.motion.advance(&mut self.recording, &self.stops);
        let lines = moving.motion.take_lines();
        let condition_error = moving.motion.take_condition_error();
        if !lines.is_empty() {
            self.print_to_console("console", lines.join("\n"));
        }
        if let Some(condition_error) = condition_error {
            self.print_to_console("important", condition_error);
        }
        let Some(arrived) = arrived else { return };
        let Some(mut moving) = self.moving.take() else {
            return;
        };
        if let Some(step) = &mut moving.step
            && let Some(motion) = step.next(self.debuggee, &mut self.recording, &self.stops)
        {
            self.moving = Some(Moving { motion, ..moving });
            return;
        }
        let level = match &arrived {
            Arrived::Hit(hit) => hit.level,
            _ => moving.level,
        };
        self.settle(level);
        self.arrive(arrived, moving.reason);
    }

    fn arrive(&mut self, arrived: Arrived, reason: &'static str) {
        match arrived {
            Arrived::Goal => self.stopped(reason, "", Vec::new()),
            Arrived::Hit(hit) => self.stopped(hit.reason, hit.reason, hit.ids),
            Arrived::Nowhere => {
                self.print_to_console("important", "the run does not come there");
                self.stopped("goto", "", Vec::new());
            }
            Arrived::Beginning => self.stopped("entry", "the beginning of the run", Vec::new()),
            Arrived::End => self.at_end(),
        }
    }
}
