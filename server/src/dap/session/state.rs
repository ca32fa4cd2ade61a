//! A session with a program: the position in its run, what the client has set, and what the client is to be told.

use super::settings::Settings;
use crate::dap::debuggee::{Debuggee, Load};
use crate::dap::expression::View;
use crate::dap::last_step::LastStep;
use crate::dap::motion::Motion;
use crate::dap::protocol::{Answer, Problem, Request};
use crate::dap::scope::Scope;
use crate::dap::stack::Stack;
use crate::dap::step_back::StepBack;
use crate::dap::stops::{Level, Stops};
use crate::dap::watched_file::WatchedFile;
use crate::dap::wire::Wire;
use provable::vm::replay::Recording;
use serde_json::Value;

/// The one thread that a program has.
pub const THREAD: u64 = 1;

/// How a session ends.
pub enum SessionEnd {
    /// For good.
    Closed,
    /// To begin again, with what was read anew.
    Restart(Box<Debuggee>),
}

/// A movement in progress, and the reason that the client is given if it comes to its goal.
pub(super) struct Moving {
    pub(super) motion: Motion,
    pub(super) reason: &'static str,
    /// The copy in which the program is said to be where it arrives, if it can be.
    pub(super) level: Option<Level>,
    /// The step back that the movement is a part of.
    pub(super) step: Option<StepBack>,
}

impl Moving {
    pub(super) fn new(motion: Motion, reason: &'static str) -> Moving {
        Moving {
            motion,
            reason,
            level: None,
            step: None,
        }
    }
}

/// A session with a program.
pub struct Session<'a> {
    pub debuggee: &'a Debuggee,
    pub settings: &'a mut Settings,
    pub recording: Recording<'a>,
    pub stops: Stops,
    pub load: &'a Load,
    /// Events that are sent after the answer to the current request.
    pub events: Vec<(&'static str, Value)>,
    pub end: Option<SessionEnd>,
    pub(super) wire: &'a mut Wire,
    /// The movement in progress, unless the program is stopped.
    pub(super) moving: Option<Moving>,
    /// How many copies the program is about to enter: their first instruction is next, and it is said to be at the
    /// `.inline` line before that.
    pub(super) hidden: usize,
    /// The files that what runs was read from.
    pub(super) files: Vec<WatchedFile>,
    /// Words of the public output that were printed.
    pub(super) printed: usize,
    /// What the last step did, at which position; none before it was asked for.
    pub(super) last_step: Option<(u64, Option<LastStep>)>,
}

impl<'a> Session<'a> {
    /// A session at the beginning of the run.
    pub fn new(
        debuggee: &'a Debuggee,
        settings: &'a mut Settings,
        wire: &'a mut Wire,
        load: &'a Load,
    ) -> Self {
        Session {
            debuggee,
            settings,
            recording: Recording::new(&debuggee.program, &debuggee.inputs, debuggee.limits),
            stops: Stops::default(),
            load,
            events: Vec::new(),
            end: None,
            wire,
            moving: None,
            hidden: 0,
            files: debuggee.files.clone(),
            printed: 0,
            last_step: None,
        }
    }

    /// Whether a movement is in progress.
    pub fn is_moving(&self) -> bool {
        self.moving.is_some()
    }

    /// The stream to the client.
    pub fn wire(&mut self) -> &mut Wire {
        self.wire
    }

    /// Sends an answer. If the program is stopped after it, files that have changed are reported.
    pub fn respond(&mut self, request: &Request, answer: Answer) {
        self.wire.respond(request, answer);
        if !self.is_moving() && self.end.is_none() {
            self.report_changed_files();
        }
    }

    /// Sends the events that wait.
    pub fn send_events(&mut self) {
        for (event, body) in std::mem::take(&mut self.events) {
            self.wire.event(event, body);
        }
    }

    /// The state in which expressions are evaluated.
    pub fn view(&self) -> View<'_> {
        View {
            machine: self.recording.machine(),
            inputs: self.recording.inputs(),
        }
    }

    /// The frames here.
    pub fn stack(&self) -> Stack<'_> {
        Stack {
            debuggee: self.debuggee,
            machine: self.recording.machine(),
            hidden: self.hidden,
        }
    }

    /// What names mean in a frame, by the number that the client has for it; without one, in the innermost.
    pub fn scope(&self, frame: Option<u64>) -> Scope<'_> {
        let place = frame.and_then(|frame| usize::try_from(frame.checked_sub(1)?).ok());
        let frame = self.stack().frames(place.unwrap_or(0), 1).pop();
        let scope = self.debuggee.main_scope();
        match frame {
            Some(frame) => scope.at(frame.index, frame.place),
            None => scope,
        }
    }

    /// That no movement is in progress.
    ///
    /// # Errors
    /// While the program moves; `notStopped` is the protocol's word.
    pub fn must_be_stopped(&self) -> Result<(), Problem> {
        match self.moving {
            None => Ok(()),
            Some(_) => Err(Problem::new("notStopped")),
        }
    }

    /// What the step before this position did.
    pub fn last_step(&mut self) -> Option<LastStep> {
        let here = self.recording.position();
        match &self.last_step {
            Some((position, step)) if *position == here => step.clone(),
            _ => {
                let step = LastStep::of(&mut self.recording);
                self.last_step = Some((here, step.clone()));
                step
            }
        }
    }
}
