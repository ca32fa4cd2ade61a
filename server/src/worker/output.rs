//! The output of the worker: one message a line.

use super::protocol::{JobError, LINE_LIMIT, Message, encode};
use crate::logging::targets;
use tracing::trace;

/// Writes a message. Ends the process if its output was closed.
pub fn send(message: &Message) {
    let line = match encode(message) {
        Ok(line) if line.len() <= LINE_LIMIT => line,
        Ok(_) => failure_for(message, "the answer is larger than a message may be".into()),
        Err(error) => failure_for(message, format!("the answer has no JSON form: {error}")),
    };
    let (job, kind, bytes) = (message.id(), message.name(), line.len());
    trace!(target: targets::WORKER, job, kind, bytes, "answered");
    write(&line);
}

#[cfg(not(target_family = "wasm"))]
fn write(line: &[u8]) {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    if stdout
        .write_all(line)
        .and_then(|()| stdout.flush())
        .is_err()
    {
        std::process::exit(1);
    }
}

#[cfg(target_family = "wasm")]
fn write(line: &[u8]) {
    crate::web::host::send(crate::web::host::Port::Client, line);
}

/// The failure that is sent in place of a message that cannot be sent.
fn failure_for(message: &Message, reason: String) -> Vec<u8> {
    let failed = Message::Failed {
        id: message.id(),
        error: JobError::new(reason),
    };
    encode(&failed).unwrap_or_default()
}
