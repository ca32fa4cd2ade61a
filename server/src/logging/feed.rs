//! The log on its way to a client of the language server: a bounded queue, so that whoever logs never waits, not even
//! for a client that does not read.

use super::targets::{LSP, PREFIX};
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::{Layer, Registry, reload};

/// Messages that may wait for the client.
const WAITING: usize = 1024;

/// A message for the client.
#[derive(Debug)]
pub enum Said {
    /// A line of the log.
    Line {
        /// Its level.
        level: Level,
        /// The line.
        text: String,
    },
    /// What became of a message of the client.
    Trace {
        /// In short.
        message: String,
        /// The rest, for a client that wants it.
        verbose: Option<String>,
    },
}

/// The sending end.
#[derive(Clone, Debug)]
pub struct Feed {
    sender: mpsc::Sender<Said>,
    dropped: Arc<AtomicU64>,
}

impl Feed {
    /// Puts a message in the queue, or counts it as dropped.
    pub fn say(&self, said: Said) {
        if self.sender.try_send(said).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many were dropped since this was asked last.
    pub fn take_dropped(&self) -> u64 {
        self.dropped.swap(0, Ordering::Relaxed)
    }
}

/// The log for a client: its queue and its level.
pub struct ToClient {
    /// The sending end.
    pub feed: Feed,
    received: Mutex<Option<mpsc::Receiver<Said>>>,
    level: reload::Handle<Targets, Registry>,
}

impl ToClient {
    /// The log for a client, and the layer that fills it. At first it takes warnings.
    pub fn new() -> (ToClient, Box<dyn Layer<Registry> + Send + Sync>) {
        let (sender, received) = mpsc::channel(WAITING);
        let feed = Feed {
            sender,
            dropped: Arc::default(),
        };
        let (filter, level) = reload::Layer::new(targets(LevelFilter::WARN));
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .without_time()
            .with_level(false)
            .with_span_events(FmtSpan::CLOSE)
            .with_writer(feed.clone())
            .with_filter(filter);
        let to_client = ToClient {
            feed,
            received: Mutex::new(Some(received)),
            level,
        };
        (to_client, Box::new(layer))
    }

    /// The receiving end, once.
    pub fn take(&self) -> Option<mpsc::Receiver<Said>> {
        self.received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Changes the level.
    pub fn set_level(&self, level: LevelFilter) {
        // An error says that the log has ended with the process.
        let _ = self.level.reload(targets(level));
    }
}

/// What a client is sent at a level. Its requests have notifications of their own.
fn targets(level: LevelFilter) -> Targets {
    Targets::new()
        .with_target(PREFIX, level)
        .with_target(LSP, level.min(LevelFilter::INFO))
}

impl<'a> MakeWriter<'a> for Feed {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        let level = Level::INFO;
        Line { feed: self, level }
    }

    fn make_writer_for(&'a self, metadata: &tracing::Metadata<'_>) -> Line<'a> {
        let level = *metadata.level();
        Line { feed: self, level }
    }
}

/// Takes whole lines of one level.
pub struct Line<'a> {
    feed: &'a Feed,
    level: Level,
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line).trim_end().to_owned();
        let level = self.level;
        self.feed.say(Said::Line { level, text });
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

    fn texts(received: &mut mpsc::Receiver<Said>) -> Vec<String> {
        let said = std::iter::from_fn(|| received.try_recv().ok());
        said.map(|said| match said {
            Said::Line { level, text } => format!("{level} {text}"),
            Said::Trace { message, .. } => message,
        })
        .collect()
    }

    #[test]
    fn a_client_is_sent_what_its_level_lets_through_and_nothing_of_a_dependency() {
        let (to_client, layer) = ToClient::new();
        let mut received = to_client.take().unwrap();
        assert!(to_client.take().is_none());
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
            to_client.set_level(LevelFilter::INFO);
            say();
            let answer = "INFO provable::jobs: an answer";
            assert_eq!(texts(&mut received), [warning, answer]);
        });
    }

    #[test]
    fn what_does_not_fit_is_counted_and_nobody_waits() {
        let (to_client, _layer) = ToClient::new();
        let mut received = to_client.take().unwrap();
        for index in 0..WAITING + 7 {
            to_client.feed.say(Said::Trace {
                message: index.to_string(),
                verbose: None,
            });
        }
        assert_eq!(texts(&mut received).len(), WAITING);
        assert_eq!(to_client.feed.take_dropped(), 7);
        assert_eq!(to_client.feed.take_dropped(), 0);
    }
}
