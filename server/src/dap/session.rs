//! A session with a program: the place in its run, what the client has set, and the loop that serves both.

use super::motion::{Arrived, Goal, Motion};
use super::protocol::breakpoints::SetBreakpoints;
use super::protocol::launch::{Initialize, Launch};
use super::protocol::Problem;
use super::requests;
use super::start::take;
use super::stops::Stops;
use super::wire::{Incoming, Wire};
use super::{Debuggee, Load};
use provable_core::vm::replay::Recording;
use serde_json::{json, Value};

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
    /// Its breakpoints on lines.
    pub lines: Option<SetBreakpoints>,
    /// The number of the next breakpoint.
    pub next_id: u64,
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

    /// A column as the client counts.
    pub fn column_out(&self, column: u32) -> i64 {
        i64::from(column) - i64::from(!self.client.columns_start_at_1)
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
    pub motion: Motion,
    pub reason: &'static str,
}

/// A session with a program.
pub struct Session<'a> {
    pub debuggee: &'a Debuggee,
    pub settings: &'a mut Settings,
    pub recording: Recording<'a>,
    pub stops: Stops,
    pub wire: &'a mut Wire,
    pub load: &'a Load,
    /// What is on its way, if the program is not stopped.
    pub underway: Option<Underway>,
    /// What is to be told once the request at hand is answered.
    pub events: Vec<(&'static str, Value)>,
    pub over: Option<Over>,
    /// Words of the public output that were printed.
    printed: usize,
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
            wire,
            load,
            underway: None,
            events: Vec::new(),
            over: None,
            printed: 0,
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
                None => incoming.next().map(Some).ok_or(super::wire::Gone),
            };
            match frame {
                Err(_) => return Over::Closed,
                Ok(None) => self.advance(),
                Ok(Some(frame)) => {
                    if let Some(request) = take(frame, self.wire) {
                        let answer = requests::answer(&mut self, &request);
                        self.wire.respond(&request, answer);
                    }
                }
            }
            self.tell();
            if let Some(over) = self.over.take() {
                return over;
            }
        }
    }

    fn tell(&mut self) {
        for (event, body) in std::mem::take(&mut self.events) {
            self.wire.event(event, body);
        }
    }

    /// The first movement, once the client has set what it wants to.
    pub fn begin(&mut self) {
        let launch = &self.settings.launch;
        match (launch.stop_at_step, launch.stop_on_entry) {
            (Some(step), _) if !launch.no_debug => {
                self.go(Motion::Forward(Goal::Position(step)), "goto");
                if self.recording.position() == step {
                    self.underway = None;
                    self.stopped("entry", Vec::new());
                }
            }
            (_, true) if !launch.no_debug => self.stopped("entry", Vec::new()),
            _ => self.go(Motion::Forward(Goal::Stop), "pause"),
        }
    }

    /// Begins a movement.
    pub fn go(&mut self, motion: Motion, reason: &'static str) {
        self.underway = Some(Underway { motion, reason });
    }

    /// # Errors
    /// While the program moves.
    pub fn must_be_stopped(&self) -> Result<(), Problem> {
        match self.underway {
            None => Ok(()),
            Some(_) => Err(Problem::new("notStopped")),
        }
    }

    fn advance(&mut self) {
        let Some(underway) = &mut self.underway else {
            return;
        };
        let reason = underway.reason;
        let Some(arrived) = underway.motion.advance(&mut self.recording, &self.stops) else {
            return;
        };
        self.underway = None;
        match arrived {
            Arrived::Goal => self.stopped(reason, Vec::new()),
            Arrived::Hit(hit) => self.stopped(hit.reason, hit.ids),
            Arrived::Beginning => self.stopped("entry", Vec::new()),
            Arrived::End => self.at_end(),
        }
    }

    fn at_end(&mut self) {
        let launch = &self.settings.launch;
        if launch.no_debug || launch.stop_on_end == Some(false) {
            self.print();
            self.terminate();
        } else {
            self.stopped("end", Vec::new());
        }
    }

    /// Ends the run for the client.
    pub fn terminate(&mut self) {
        self.underway = None;
        self.events.push(("terminated", Value::Null));
    }

    /// Tells that the program has stopped here.
    pub fn stopped(&mut self, reason: &str, hits: Vec<u64>) {
        self.print();
        let mut body = json!({
            "reason": reason,
            "threadId": THREAD,
            "allThreadsStopped": true,
        });
        if let (Some(fields), false) = (body.as_object_mut(), hits.is_empty()) {
            fields.insert("hitBreakpointIds".into(), json!(hits));
        }
        self.events.push(("stopped", body));
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
        self.events
            .push(("output", json!({ "category": "stdout", "output": text })));
    }
}
