//! What a session tells the client by events: stops, the end, output, changed files.

use super::state::{Session, THREAD};
use crate::dap::watched_file::WatchedFile;
use provable::lang::quote::plural;
use serde_json::{Value, json};

/// Words of output that are printed at a stop.
const PRINTED: usize = 1000;

impl Session<'_> {
    /// Prints a text in the client's console, after the answer to the current request.
    pub fn print_to_console(&mut self, category: &'static str, text: impl std::fmt::Display) {
        let body = json!({ "category": category, "output": format!("{text}\n") });
        self.events.push(("output", body));
    }

    /// Reports the files that differ from what runs.
    pub(super) fn report_changed_files(&mut self) {
        let mut files = std::mem::take(&mut self.files);
        for notice in files.iter_mut().filter_map(WatchedFile::change_notice) {
            self.print_to_console("important", notice);
        }
        self.files = files;
    }

    /// Announces that the program moves, after a request from which a client cannot know it: else it would go on showing
    /// the last stop. The event goes out before the answer, since clients may take events that follow each other for
    /// one, and the next may be a stop.
    pub fn announce_continued(&mut self) {
        let body = json!({ "threadId": THREAD, "allThreadsContinued": true });
        self.wire.event("continued", body);
    }

    /// Reports the end of the run.
    pub(super) fn at_end(&mut self) {
        self.print_output();
        let steps = plural(self.recording.position() as usize, "step");
        let trap = match self.recording.machine().ending() {
            Some(Err(trap)) => Some(trap.clone()),
            _ => None,
        };
        let launch = &self.settings.launch;
        if launch.no_debug || launch.stop_on_end == Some(false) {
            if let Some(trap) = &trap {
                let text = self.debuggee.trap_text(trap);
                self.print_to_console("stderr", text);
            }
            return self.terminate();
        }
        match trap {
            Some(trap) => {
                let reason = match self.settings.is_exception(&trap) {
                    true => "exception",
                    false => "end",
                };
                let text = self.debuggee.trap_text(&trap);
                self.print_to_console("stderr", format!("trapped after {steps}: {text}"));
                self.stopped(reason, &format!("trapped: {}", trap.reason), Vec::new());
            }
            None => {
                self.print_to_console(
                    "console",
                    format!("halted after {steps}; step back to look around, or continue to end the session"),
                );
                self.stopped("end", &format!("halted after {steps}"), Vec::new());
            }
        }
    }

    /// Ends the run for the client. What was run can still be looked at, until it disconnects.
    pub fn terminate(&mut self) {
        self.moving = None;
        self.print_output();
        let trapped = matches!(self.recording.machine().ending(), Some(Err(_)));
        if self.recording.machine().has_ended() {
            let body = json!({ "exitCode": i32::from(trapped) });
            self.events.push(("exited", body));
        }
        self.events.push(("terminated", Value::Null));
    }

    /// Announces that the program has stopped here.
    pub fn stopped(&mut self, reason: &str, description: &str, hits: Vec<u64>) {
        self.print_output();
        self.report_changed_files();
        let position = self.recording.position();
        let mut description = match description {
            "" => format!("step {position}"),
            description => format!("{description} · step {position}"),
        };
        if !self.recording.edits().is_empty() {
            description.push_str(" · what if");
        }
        let mut body = json!({
            "reason": reason,
            "description": description,
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
    pub fn state_changed(&mut self) {
        self.last_step = None;
        // Output after this position is printed again when it is written again.
        self.printed = self.printed.min(self.recording.machine().outputs().len());
        if self.settings.client.supports_invalidated_event {
            let body = json!({ "areas": ["threads", "stacks", "variables"], "threadId": THREAD });
            self.events.push(("invalidated", body));
        }
    }

    /// Prints what the program wrote since the last time.
    fn print_output(&mut self) {
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
