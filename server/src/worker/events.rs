//! What the worker writes: one message a line, and progress at a pace that a person can follow.

use super::protocol::{JobError, LINE_LIMIT, Message, encode};
use crate::logging::targets;
use provable::proof::Progress;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::trace;

/// The least time between two messages of progress in one phase.
const PACE: Duration = Duration::from_millis(50);

/// Writes a message. When nobody reads any more, the process ends.
pub fn send(message: &Message) {
    let line = match encode(message) {
        Ok(line) if line.len() <= LINE_LIMIT => line,
        Ok(_) => instead(message, "the answer is larger than a message may be".into()),
        Err(error) => instead(message, format!("the answer has no JSON form: {error}")),
    };
    let (job, kind, bytes) = (message.id(), message.name(), line.len());
    trace!(target: targets::WORKER, job, kind, bytes, "answered");
    let mut stdout = std::io::stdout().lock();
    if stdout
        .write_all(&line)
        .and_then(|()| stdout.flush())
        .is_err()
    {
        std::process::exit(1);
    }
}

/// The failure that is sent where a message cannot be.
fn instead(message: &Message, reason: String) -> Vec<u8> {
    let failed = Message::Failed {
        id: message.id(),
        error: JobError::new(reason),
    };
    encode(&failed).unwrap_or_default()
}

/// How far a job is, over all of its parts. It never goes back.
pub struct JobProgress {
    id: u64,
    shown: Mutex<Shown>,
}

struct Shown {
    phase: String,
    fraction: f64,
    at: Option<Instant>,
}

impl JobProgress {
    /// Nothing is done yet.
    pub fn new(id: u64) -> Self {
        let shown = Mutex::new(Shown {
            phase: String::new(),
            fraction: 0.0,
            at: None,
        });
        JobProgress { id, shown }
    }

    /// A part of the job, from one fraction of it to another.
    pub fn part(&self, from: f64, to: f64) -> Part<'_> {
        Part {
            whole: self,
            from,
            to,
        }
    }

    fn show(&self, phase: &str, fraction: f64) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        // A new phase is always said: it may be long before the next word.
        let waits = shown.at.is_some_and(|at| at.elapsed() < PACE);
        if waits && shown.phase == phase {
            return;
        }
        let fraction = fraction.clamp(0.0, 1.0).max(shown.fraction);
        *shown = Shown {
            phase: phase.to_string(),
            fraction,
            at: Some(Instant::now()),
        };
        send(&Message::Progress {
            id: self.id,
            phase: phase.to_string(),
            fraction,
        });
    }
}

impl Progress for JobProgress {
    fn phase(&self, name: &str, fraction: f64) {
        self.show(name, fraction);
    }
}

/// A part of a job, whose own progress goes from 0 to 1.
pub struct Part<'a> {
    whole: &'a JobProgress,
    from: f64,
    to: f64,
}

impl Progress for Part<'_> {
    fn phase(&self, name: &str, fraction: f64) {
        let fraction = self.from + (self.to - self.from) * fraction;
        self.whole.show(name, fraction);
    }
}
