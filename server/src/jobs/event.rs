//! What happens to jobs.

use crate::worker::protocol::{Answer, JobError};

/// A job's number. Later jobs have larger ones.
pub type JobId = u64;

/// What happens to a job. Each job that is submitted has one `Queued`, then at most one `Started`, then any number of
/// `Progress`, and last exactly one `Ended`.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // each is moved once, through a channel
pub enum Event {
    /// It waits.
    Queued {
        /// The job.
        id: JobId,
        /// How many jobs are before it, the running one included.
        position: usize,
    },
    /// The worker has it.
    Started {
        /// The job.
        id: JobId,
    },
    /// How far it is. There are at most 20 of these a second in one phase.
    Progress {
        /// The job.
        id: JobId,
        /// What the worker does at present.
        phase: String,
        /// From 0 to 1, over the whole job; it never goes back.
        fraction: f64,
    },
    /// It ended.
    Ended {
        /// The job.
        id: JobId,
        /// How.
        ending: Ending,
    },
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// With an answer.
    Done(Answer),
    /// With an error.
    Failed(JobError),
    /// It was cancelled, also by the shutdown of the server.
    Cancelled,
    /// A newer job of the same document replaced it.
    Superseded,
    /// The worker could not be started, or ended. This is what happened, for a person.
    WorkerDied(String),
}

impl Ending {
    /// The name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Ending::Done(_) => "done",
            Ending::Failed(_) => "failed",
            Ending::Cancelled => "cancelled",
            Ending::Superseded => "superseded",
            Ending::WorkerDied(_) => "the worker died",
        }
    }
}
