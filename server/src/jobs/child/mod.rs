//! The worker: a process on an operating system, a worker of the host in a browser.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod process;

#[cfg(target_family = "wasm")]
pub use browser::{Child, ended, heard};
#[cfg(not(target_family = "wasm"))]
pub use process::Child;

use crate::logging::targets;
use crate::worker::protocol::Message;
use tracing::trace;

/// What came from the worker.
#[derive(Debug)]
pub enum Output {
    /// A message.
    Message(Message),
    /// Something that is no message. This describes it, to follow "the worker".
    Invalid(String),
    /// The worker closed its standard output, or ended.
    Closed,
}

impl Output {
    /// What a line of the worker says.
    fn of_line(line: &[u8]) -> Output {
        match serde_json::from_slice(line) {
            Ok(message) => {
                log_message(&message, line.len());
                Output::Message(message)
            }
            Err(error) => {
                Output::Invalid(format!("said what is no answer: byte {}", error.column()))
            }
        }
    }
}

/// Logs the kind and the size of a message.
fn log_message(message: &Message, bytes: usize) {
    let (job, kind) = (message.id(), message.name());
    match message {
        Message::Progress {
            phase, fraction, ..
        } => trace!(target: targets::WORKER, job, kind, phase, fraction, bytes, "heard"),
        _ => trace!(target: targets::WORKER, job, kind, bytes, "heard"),
    }
}
