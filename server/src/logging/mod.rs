//! The log: what a command does, with sizes and times and never a secret. `docs/logging.md` lists every span and event.
//!
//! The library and the server log through `tracing`. This module decides what is written, and where: to standard error, to
//! a file, and by the language server to its client. Nothing is written to standard output, which has the answer.

pub mod client_queue;
mod file;
mod filter;
mod sink;
pub mod targets;

use crate::errors::failure::Failure;
use clap::{ArgAction, Args, ValueEnum};
use client_queue::ClientLog;
use sink::Sink;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use tracing_subscriber::filter::{FilterExt, LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::{Filter, SubscriberExt};
use tracing_subscriber::{Layer, Registry};

pub use sink::MARK;

/// The options of every command for its log.
#[derive(Clone, Debug, Args)]
pub struct LogArgs {
    /// Log what is done to standard error: -v what came of it, -vv each part and its time, -vvv each message too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Log to the end of this file instead; it is made for its owner's eyes alone
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,
    /// How the log is written
    #[arg(long, value_name = "FORM", global = true, default_value = "text")]
    pub log_format: LogForm,
}

/// How the log is written, a line an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// For people
    Text,
    /// An object of JSON a line
    Json,
}

/// The kind of process that logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A command, whose user sees standard error.
    Command,
    /// The language server, whose client is sent its warnings.
    Server,
    /// The language server's worker, whose standard error the server reads.
    Worker,
}

/// The path of the log file.
static FILE: OnceLock<PathBuf> = OnceLock::new();

/// The file that this process logs to, if it logs to one.
pub fn file() -> Option<&'static Path> {
    FILE.get().map(PathBuf::as_path)
}

type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// The arguments that the worker of a server gets for its log.
static FOR_WORKER: OnceLock<Vec<OsString>> = OnceLock::new();
/// Where the lines of a worker are passed on to.
static PASSED_ON: OnceLock<Sink> = OnceLock::new();
/// Whether the log is written to standard error.
static TAKES_STDERR: AtomicBool = AtomicBool::new(false);
/// The log for the client of a language server.
static CLIENT_LOG: OnceLock<ClientLog> = OnceLock::new();

/// Begins to log, before any work. To be called once.
///
/// # Errors
/// When PROVABLE_LOG is no filter, or the file cannot be written.
pub fn start(args: &LogArgs, role: Role) -> Result<(), Failure> {
    let variable = std::env::var_os(filter::VARIABLE).unwrap_or_default();
    let bad = |message: String| Failure::unusable(message).help(filter::help());
    let text = variable
        .to_str()
        .ok_or_else(|| bad(format!("{}: not UTF-8 text", filter::VARIABLE)))?;
    // With `--log` and no level, the level is `info`. Without both, a command still logs warnings.
    let level = filter::level(args.verbose);
    let quietly = text.trim().is_empty().then_some(LevelFilter::INFO);
    let level = level.or(args.log.as_ref().and(quietly));
    let filter = filter::filter(level, text).map_err(bad)?;
    let is_asked_for = filter.is_some();
    let sink = match (&args.log, role) {
        (Some(path), _) => match file::open(path, std::env::args_os().skip(1)) {
            Ok(file) => {
                let _ = FILE.set(path.clone());
                Sink::File(Arc::new(file))
            }
            // The folder may have been removed since the server began; the server still has the file open.
            Err(_) if role == Role::Worker => Sink::Marked,
            Err(failure) => return Err(failure),
        },
        (None, Role::Worker) => Sink::Marked,
        (None, _) => Sink::Stderr,
    };
    let mut layers = Vec::new();
    let form = args.log_format;
    match (filter, role) {
        (Some(filter), _) => {
            TAKES_STDERR.store(args.log.is_none(), Ordering::Relaxed);
            // Events of dependencies are never written, whatever the filter says.
            let filter = filter.and(ours(LevelFilter::TRACE));
            layers.push(written(form, sink.clone(), filter));
        }
        // No `EnvFilter`: making one takes longer than a short command.
        (None, Role::Command) => {
            layers.push(written(form, sink.clone(), ours(LevelFilter::WARN)));
        }
        (None, Role::Server | Role::Worker) => {}
    }
    if role == Role::Server {
        if is_asked_for {
            let _ = PASSED_ON.set(sink);
            let _ = FOR_WORKER.set(for_worker_of(args));
        }
        let (log, layer) = ClientLog::new();
        layers.push(layer);
        let _ = CLIENT_LOG.set(log);
    }
    if !layers.is_empty() {
        let subscriber = tracing_subscriber::registry().with(layers);
        // It fails only if the log was begun before.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
    Ok(())
}

/// Begins to log to the client of the language server alone.
#[cfg(target_family = "wasm")]
pub fn start_for_client() {
    let (log, layer) = ClientLog::new();
    let _ = CLIENT_LOG.set(log);
    let subscriber = tracing_subscriber::registry().with(layer);
    // It fails only if the log was begun before.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Events with a target of this project, down to a level.
fn ours(level: LevelFilter) -> Targets {
    Targets::new().with_target(targets::PREFIX, level)
}

/// The layer that writes a log.
fn written(
    form: LogForm,
    sink: Sink,
    filter: impl Filter<Registry> + Send + Sync + 'static,
) -> BoxedLayer {
    // The time of a span is written when it ends.
    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(sink);
    match form {
        LogForm::Text => layer.with_filter(filter).boxed(),
        LogForm::Json => layer.json().with_filter(filter).boxed(),
    }
}

fn for_worker_of(args: &LogArgs) -> Vec<OsString> {
    let mut all: Vec<OsString> = vec!["-v".into(); usize::from(args.verbose.min(3))];
    if let Some(path) = &args.log {
        all.extend(["--log".into(), path.into()]);
    }
    if args.log_format == LogForm::Json {
        all.extend(["--log-format".into(), "json".into()]);
    }
    all
}

/// Whether a log that the user asked for is written to standard error: then no progress is drawn there.
pub fn takes_stderr() -> bool {
    TAKES_STDERR.load(Ordering::Relaxed)
}

/// The arguments for a worker to log as this process does. It inherits PROVABLE_LOG.
pub fn for_worker() -> Vec<OsString> {
    FOR_WORKER.get().cloned().unwrap_or_default()
}

/// Writes a line of a worker's log, which includes its line end.
pub fn pass_on(line: &[u8]) {
    if let Some(sink) = PASSED_ON.get() {
        sink.line(line);
    }
}

/// The log for the client of a language server; none in other processes.
pub fn client_log() -> Option<&'static ClientLog> {
    CLIENT_LOG.get()
}
