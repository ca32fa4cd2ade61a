//! The handle to the jobs.

use super::actor::{Actor, Command};
use super::event::{Ending, Event, JobId};
use super::queue::QueuedJob;
use crate::worker::protocol::Request;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{mpsc, oneshot};

/// A handle to the jobs. When the last one is dropped, all jobs are cancelled and the worker ends.
#[derive(Clone, Debug)]
pub struct Jobs {
    commands: mpsc::UnboundedSender<Command>,
    events: mpsc::UnboundedSender<Event>,
    last: Arc<AtomicU64>,
}

impl Jobs {
    /// Begins without jobs. `program` with `arguments` is the worker (`provable worker --keys DIR`), which is started for
    /// the first job and kept. To be called within a tokio runtime.
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

    /// Submits a job of a document. It is queued last. Older jobs of the same document that it replaces are superseded,
    /// also the running one (`JobKind::supersedes`).
    pub fn submit(&self, document: String, request: Request) -> JobId {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let job = QueuedJob {
            id,
            document,
            request,
        };
        if self.commands.send(Command::Submit(job)).is_err() {
            // After a shutdown there is no actor that reports it.
            let ending = Ending::Cancelled;
            let _ = self.events.send(Event::Ended { id, ending });
        }
        id
    }

    /// Cancels a job. Nothing happens to a job that has ended.
    pub fn cancel(&self, id: JobId) {
        let _ = self.commands.send(Command::Cancel(id));
    }

    /// Cancels every job of a document.
    pub fn cancel_document(&self, document: &str) {
        let _ = self
            .commands
            .send(Command::CancelDocument(document.to_string()));
    }

    /// Cancels every job and ends the worker. Returns when the process has ended. Jobs that are submitted later are
    /// cancelled at once.
    pub async fn shut_down(&self) {
        let (done, is_done) = oneshot::channel();
        if self.commands.send(Command::ShutDown(done)).is_ok() {
            let _ = is_done.await;
        }
    }
}
