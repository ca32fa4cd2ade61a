//! The worker's process: its three streams and its end.

use crate::logging::{self, targets};
use crate::worker::protocol::{LINE_LIMIT, Message};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStdin, Command};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::{trace, warn};

/// Messages that may wait to be heard; the worker then waits too.
const WAITING: usize = 64;
/// The longest line of the worker's stderr that is read in one piece, in bytes.
const LOG_LINE: u64 = 64 << 10;
/// How much is logged of a line that is none of its log, in bytes, and how many of those: the rest is read and dropped.
const STRAY_LINE: usize = 1024;
const STRAY_LINES: usize = 200;
/// How long whoever cancels waits for a killed process to be gone.
const MOMENT: Duration = Duration::from_millis(30);
/// How long the next worker waits for it: the system takes its memory apart, half a second for a gigabyte. One that
/// hangs in the system itself for longer ends when the system lets it.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a process may go on that has closed its stdout.
const LINGER: Duration = Duration::from_secs(2);

/// What was heard from the worker.
#[derive(Debug)]
pub enum Heard {
    /// A message.
    Message(Message),
    /// Something that is none; this is what, as in "the worker …".
    Nonsense(String),
    /// It has closed its stdout.
    Nothing,
}

/// A worker that was started. It is killed when this is dropped.
pub struct Child {
    process: tokio::process::Child,
    lines: mpsc::UnboundedSender<Vec<u8>>,
    heard: mpsc::Receiver<Heard>,
}

impl Child {
    /// Starts a worker.
    ///
    /// # Errors
    /// When the system cannot.
    pub fn start(program: &Path, arguments: &[OsString]) -> io::Result<Child> {
        let mut process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let no_pipe = || io::Error::other("it has no pipes");
        let stdin = process.stdin.take().ok_or_else(no_pipe)?;
        let stdout = process.stdout.take().ok_or_else(no_pipe)?;
        let stderr = process.stderr.take().ok_or_else(no_pipe)?;
        let (lines, to_write) = mpsc::unbounded_channel();
        let (say, heard) = mpsc::channel(WAITING);
        tokio::spawn(write(stdin, to_write));
        tokio::spawn(read(stdout, say));
        tokio::spawn(log(stderr));
        Ok(Child {
            process,
            lines,
            heard,
        })
    }

    /// Sends a line. If the worker is gone, [`Child::hear`] says so.
    pub fn send(&self, line: Vec<u8>) {
        let _ = self.lines.send(line);
    }

    /// What it says next. A caller that stops waiting misses nothing.
    pub async fn hear(&mut self) -> Heard {
        self.heard.recv().await.unwrap_or(Heard::Nothing)
    }

    /// Kills it. From then on it does nothing any more; if it is not gone in a moment, gives what ends when it is.
    pub async fn kill(mut self) -> Option<JoinHandle<()>> {
        let _ = self.process.start_kill();
        match timeout(MOMENT, self.process.wait()).await {
            Ok(_) => None,
            Err(_) => Some(tokio::spawn(async move {
                let _ = timeout(PATIENCE, self.process.wait()).await;
            })),
        }
    }

    /// Waits for the end of one that says no more, and tells how it ended, as in "the worker …".
    pub async fn end(mut self) -> String {
        match timeout(LINGER, self.process.wait()).await {
            Ok(Ok(status)) => describe(status),
            Ok(Err(error)) => format!("is gone: {error}"),
            Err(_) => {
                self.kill().await;
                "closed its output and was killed".into()
            }
        }
    }
}

/// Writes lines to stdin until there are no more, and closes it.
async fn write(mut stdin: ChildStdin, mut lines: mpsc::UnboundedReceiver<Vec<u8>>) {
    while let Some(line) = lines.recv().await {
        if stdin.write_all(&line).await.is_err() {
            return;
        }
    }
}

/// Reads messages until there are no more or one is none.
async fn read(stdout: impl AsyncRead + Unpin, heard: mpsc::Sender<Heard>) {
    let mut reader = BufReader::new(stdout);
    loop {
        let mut line = Vec::new();
        let mut bounded = (&mut reader).take(LINE_LIMIT as u64 + 1);
        let result = bounded.read_until(b'\n', &mut line).await;
        let whole = line.last() == Some(&b'\n');
        let message = match result {
            Ok(_) if whole => match serde_json::from_slice(&line) {
                Ok(message) => {
                    heard_of(&message, line.len());
                    Heard::Message(message)
                }
                Err(error) => {
                    Heard::Nonsense(format!("said what is no answer: byte {}", error.column()))
                }
            },
            Ok(_) if line.len() > LINE_LIMIT => {
                Heard::Nonsense(format!("said more than {} MiB at once", LINE_LIMIT >> 20))
            }
            // The end, or half a line before it.
            _ => return,
        };
        let is_last = matches!(message, Heard::Nonsense(_));
        if heard.send(message).await.is_err() || is_last {
            return;
        }
    }
}

/// Logs what a message is and how large.
fn heard_of(message: &Message, bytes: usize) {
    let (job, kind) = (message.id(), message.name());
    match message {
        Message::Progress {
            phase, fraction, ..
        } => trace!(target: targets::WORKER, job, kind, phase, fraction, bytes, "heard"),
        _ => trace!(target: targets::WORKER, job, kind, bytes, "heard"),
    }
}

/// Passes on the log in stderr and logs its other lines, up to a point. Reads all of it, so that the worker never waits
/// for a reader.
async fn log(stderr: impl AsyncRead + Unpin) {
    let mut reader = BufReader::new(stderr);
    let mut line = Vec::new();
    let mut strays = 0;
    loop {
        line.clear();
        let mut bounded = (&mut reader).take(LOG_LINE);
        match bounded.read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => match line.split_first() {
                Some((&logging::MARK, line)) => logging::pass_on(line),
                _ if strays < STRAY_LINES => {
                    strays += 1;
                    line.truncate(STRAY_LINE);
                    let line = String::from_utf8_lossy(&line);
                    let line = line.trim_end();
                    warn!(target: targets::WORKER, line, "the worker says");
                }
                _ => {}
            },
        }
    }
}

/// How a process ended, as in "the worker …".
fn describe(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        // 9 is what the system sends when memory runs out, 6 what a process that gets none sends itself.
        return match signal {
            6 | 9 => {
                format!("was killed by signal {signal}; the machine may have run out of memory")
            }
            _ => format!("was killed by signal {signal}"),
        };
    }
    match status.code() {
        Some(code) => format!("ended by itself with exit status {code}"),
        None => format!("ended by itself: {status}"),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn an_end_is_told_by_its_signal_or_its_status() {
        let killed = describe(ExitStatus::from_raw(9));
        assert!(
            killed.contains("signal 9") && killed.contains("memory"),
            "{killed}"
        );
        assert!(!describe(ExitStatus::from_raw(15)).contains("memory"));
        assert!(describe(ExitStatus::from_raw(101 << 8)).contains("status 101"));
    }
}
