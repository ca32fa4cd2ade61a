//! The proof worker: `provable worker`, a child process that runs, tests, proves and verifies for a server. Jobs are lines of
//! JSON on standard input, one at a time; answers are lines on standard output. [`protocol`] defines both.
//!
//! The worker is a process of its own for two reasons. A job is stopped by killing the process. And a job that takes all
//! memory ends the worker and not the server. Nothing here catches a panic: the process ends, and the server reports it
//! and starts another. The worker keeps the last keys loaded. It ends as soon as its standard input ends, in the middle of
//! any work, so that no worker outlives its server.

#[cfg(feature = "prover")]
mod cost;
mod execution;
mod heat;
pub mod job;
pub mod job_kind;
#[cfg(feature = "prover")]
mod key_cache;
pub mod lines;
mod output;
mod priority;
mod progress;
pub mod protocol;
#[cfg(feature = "prover")]
mod prove;
mod run;
mod test;
#[cfg(feature = "prover")]
mod timings;
mod value_histories;
#[cfg(feature = "prover")]
mod verify;

use crate::logging::targets;
pub use job::Worker;
use job_kind::JobKind;
use lines::{Line, next_line};
use output::send;
use protocol::{Job, JobError, LINE_LIMIT, Message, decode};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use tracing::{info_span, trace};

/// The most jobs that wait. A server sends one at a time; more than this are refused, so that memory stays bounded.
const MAX_WAITING: usize = 4;

/// Performs jobs until standard input ends. `keys` is the folder of the key store; with none, the default folder.
pub fn main(keys: Option<PathBuf>) -> ExitCode {
    priority::lower();
    std::panic::set_hook(Box::new(panicked));
    let (sender, jobs) = sync_channel(MAX_WAITING);
    // On a thread of its own, so that the end of standard input is seen in the middle of a proof.
    let reader = std::thread::Builder::new().name("stdin".into());
    if let Err(error) = reader.spawn(move || read(&sender)) {
        eprintln!("the worker cannot read: {error}");
        return ExitCode::FAILURE;
    }
    let mut worker = Worker::new(keys);
    for job in jobs {
        answer(&mut worker, job);
    }
    ExitCode::SUCCESS
}

/// Performs a job and sends its answer.
pub fn answer(worker: &mut Worker, Job { id, request }: Job) {
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

/// Refuses a message, that of the job with this number if it is known.
pub fn refuse(id: Option<u64>, message: String) {
    let error = JobError::new(message);
    send(&Message::Failed { id, error });
}

/// Writes the place of a panic, which the server logs. The message of the panic is left out: it may hold words of a
/// secret tape.
fn panicked(panic: &std::panic::PanicHookInfo) {
    let place = panic
        .location()
        .map_or_else(String::new, |at| format!(" at {at}"));
    eprintln!("panicked{place}");
}

/// Reads jobs until standard input ends, and then ends the process.
fn read(jobs: &SyncSender<Job>) {
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
                let message =
                    format!("{MAX_WAITING} jobs are waiting; send the next after an answer");
                refuse(Some(id), message);
            }
            Err(TrySendError::Disconnected(_)) => break,
        }
    }
    std::process::exit(0);
}
