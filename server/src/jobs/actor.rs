//! The actor: owns the queue, the running job and the child, and is the only one to say what happened to a job.

use super::child::{Child, Heard};
use super::queue::{JobKind, Queue, Waiting};
use super::{Ending, Event, JobId};
use crate::logging::targets;
use crate::worker::protocol::{Job, JobError, LINE_LIMIT, Message, encode};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tracing::{debug, info, trace, warn};

/// What the actor is told to do.
#[derive(Debug)]
pub enum Command {
    /// Take a job.
    Submit(Waiting),
    /// Cancel a job.
    Cancel(JobId),
    /// Cancel every job of a document.
    CancelDocument(String),
    /// Cancel every job and end.
    ShutDown(oneshot::Sender<()>),
}

/// The actor.
pub struct Actor {
    program: PathBuf,
    arguments: Vec<OsString>,
    events: mpsc::UnboundedSender<Event>,
    commands: mpsc::UnboundedReceiver<Command>,
    queue: Queue,
    running: Option<Running>,
    child: Option<Child>,
    /// The child before, while the system still takes it apart. The next one waits for its memory.
    dying: Option<JoinHandle<()>>,
}

/// The job that the child has.
struct Running {
    id: JobId,
    document: String,
    kind: JobKind,
    since: Instant,
}

impl Actor {
    /// An actor with nothing to do.
    pub fn new(
        program: PathBuf,
        arguments: Vec<OsString>,
        events: mpsc::UnboundedSender<Event>,
        commands: mpsc::UnboundedReceiver<Command>,
    ) -> Self {
        Actor {
            program,
            arguments,
            events,
            commands,
            queue: Queue::default(),
            running: None,
            child: None,
            dying: None,
        }
    }

    /// Works until it is shut down or nobody can tell it anything any more.
    pub async fn run(mut self) {
        let mut is_down = None;
        loop {
            while self.dying.is_none() && self.running.is_none() && self.start_next() {}
            tokio::select! {
                // A command first: a job that is cancelled just as it ends is cancelled.
                biased;
                command = self.commands.recv() => match command {
                    Some(Command::Submit(job)) => self.submit(job).await,
                    Some(Command::Cancel(id)) => self.cancel(|job, _| job == id).await,
                    Some(Command::CancelDocument(document)) => {
                        self.cancel(|_, of| of == document).await;
                    }
                    Some(Command::ShutDown(done)) => {
                        is_down = Some(done);
                        break;
                    }
                    None => break,
                },
                () = gone(&mut self.dying) => self.dying = None,
                heard = hear(&mut self.child) => self.heard(heard).await,
            }
        }
        // What was sent before this is still there and ends as everything does; what comes later is refused.
        self.commands.close();
        self.cancel(|_, _| true).await;
        self.kill().await;
        if self.dying.is_some() {
            gone(&mut self.dying).await;
        }
        while let Some(command) = self.commands.recv().await {
            if let Command::Submit(job) = command {
                self.end(job.id, Ending::Cancelled);
            }
        }
        if let Some(done) = is_down {
            let _ = done.send(());
        }
    }

    async fn submit(&mut self, job: Waiting) {
        let (id, kind) = (job.id, JobKind::of(&job.request));
        let replaces =
            |older: &Running| older.document == job.document && kind.supersedes(older.kind);
        if self.running.as_ref().is_some_and(replaces) {
            self.stop(Ending::Superseded).await;
        }
        for superseded in self.queue.push(job) {
            self.end(superseded, Ending::Superseded);
        }
        let before = self.queue.len().saturating_sub(1);
        let position = before + usize::from(self.running.is_some());
        info!(target: targets::JOBS, job = id, kind = kind.name(), position, "queued");
        self.say(Event::Queued { id, position });
    }

    /// Cancels jobs by number and document.
    async fn cancel(&mut self, wanted: impl Fn(JobId, &str) -> bool) {
        for id in self.queue.take(|job| wanted(job.id, &job.document)) {
            self.end(id, Ending::Cancelled);
        }
        let is_running = |job: &Running| wanted(job.id, &job.document);
        if self.running.as_ref().is_some_and(is_running) {
            self.stop(Ending::Cancelled).await;
        }
    }

    /// Hands the next job to the child, which is started if there is none. Whether there was a job.
    fn start_next(&mut self) -> bool {
        let Some(Waiting {
            id,
            document,
            request,
        }) = self.queue.pop()
        else {
            return false;
        };
        let kind = JobKind::of(&request);
        let line = match encode(&Job { id, request }) {
            Ok(line) if line.len() <= LINE_LIMIT => line,
            Ok(_) => {
                let most = LINE_LIMIT >> 20;
                let message = format!("the program and its inputs are larger than {most} MiB");
                self.end(id, Ending::Failed(JobError::new(message)));
                return true;
            }
            Err(error) => {
                let message = format!("the request cannot be sent to the worker: {error}");
                self.end(id, Ending::Failed(JobError::new(message)));
                return true;
            }
        };
        if self.child.is_none() {
            match Child::start(&self.program, &self.arguments) {
                Ok(child) => self.child = Some(child),
                Err(error) => {
                    let program = self.program.display();
                    let message = format!("the worker {program} cannot be started: {error}");
                    self.end(id, Ending::WorkerDied(message));
                    return true;
                }
            }
        }
        let bytes = line.len();
        if let Some(child) = &self.child {
            child.send(line);
        }
        trace!(target: targets::WORKER, job = id, kind = kind.name(), bytes, "sent");
        info!(target: targets::JOBS, job = id, kind = kind.name(), "started");
        self.say(Event::Started { id });
        let since = Instant::now();
        self.running = Some(Running {
            id,
            document,
            kind,
            since,
        });
        true
    }

    /// Takes in what the child said. Messages of jobs that are over are too late to matter.
    async fn heard(&mut self, heard: Heard) {
        let is_running = |id: JobId| self.running.as_ref().is_some_and(|job| job.id == id);
        match heard {
            Heard::Message(Message::Progress {
                id,
                phase,
                fraction,
            }) if is_running(id) => self.say(Event::Progress {
                id,
                phase,
                fraction,
            }),
            Heard::Message(Message::Done { id, answer }) if is_running(id) => {
                self.finish(Ending::Done(*answer));
            }
            // A line that was no job can only have been the running one's.
            Heard::Message(Message::Failed { id, error }) if id.is_none_or(is_running) => {
                self.finish(Ending::Failed(error));
            }
            Heard::Message(_) => {}
            Heard::Nonsense(what) => {
                self.kill().await;
                self.finish(Ending::WorkerDied(format!("the worker {what}")));
            }
            Heard::Nothing => {
                let how = match self.child.take() {
                    Some(child) => child.end().await,
                    None => "is gone".into(),
                };
                warn!(target: targets::WORKER, how, "the worker is gone");
                self.finish(Ending::WorkerDied(format!("the worker {how}")));
            }
        }
    }

    /// Stops the running job, and says so when the child does nothing any more.
    async fn stop(&mut self, ending: Ending) {
        self.kill().await;
        self.finish(ending);
    }

    async fn kill(&mut self) {
        if let Some(child) = self.child.take() {
            self.dying = child.kill().await;
        }
    }

    /// The running job is over.
    fn finish(&mut self, ending: Ending) {
        if let Some(job) = self.running.take() {
            let ms = job.since.elapsed().as_millis() as u64;
            debug!(target: targets::JOBS, job = job.id, kind = job.kind.name(), ms, "worked on");
            self.end(job.id, ending);
        }
    }

    fn end(&self, id: JobId, ending: Ending) {
        info!(target: targets::JOBS, job = id, how = ending.name(), "ended");
        self.say(Event::Ended { id, ending });
    }

    /// That nobody listens is no reason to stop.
    fn say(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

/// Waits until a dying child is gone; without one, for ever.
async fn gone(dying: &mut Option<JoinHandle<()>>) {
    match dying {
        Some(dying) => drop(dying.await),
        None => std::future::pending().await,
    }
}

/// What the child says next; without a child, nothing ever.
async fn hear(child: &mut Option<Child>) -> Heard {
    match child {
        Some(child) => child.hear().await,
        None => std::future::pending().await,
    }
}
