//! The server's side of the proof worker: one job at a time in a child process, the others waiting in order. Knows no
//! editor; whoever submits hears of each job through [`Event`]s.
//!
//! An actor owns the queue and the child; [`Jobs`] is a handle to it, and none of its methods waits for a job. A job
//! that is cancelled while it runs is stopped by killing the child: it holds nothing that anyone else needs, and
//! what it writes appears whole or not at all.

mod actor;
mod child;
mod queue;

use crate::worker::protocol::{Answer, JobError, Request};
use actor::{Actor, Command};
pub use queue::JobKind;
use queue::Waiting;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{mpsc, oneshot};

/// A job's number. Later jobs have larger ones.
pub type JobId = u64;

/// What happens to a job. Of each that is submitted: `Queued` once, then `Started` at most once, then `Progress`, and
/// `Ended` exactly once, last.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // each is moved once, through a channel
pub enum Event {
    /// It waits.
    Queued {
        /// The job.
        id: JobId,
        /// How many are before it, the running one included.
        position: usize,
    },
    /// It is with the worker.
    Started {
        /// The job.
        id: JobId,
    },
    /// It has come this far. Of one phase there are at most 20 a second.
    Progress {
        /// The job.
        id: JobId,
        /// What the worker does now.
        phase: String,
        /// From 0 to 1, over the whole job; it never goes back.
        fraction: f64,
    },
    /// It is over.
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
    /// It could not be done.
    Failed(JobError),
    /// It was cancelled, or the server shuts down.
    Cancelled,
    /// A newer request for the same document took its place.
    Superseded,
    /// The worker could not be started or ended by itself; this is what happened, for a person.
    WorkerDied(String),
}

impl Ending {
    /// The word for it.
    fn name(&self) -> &'static str {
        match self {
            Ending::Done(_) => "done",
            Ending::Failed(_) => "failed",
            Ending::Cancelled => "cancelled",
            Ending::Superseded => "superseded",
            Ending::WorkerDied(_) => "the worker died",
        }
    }
}

/// A handle to the jobs. When the last one is dropped, all jobs are cancelled and the worker ends.
#[derive(Clone, Debug)]
pub struct Jobs {
    commands: mpsc::UnboundedSender<Command>,
    events: mpsc::UnboundedSender<Event>,
    last: Arc<AtomicU64>,
}

impl Jobs {
    /// No jobs yet. `program` with `arguments` is the worker (`provable worker --keys DIR`); it is started for the
    /// first job and kept. To be called where tokio runs.
    pub fn start(
        program: PathBuf,
        arguments: Vec<OsString>,
        events: mpsc::UnboundedSender<Event>,
    ) -> Jobs {
        let (commands, received) = mpsc::unbounded_channel();
        let actor = Actor::new(program, arguments, events.clone(), received);
        tokio::spawn(actor.run());
        Jobs {
            commands,
            events,
            last: Arc::default(),
        }
    }

    /// Submits a job about a document. It goes last; jobs of the same document that it makes pointless are superseded,
    /// the running one too: a request supersedes its like, and a proof supersedes everything.
    pub fn submit(&self, document: String, request: Request) -> JobId {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let job = Waiting {
            id,
            document,
            request,
        };
        if self.commands.send(Command::Submit(job)).is_err() {
            // After a shutdown nobody else would say so.
            let ending = Ending::Cancelled;
            let _ = self.events.send(Event::Ended { id, ending });
        }
        id
    }

    /// Cancels a job. One that is over already stays as it is.
    pub fn cancel(&self, id: JobId) {
        let _ = self.commands.send(Command::Cancel(id));
    }

    /// Cancels every job of a document.
    pub fn cancel_document(&self, document: &str) {
        let _ = self
            .commands
            .send(Command::CancelDocument(document.to_string()));
    }

    /// Cancels every job and ends the worker; returns when it is gone. Jobs that are submitted later are cancelled at
    /// once.
    pub async fn shut_down(&self) {
        let (done, is_done) = oneshot::channel();
        if self.commands.send(Command::ShutDown(done)).is_ok() {
            let _ = is_done.await;
        }
    }
}
