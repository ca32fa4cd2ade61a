//! The proof worker: `provable worker`, a child process that runs, proves and verifies for a server. Jobs come as
//! lines of JSON on stdin, one at a time, and are answered on stdout; [`protocol`] is the language.
//!
//! It is a process of its own so that stopping a job really stops it (the server kills the worker), and so that a job
//! that takes all the memory there is costs the job and not the editor. Nothing here catches a panic: the process
//! ends, and its server says so and starts another. It keeps the last key loaded, and ends as soon as stdin does,
//! in the middle of whatever it does, so that none outlives its server.

mod events;
pub mod job;
mod key_cache;
pub mod lines;
mod priority;
pub mod protocol;
mod prove;
mod run;
mod timings;
mod value_histories;
mod verify;

use crate::jobs::JobKind;
use crate::logging::targets;
use events::send;
use job::Worker;
use lines::{Line, next_line};
use protocol::{Job, JobError, LINE_LIMIT, Message, decode};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use tracing::{info_span, trace};

/// Jobs that may wait. A server sends one at a time; whoever sends more is told, so that memory stays bounded.
const WAITING: usize = 4;

/// Works until stdin ends. `keys` is the key store's folder, if not where the user keeps it.
pub fn main(keys: Option<PathBuf>) -> ExitCode {
    priority::lower();
    std::panic::set_hook(Box::new(panicked));
    let (sender, jobs) = sync_channel(WAITING);
    // From a thread of its own, so that the end of stdin is seen in the middle of a proof.
    let reader = std::thread::Builder::new().name("stdin".into());
    if let Err(error) = reader.spawn(move || read(&sender)) {
        eprintln!("the worker cannot read: {error}");
        return ExitCode::FAILURE;
    }
    let mut worker = Worker::new(keys);
    for Job { id, request } in jobs {
        let kind = JobKind::of(&request).name();
        let result = info_span!(target: targets::WORKER, "job", job = id, kind)
            .in_scope(|| worker.perform(id, request));
        send(&match result {
            Ok(answer) => Message::Done {
                id,
                answer: Box::new(answer),
            },
            Err(error) => Message::Failed {
                id: Some(id),
                error,
            },
        });
    }
    ExitCode::SUCCESS
}

/// Says where a panic was, which the server logs. What it was about may hold words of a secret tape.
fn panicked(panic: &std::panic::PanicHookInfo) {
    let place = panic
        .location()
        .map_or_else(String::new, |at| format!(" at {at}"));
    eprintln!("panicked{place}");
}

/// Reads jobs until stdin ends, and the process with it.
fn read(jobs: &SyncSender<Job>) {
    let refuse = |id, message: String| {
        let error = JobError::new(message);
        send(&Message::Failed { id, error });
    };
    let mut stdin = std::io::stdin().lock();
    while let Ok(Some(line)) = next_line(&mut stdin, LINE_LIMIT) {
        let job = match line {
            Line::Text(bytes) => {
                trace!(target: targets::WORKER, bytes = bytes.len(), "asked");
                decode(&bytes)
            }
            Line::TooLong => Err(format!("a message is larger than {} MiB", LINE_LIMIT >> 20)),
        };
        let job = match job {
            Ok(job) => job,
            Err(message) => {
                refuse(None, message);
                continue;
            }
        };
        let id = job.id;
        match jobs.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                let message = format!("{WAITING} jobs are waiting; send the next after an answer");
                refuse(Some(id), message);
            }
            Err(TrySendError::Disconnected(_)) => break,
        }
    }
    std::process::exit(0);
}
