//! The process of the worker: its three streams and its exit.

use super::Output;
use crate::logging::{self, targets};
use crate::worker::protocol::LINE_LIMIT;
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
use tracing::warn;

/// The most messages that wait to be received. Then the worker waits too.
const MAX_WAITING: usize = 64;
/// The longest part of a line of the worker's standard error that is read at once, in bytes.
const LOG_LINE_LIMIT: u64 = 64 << 10;
/// How much is logged of a line that does not belong to the worker's log, in bytes.
const STRAY_LINE_LIMIT: usize = 1024;
/// How many lines that do not belong to the worker's log are logged. The rest is read and dropped.
const MAX_STRAY_LINES: usize = 200;
/// How long a cancellation waits for the killed process to end.
const CANCEL_WAIT: Duration = Duration::from_millis(30);
/// How long the next worker waits for the killed process to end: the system frees its memory first, which takes half a
/// second for a gigabyte. A process that hangs in the system for longer is not waited for.
const RESTART_WAIT: Duration = Duration::from_secs(10);
/// How long a process may run after it closed its standard output.
const EXIT_WAIT: Duration = Duration::from_secs(2);

/// A process of a worker. It is killed when this is dropped.
pub struct Child {
    process: tokio::process::Child,
    lines: mpsc::UnboundedSender<Vec<u8>>,
    output: mpsc::Receiver<Output>,
}

impl Child {
    /// Starts a worker.
    ///
    /// # Errors
    /// When the process cannot be started.
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
        let (sender, output) = mpsc::channel(MAX_WAITING);
        tokio::spawn(write(stdin, to_write));
        tokio::spawn(read(stdout, sender));
        tokio::spawn(pass_on_log(stderr));
        Ok(Child {
            process,
            lines,
            output,
        })
    }

    /// Sends a line. If the process has ended, [`Child::next_output`] tells it.
    pub fn send(&self, line: Vec<u8>) {
        let _ = self.lines.send(line);
    }

    /// The next output. Nothing is lost if the future is dropped.
    pub async fn next_output(&mut self) -> Output {
        self.output.recv().await.unwrap_or(Output::Closed)
    }

    /// Kills the process, which does nothing from then on. If it has not ended within a short time, returns a task that ends
    /// when it has.
    pub async fn kill(mut self) -> Option<JoinHandle<()>> {
        let _ = self.process.start_kill();
        match timeout(CANCEL_WAIT, self.process.wait()).await {
            Ok(_) => None,
            Err(_) => Some(tokio::spawn(async move {
                let _ = timeout(RESTART_WAIT, self.process.wait()).await;
            })),
        }
    }

    /// Waits for the exit of a process that closed its output. Describes the exit, to follow "the worker".
    pub async fn end(mut self) -> String {
        match timeout(EXIT_WAIT, self.process.wait()).await {
            Ok(Ok(status)) => describe(status),
            Ok(Err(error)) => format!("is gone: {error}"),
            Err(_) => {
                self.kill().await;
                "closed its output and was killed".into()
            }
        }
    }
}

/// Writes lines to standard input until there are no more, and then closes it.
async fn write(mut stdin: ChildStdin, mut lines: mpsc::UnboundedReceiver<Vec<u8>>) {
    while let Some(line) = lines.recv().await {
        if stdin.write_all(&line).await.is_err() {
            return;
        }
    }
}

/// Reads messages until the stream ends or something is no message.
async fn read(stdout: impl AsyncRead + Unpin, output: mpsc::Sender<Output>) {
    let mut reader = BufReader::new(stdout);
    loop {
        let mut line = Vec::new();
        let mut bounded = (&mut reader).take(LINE_LIMIT as u64 + 1);
        let result = bounded.read_until(b'\n', &mut line).await;
        let whole = line.last() == Some(&b'\n');
        let message = match result {
            Ok(_) if whole => Output::of_line(&line),
            Ok(_) if line.len() > LINE_LIMIT => {
                Output::Invalid(format!("said more than {} MiB at once", LINE_LIMIT >> 20))
            }
            // The end of the stream, or a line that it cuts off.
            _ => return,
        };
        let is_last = matches!(message, Output::Invalid(_));
        if output.send(message).await.is_err() || is_last {
            return;
        }
    }
}

/// Passes on the log in standard error, and logs a bounded number of its other lines. Reads everything, so that the worker
/// never waits for a reader.
async fn pass_on_log(stderr: impl AsyncRead + Unpin) {
    let mut reader = BufReader::new(stderr);
    let mut line = Vec::new();
    let mut strays = 0;
    loop {
        line.clear();
        let mut bounded = (&mut reader).take(LOG_LINE_LIMIT);
        match bounded.read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => match line.split_first() {
                Some((&logging::MARK, line)) => logging::pass_on(line),
                _ if strays < MAX_STRAY_LINES => {
                    strays += 1;
                    line.truncate(STRAY_LINE_LIMIT);
                    let line = String::from_utf8_lossy(&line);
                    let line = line.trim_end();
                    warn!(target: targets::WORKER, line, "the worker says");
                }
                _ => {}
            },
        }
    }
}

/// Describes the exit of a process, to follow "the worker".
fn describe(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        // The system sends 9 when memory runs out; a process that gets no memory sends itself 6.
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
    fn an_exit_is_described_by_its_signal_or_its_status() {
        let killed = describe(ExitStatus::from_raw(9));
        assert!(
            killed.contains("signal 9") && killed.contains("memory"),
            "{killed}"
        );
        assert!(!describe(ExitStatus::from_raw(15)).contains("memory"));
        assert!(describe(ExitStatus::from_raw(101 << 8)).contains("status 101"));
    }
}
