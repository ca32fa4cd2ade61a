//! Movements of a session: how one begins, goes on, and arrives.

use super::state::{Moving, Session};
use crate::dap::motion::{Arrived, Goal, Motion, beginning};
use crate::dap::stops::Stops;

impl Session<'_> {
    /// Begins the first movement, once the client has set its breakpoints.
    pub fn begin(&mut self) {
        let launch = &self.settings.launch;
        if launch.no_debug {
            self.stops = Stops::default();
            self.forward(Goal::Stop, "pause");
        } else if let Some(step) = launch.stop_at_step {
            self.go_to(step.position(), "goto");
        } else if launch.stop_on_entry || self.recording.machine().has_ended() {
            self.arrive(Arrived::Beginning, "entry");
        } else if let Arrived::Hit(hit) = beginning(&self.recording, &self.stops) {
            self.arrive(Arrived::Hit(hit), "entry");
        } else {
            self.forward(Goal::Stop, "pause");
        }
    }

    /// Begins to move on.
    pub fn forward(&mut self, goal: Goal, reason: &'static str) {
        let motion = Motion::forward(goal, &mut self.recording, &self.stops);
        self.moving = Some(Moving { motion, reason });
    }

    /// Begins to move back.
    pub fn back(&mut self, goal: Goal, reason: &'static str) {
        let motion = Motion::back(goal, &mut self.recording, &self.stops);
        self.moving = Some(Moving { motion, reason });
    }

    /// Begins to move to a position.
    pub fn go_to(&mut self, position: u64, reason: &'static str) {
        let motion = Motion::to(position, &mut self.recording);
        self.moving = Some(Moving { motion, reason });
    }

    /// Stops the movement in progress.
    pub fn pause(&mut self) {
        if let Some(moving) = self.moving.take() {
            moving.motion.abandon(&mut self.recording);
            self.stopped("pause", "paused", Vec::new());
        }
    }

    /// A piece of the movement.
    pub fn advance(&mut self) {
        let Some(moving) = &mut self.moving else {
            return;
        };
        let reason = moving.reason;
        let arrived = moving.motion.advance(&mut self.recording, &self.stops);
        let lines = moving.motion.take_lines();
        let condition_error = moving.motion.take_condition_error();
        if !lines.is_empty() {
            self.print_to_console("console", lines.join("\n"));
        }
        if let Some(condition_error) = condition_error {
            self.print_to_console("important", condition_error);
        }
        if let Some(arrived) = arrived {
            self.moving = None;
            self.arrive(arrived, reason);
        }
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
