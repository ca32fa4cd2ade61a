//! The progress of a job, at a rate that a person can follow.

use super::output::send;
use super::protocol::Message;
use crate::mutex::lock;
use provable::progress::Progress;
use provable_host::clock::Instant;
use std::sync::Mutex;
use std::time::Duration;

/// The least time between two messages of progress in one phase.
const MIN_INTERVAL: Duration = Duration::from_millis(50);

/// How far a job is, from 0 to 1 over all of its parts. It never goes back.
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
    /// The progress of a job that begins.
    pub fn new(id: u64) -> Self {
        let shown = Mutex::new(Shown {
            phase: String::new(),
            fraction: 0.0,
            at: None,
        });
        JobProgress { id, shown }
    }

    /// A part of the job, from one fraction of it to another.
    #[cfg(feature = "prover")]
    pub fn part(&self, from: f64, to: f64) -> Part<'_> {
        Part {
            whole: self,
            from,
            to,
        }
    }

    fn show(&self, phase: &str, fraction: f64) {
        let mut shown = lock(&self.shown);
        // A new phase is always sent: it may take long until the next message.
        let is_early = shown.at.is_some_and(|at| at.elapsed() < MIN_INTERVAL);
        if is_early && shown.phase == phase {
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
#[cfg(feature = "prover")]
pub struct Part<'a> {
    whole: &'a JobProgress,
    from: f64,
    to: f64,
}

#[cfg(feature = "prover")]
impl Progress for Part<'_> {
    fn phase(&self, name: &str, fraction: f64) {
        let fraction = self.from + (self.to - self.from) * fraction;
        self.whole.show(name, fraction);
    }
}
