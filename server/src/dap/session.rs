//! A session with a program: the place in its run, what the client has set, and the loop that serves both.

use super::expression::View;
use super::files::WatchedFile;
use super::last_step::LastStep;
use super::motion::{Arrived, Goal, Motion, beginning};
use super::protocol::Problem;
use super::protocol::breakpoints::{
    DataBreakpoint, FunctionBreakpoint, InstructionBreakpoint, SourceBreakpoint,
};
use super::protocol::launch::{Initialize, Launch};
use super::requests;
use super::start::take;
use super::stops::Stops;
use super::wire::{Gone, Incoming, Wire};
use super::{Debuggee, Load};
use crate::logging::targets::DAP;
use provable::lang::quote::plural;
use provable::lang::quote::shortened;
use provable::vm::Trap;
use provable::vm::replay::Recording;
use serde_json::{Value, json};
use tracing::debug_span;

/// The one thread that a program has.
pub const THREAD: u64 = 1;
/// Words of output that are printed at a stop.
const PRINTED: usize = 1000;

/// What the client has set. It outlives a restart.
#[derive(Default)]
pub struct Settings {
    /// What it said of itself.
    pub client: Initialize,
    /// What it launched.
    pub launch: Launch,
    /// Its breakpoints, each with its number: on lines,
    pub lines: Vec<(u64, SourceBreakpoint)>,
    /// on labels,
    pub functions: Vec<(u64, FunctionBreakpoint)>,
    /// on instructions,
    pub instructions: Vec<(u64, InstructionBreakpoint)>,
    /// and on heap cells.
    pub data: Vec<(u64, DataBreakpoint)>,
    /// The traps it wants to hear of; all unless it has said.
    pub filters: Option<Vec<String>>,
    /// The number of the last breakpoint.
    pub last_id: u64,
}

impl Settings {
    /// A line as the client counts, from one that counts from 1.
    pub fn line_out(&self, line: u32) -> i64 {
        i64::from(line) - i64::from(!self.client.lines_start_at_1)
    }

    /// A line that counts from 1, from one as the client counts.
    pub fn line_in(&self, line: i64) -> u32 {
        let line = line.saturating_add(i64::from(!self.client.lines_start_at_1));
        u32::try_from(line.max(0)).unwrap_or(u32::MAX)
    }

    /// A column as the client counts, from one that counts from 1.
    pub fn column_out(&self, column: usize) -> usize {
        column.saturating_sub(usize::from(!self.client.columns_start_at_1))
    }

    /// Whether a trap is one to stop at as at something that went wrong.
    fn wants(&self, trap: &Trap) -> bool {
        let category = requests::breakpoints::category(&trap.reason);
        let filters = self.filters.as_ref();
        filters.is_none_or(|filters| filters.iter().any(|filter| filter == category))
    }
}

/// How a session ends.
pub enum Over {
    /// For good.
    Closed,
    /// To begin again, with what was read anew.
    Restart(Box<Debuggee>),
}

/// A movement on its way, and what the client is told if it comes to its goal.
pub struct Underway {
    motion: Motion,
    reason: &'static str,
}

/// A session with a program.
pub struct Session<'a> {
    pub debuggee: &'a Debuggee,
    pub settings: &'a mut Settings,
    pub recording: Recording<'a>,
    pub stops: Stops,
    pub load: &'a Load,
    /// What is to be told once the request at hand is answered.
    pub events: Vec<(&'static str, Value)>,
    pub over: Option<Over>,
    wire: &'a mut Wire,
    /// What is on its way, if the program is not stopped.
    underway: Option<Underway>,
    /// The files that what runs was read from.
    files: Vec<WatchedFile>,
    /// Words of the public output that were printed.
    printed: usize,
    /// What the last step did, once somebody asked, and at which position.
    last_step: Option<(u64, Option<LastStep>)>,
}

impl<'a> Session<'a> {
    /// A session at the beginning of the run.
    pub fn new(
        debuggee: &'a Debuggee,
        settings: &'a mut Settings,
        wire: &'a mut Wire,
        load: &'a Load,
        is_restart: bool,
    ) -> Self {
        let recording = Recording::new(&debuggee.program, &debuggee.inputs, debuggee.limits);
        let mut session = Session {
            debuggee,
            settings,
            recording,
            stops: Stops::default(),
            load,
            events: Vec::new(),
            over: None,
            wire,
            underway: None,
            files: debuggee.files.clone(),
            printed: 0,
            last_step: None,
        };
        if is_restart {
            requests::breakpoints::resolve_again(&mut session);
            session.begin();
            session.tell();
        }
        session
    }

    /// Serves the client to the end.
    pub fn run(mut self, incoming: &Incoming) -> Over {
        loop {
            let frame = match self.underway {
                Some(_) => incoming.poll(),
                None => incoming.next().map(Some).ok_or(Gone),
            };
            match frame {
                Err(Gone) => return Over::Closed,
                Ok(None) => self.advance(),
                Ok(Some(frame)) => {
                    if let Some(request) = take(frame, self.wire) {
                        let command = shortened(&request.command);
                        let span = debug_span!(target: DAP, "request", command = &*command);
                        let answer = span.in_scope(|| requests::answer(&mut self, &request));
                        self.wire.respond(&request, answer);
                        if self.underway.is_none() && self.over.is_none() {
                            self.look_at_files();
                        }
                    }
                }
            }
            self.tell();
            if let Some(over) = self.over.take() {
                return over;
            }
        }
    }

    /// What expressions are about.
    pub fn view(&self) -> View<'_> {
        View {
            machine: self.recording.machine(),
            inputs: self.recording.inputs(),
        }
    }

    fn tell(&mut self) {
        for (event, body) in std::mem::take(&mut self.events) {
            self.wire.event(event, body);
        }
    }

    /// Says something in the client's console, after the answer at hand.
    pub fn say(&mut self, category: &'static str, text: impl std::fmt::Display) {
        let body = json!({ "category": category, "output": format!("{text}\n") });
        self.events.push(("output", body));
    }

    /// Says which files are no longer what runs.
    fn look_at_files(&mut self) {
        let mut files = std::mem::take(&mut self.files);
        for said in files.iter_mut().filter_map(WatchedFile::news) {
            self.say("important", said);
        }
        self.files = files;
    }

    /// The first movement, once the client has set what it wants to.
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
        self.underway = Some(Underway { motion, reason });
    }

    /// Begins to move back.
    pub fn back(&mut self, goal: Goal, reason: &'static str) {
        let motion = Motion::back(goal, &mut self.recording, &self.stops);
        self.underway = Some(Underway { motion, reason });
    }

    /// Begins to move to a position.
    pub fn go_to(&mut self, position: u64, reason: &'static str) {
        let motion = Motion::to(position, &mut self.recording);
        self.underway = Some(Underway { motion, reason });
    }

    /// Tells that the program moves, for a request from which no client would know: one that keeps what it was told of
    /// the last stop would show that. It is told before the answer, since clients may take events that follow each
    /// other for one, and the next may be a stop.
    pub fn leave(&mut self) {
        let body = json!({ "threadId": THREAD, "allThreadsContinued": true });
        self.wire.event("continued", body);
    }

    /// Whether nothing is on its way.
    ///
    /// # Errors
    /// While the program moves; `notStopped` is the protocol's word.
    pub fn must_be_stopped(&self) -> Result<(), Problem> {
        match self.underway {
            None => Ok(()),
            Some(_) => Err(Problem::new("notStopped")),
        }
    }

    /// Stops what is on its way.
    pub fn pause(&mut self) {
        if let Some(underway) = self.underway.take() {
            underway.motion.abandon(&mut self.recording);
            self.stopped("pause", "paused", Vec::new());
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

    fn advance(&mut self) {
        let Some(underway) = &mut self.underway else {
            return;
        };
        let reason = underway.reason;
        let arrived = underway.motion.advance(&mut self.recording, &self.stops);
        let lines = underway.motion.take_lines();
        let complaint = underway.motion.take_complaint();
        if !lines.is_empty() {
            self.say("console", lines.join("\n"));
        }
        if let Some(complaint) = complaint {
            self.say("important", complaint);
        }
        if let Some(arrived) = arrived {
            self.underway = None;
            self.arrive(arrived, reason);
        }
    }

    fn arrive(&mut self, arrived: Arrived, reason: &'static str) {
        match arrived {
            Arrived::Goal => self.stopped(reason, "", Vec::new()),
            Arrived::Hit(hit) => self.stopped(hit.reason, hit.reason, hit.ids),
            Arrived::Nowhere => {
                self.say("important", "the run does not come there");
                self.stopped("goto", "", Vec::new());
            }
            Arrived::Beginning => self.stopped("entry", "the beginning of the run", Vec::new()),
            Arrived::End => self.at_end(),
        }
    }

    fn at_end(&mut self) {
        self.print();
        let steps = plural(self.recording.position() as usize, "step");
        let trap = match self.recording.machine().ending() {
            Some(Err(trap)) => Some(trap.clone()),
            _ => None,
        };
        let launch = &self.settings.launch;
        if launch.no_debug || launch.stop_on_end == Some(false) {
            if let Some(trap) = &trap {
                self.say("stderr", trap);
            }
            return self.terminate();
        }
        match trap {
            Some(trap) => {
                let reason = match self.settings.wants(&trap) {
                    true => "exception",
                    false => "end",
                };
                self.say("stderr", format!("trapped after {steps}: {trap}"));
                self.stopped(reason, &format!("trapped: {}", trap.reason), Vec::new());
            }
            None => {
                self.say(
                    "console",
                    format!("halted after {steps}; step back to look around, or continue to end the session"),
                );
                self.stopped("end", &format!("halted after {steps}"), Vec::new());
            }
        }
    }

    /// Ends the run for the client. What was run can still be looked at, until it disconnects.
    pub fn terminate(&mut self) {
        self.underway = None;
        self.print();
        let trapped = matches!(self.recording.machine().ending(), Some(Err(_)));
        if self.recording.machine().has_ended() {
            let body = json!({ "exitCode": i32::from(trapped) });
            self.events.push(("exited", body));
        }
        self.events.push(("terminated", Value::Null));
    }

    /// Tells that the program has stopped here.
    pub fn stopped(&mut self, reason: &str, description: &str, hits: Vec<u64>) {
        self.print();
        self.look_at_files();
        let position = self.recording.position();
        let mut told = match description {
            "" => format!("step {position}"),
            description => format!("{description} · step {position}"),
        };
        if !self.recording.edits().is_empty() {
            told.push_str(" · what if");
        }
        let mut body = json!({
            "reason": reason,
            "description": told,
            "threadId": THREAD,
            "allThreadsStopped": true,
        });
        if let Some(fields) = body.as_object_mut() {
            if let ("exception", Some(Err(trap))) = (reason, self.recording.machine().ending()) {
                fields.insert("text".into(), json!(trap.reason.to_string()));
            }
            if !hits.is_empty() {
                fields.insert("hitBreakpointIds".into(), json!(hits));
            }
        }
        self.events.push(("stopped", body));
    }

    /// After a change of the state: what was seen of it no longer holds.
    pub fn changed(&mut self) {
        self.last_step = None;
        // What a run wrote before, it writes again.
        self.printed = self.printed.min(self.recording.machine().outputs().len());
        if self.settings.client.supports_invalidated_event {
            let body = json!({ "areas": ["threads", "stacks", "variables"], "threadId": THREAD });
            self.events.push(("invalidated", body));
        }
    }

    /// Prints what the program wrote, the first time that it is seen to.
    fn print(&mut self) {
        let outputs = self.recording.machine().outputs();
        let new = outputs.get(self.printed..).unwrap_or_default();
        if new.is_empty() {
            return;
        }
        let mut text = String::new();
        for word in new.iter().take(PRINTED) {
            text.push_str(&format!("{word}\n"));
        }
        if new.len() > PRINTED {
            text.push_str(&format!("… and {} more\n", new.len() - PRINTED));
        }
        self.printed = outputs.len();
        let body = json!({ "category": "stdout", "output": text });
        self.events.push(("output", body));
    }
}
