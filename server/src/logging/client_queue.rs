//! The queue of the log for a client of the language server. It is bounded, and logging never waits, also if the client
//! does not read.

use super::targets::{LSP, PREFIX};
use crate::mutex::lock;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;
use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::{Layer, Registry, reload};

/// The most messages that wait for the client.
const MAX_WAITING: usize = 1024;

/// A message for the client.
#[derive(Debug)]
pub enum ClientMessage {
    /// A line of the log.
    Line {
        /// Its level.
        level: Level,
        /// The line.
        text: String,
    },
    /// A report on a message of the client.
    Trace {
        /// The report in short.
        message: String,
        /// The details, for a client that wants them.
        verbose: Option<String>,
    },
}

/// The sending end.
#[derive(Clone, Debug)]
pub struct ClientQueue {
    sender: mpsc::Sender<ClientMessage>,
    dropped: Arc<AtomicU64>,
}

impl ClientQueue {
    /// Puts a message into the queue; if the queue is full, drops and counts it.
    pub fn send(&self, message: ClientMessage) {
        if self.sender.try_send(message).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many messages were dropped since the last call.
    pub fn take_dropped(&self) -> u64 {
        self.dropped.swap(0, Ordering::Relaxed)
    }
}

/// The log for a client: its queue and its level.
pub struct ClientLog {
    /// The sending end.
    pub queue: ClientQueue,
    received: Mutex<Option<mpsc::Receiver<ClientMessage>>>,
    level: reload::Handle<Targets, Registry>,
}

impl ClientLog {
    /// The log for a client, and the layer that fills it. The first level is warnings.
    pub fn new() -> (ClientLog, Box<dyn Layer<Registry> + Send + Sync>) {
        let (sender, received) = mpsc::channel(MAX_WAITING);
        let queue = ClientQueue {
            sender,
            dropped: Arc::default(),
        };
        let (filter, level) = reload::Layer::new(targets(LevelFilter::WARN));
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .without_time()
            .with_level(false)
            .with_span_events(FmtSpan::CLOSE)
            .with_writer(queue.clone())
            .with_filter(filter);
        let log = ClientLog {
            queue,
            received: Mutex::new(Some(received)),
            level,
        };
        (log, Box::new(layer))
    }

    /// Takes the receiving end. None after the first call.
    pub fn take(&self) -> Option<mpsc::Receiver<ClientMessage>> {
        lock(&self.received).take()
    }

    /// Changes the level.
    pub fn set_level(&self, level: LevelFilter) {
        // It fails only if the log has ended.
        let _ = self.level.reload(targets(level));
    }
}

/// What is sent to a client at a level. Its requests are reported by `$/logTrace` instead.
fn targets(level: LevelFilter) -> Targets {
    Targets::new()
        .with_target(PREFIX, level)
        .with_target(LSP, level.min(LevelFilter::INFO))
}

impl<'a> MakeWriter<'a> for ClientQueue {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        let level = Level::INFO;
        Line { queue: self, level }
    }

    fn make_writer_for(&'a self, metadata: &tracing::Metadata<'_>) -> Line<'a> {
        let level = *metadata.level();
        Line { queue: self, level }
    }
}

/// Takes whole lines of one level.
pub struct Line<'a> {
    queue: &'a ClientQueue,
    level: Level,
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line).trim_end().to_owned();
        let level = self.level;
        self.queue.send(ClientMessage::Line { level, text });
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::subscriber::with_default;
    use tracing_subscriber::layer::SubscriberExt;

    fn texts(received: &mut mpsc::Receiver<ClientMessage>) -> Vec<String> {
        let messages = std::iter::from_fn(|| received.try_recv().ok());
        messages
            .map(|message| match message {
                ClientMessage::Line { level, text } => format!("{level} {text}"),
                ClientMessage::Trace { message, .. } => message,
            })
            .collect()
    }

    #[test]
    fn a_client_is_sent_what_its_level_lets_through_and_nothing_of_a_dependency() {
        let (log, layer) = ClientLog::new();
        let mut received = log.take().unwrap();
        assert!(log.take().is_none());
        let say = || {
            tracing::warn!(target: "provable::jobs", job = 1, "a warning");
            tracing::info!(target: "provable::jobs", "an answer");
            tracing::info!(target: "provable_server::lsp", "of no target");
            tracing::error!(target: "tower_lsp_server", "a whole message");
        };
        with_default(tracing_subscriber::registry().with(layer), || {
            say();
            let warning = "WARN provable::jobs: a warning job=1";
            assert_eq!(texts(&mut received), [warning]);
            log.set_level(LevelFilter::INFO);
            say();
            let answer = "INFO provable::jobs: an answer";
            assert_eq!(texts(&mut received), [warning, answer]);
        });
    }

    #[test]
    fn a_message_that_does_not_fit_is_dropped_and_counted() {
        let (log, _layer) = ClientLog::new();
        let mut received = log.take().unwrap();
        for index in 0..MAX_WAITING + 7 {
            log.queue.send(ClientMessage::Trace {
                message: index.to_string(),
                verbose: None,
            });
        }
        assert_eq!(texts(&mut received).len(), MAX_WAITING);
        assert_eq!(log.queue.take_dropped(), 7);
        assert_eq!(log.queue.take_dropped(), 0);
    }
}
