//! The actor, which owns the queue, the running job and the child process. Only it reports what happens to jobs.

use super::child::{Child, Output};
use super::event::{Ending, Event, JobId};
use super::queue::{Queue, QueuedJob};
use crate::logging::targets;
use crate::worker::job_kind::JobKind;
use crate::worker::protocol::{Job, JobError, LINE_LIMIT, Message, encode};
use provable_host::clock::Instant;
use std::ffi::OsString;
use std::path::PathBuf;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tracing::{debug, info, trace, warn};

/// What the actor is told to do.
#[derive(Debug)]
pub enum Command {
    /// Queue a job.
    Submit(QueuedJob),
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
    /// The child process that was killed last, until the system has freed its memory. The next one waits for that.
    dying: Option<JoinHandle<()>>,
}

/// The job that the child process works on.
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

    /// Works until it is shut down or every handle was dropped.
    pub async fn run(mut self) {
        let mut is_down = None;
        loop {
            while self.dying.is_none() && self.running.is_none() && self.start_next() {}
            tokio::select! {
                // Commands first: a job that is cancelled in the moment in which it ends is cancelled.
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
                output = next_output(&mut self.child) => self.take_output(output).await,
            }
        }
        // Commands that were sent before this are still received below; later ones are refused.
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

    async fn submit(&mut self, job: QueuedJob) {
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
        self.report(Event::Queued { id, position });
    }

    /// Cancels the jobs with a number and a document for which `wanted` is true.
    async fn cancel(&mut self, wanted: impl Fn(JobId, &str) -> bool) {
        for id in self.queue.take(|job| wanted(job.id, &job.document)) {
            self.end(id, Ending::Cancelled);
        }
        let is_running = |job: &Running| wanted(job.id, &job.document);
        if self.running.as_ref().is_some_and(is_running) {
            self.stop(Ending::Cancelled).await;
        }
    }

    /// Sends the next job to the child process, which is started if there is none. Returns whether there was a job.
    fn start_next(&mut self) -> bool {
        let Some(QueuedJob {
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
        self.report(Event::Started { id });
        let since = Instant::now();
        self.running = Some(Running {
            id,
            document,
            kind,
            since,
        });
        true
    }

    /// Handles an output of the child process. Messages of jobs that have ended are ignored.
    async fn take_output(&mut self, output: Output) {
        let is_running = |id: JobId| self.running.as_ref().is_some_and(|job| job.id == id);
        match output {
            Output::Message(Message::Progress {
                id,
                phase,
                fraction,
            }) if is_running(id) => self.report(Event::Progress {
                id,
                phase,
                fraction,
            }),
            Output::Message(Message::Done { id, answer }) if is_running(id) => {
                self.finish(Ending::Done(*answer));
            }
            // The worker received a line that was no job: it can only have been the line of the running job.
            Output::Message(Message::Failed { id, error }) if id.is_none_or(is_running) => {
                self.finish(Ending::Failed(error));
            }
            Output::Message(_) => {}
            Output::Invalid(what) => {
                self.kill().await;
                self.finish(Ending::WorkerDied(format!("the worker {what}")));
            }
            Output::Closed => {
                let how = match self.child.take() {
                    Some(child) => child.end().await,
                    None => "is gone".into(),
                };
                warn!(target: targets::WORKER, how, "the worker is gone");
                self.finish(Ending::WorkerDied(format!("the worker {how}")));
            }
        }
    }

    /// Stops the running job, and reports it when the child process works no more.
    async fn stop(&mut self, ending: Ending) {
        self.kill().await;
        self.finish(ending);
    }

    async fn kill(&mut self) {
        if let Some(child) = self.child.take() {
            self.dying = child.kill().await;
        }
    }

    /// Ends the running job.
    fn finish(&mut self, ending: Ending) {
        if let Some(job) = self.running.take() {
            let ms = job.since.elapsed().as_millis() as u64;
            debug!(target: targets::JOBS, job = job.id, kind = job.kind.name(), ms, "worked on");
            self.end(job.id, ending);
        }
    }

    fn end(&self, id: JobId, ending: Ending) {
        info!(target: targets::JOBS, job = id, how = ending.name(), "ended");
        self.report(Event::Ended { id, ending });
    }

    /// Reports an event, also if nobody receives it.
    fn report(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

/// Waits until a killed child process has ended; without one this waits for ever.
async fn gone(dying: &mut Option<JoinHandle<()>>) {
    match dying {
        Some(dying) => drop(dying.await),
        None => std::future::pending().await,
    }
}

/// The next output of the child process; without a child this waits for ever.
async fn next_output(child: &mut Option<Child>) -> Output {
    match child {
        Some(child) => child.next_output().await,
        None => std::future::pending().await,
    }
}
