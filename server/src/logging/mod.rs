//! The log: what a command does, with sizes and times and never a secret. `docs/logging.md` lists every span and event.
//!
//! The library and the server speak to `tracing`; here it is decided what of that is written, and where: to standard
//! error, to a file, and by the language server to its client. Never to standard output, where the answer goes.

pub mod feed;
mod file;
mod filter;
mod sink;
pub mod targets;

use crate::cli::exit::Failure;
use clap::{ArgAction, Args, ValueEnum};
use feed::ToClient;
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

/// What every command is told about its log.
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

/// Who logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A command, whose user sees standard error.
    Command,
    /// The language server, whose client is told its warnings.
    Server,
    /// The language server's worker, whose standard error the server reads.
    Worker,
}

/// The file that is logged to.
static FILE: OnceLock<PathBuf> = OnceLock::new();

/// The file that this process logs to, if it logs to one.
pub fn file() -> Option<&'static Path> {
    FILE.get().map(PathBuf::as_path)
}

type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// What a server's worker is told about its log.
static FOR_WORKER: OnceLock<Vec<OsString>> = OnceLock::new();
/// Where a worker's lines are passed on to.
static PASSED_ON: OnceLock<Sink> = OnceLock::new();
/// Whether the log is what the user sees on standard error.
static TAKES_STDERR: AtomicBool = AtomicBool::new(false);
/// The log for the client of a language server.
static TO_CLIENT: OnceLock<ToClient> = OnceLock::new();

/// Begins to log, before any work. Once a process.
///
/// # Errors
/// When PROVABLE_LOG is no filter, or the file cannot be written.
pub fn start(args: &LogArgs, role: Role) -> Result<(), Failure> {
    let variable = std::env::var_os(filter::VARIABLE).unwrap_or_default();
    let bad = |message: String| Failure::unusable(message).help(filter::help());
    let text = variable
        .to_str()
        .ok_or_else(|| bad(format!("{}: not UTF-8 text", filter::VARIABLE)))?;
    // A file that is asked for is for something; without any wish, a command's user still sees warnings.
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
            // Its folder may be gone since the server began; the server still has the file.
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
            // Whatever the filter says, nothing of a dependency is let through.
            let filter = filter.and(ours(LevelFilter::TRACE));
            layers.push(written(form, sink.clone(), filter));
        }
        // A filter without entries: one takes longer to make than a short command to run.
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
        let (to_client, layer) = ToClient::new();
        layers.push(layer);
        let _ = TO_CLIENT.set(to_client);
    }
    if !layers.is_empty() {
        let subscriber = tracing_subscriber::registry().with(layers);
        // An error says that the log has begun already.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
    Ok(())
}

/// What has a target of this project, down to a level.
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

/// Whether a log that was asked for is on standard error, where nothing should be drawn then.
pub fn takes_stderr() -> bool {
    TAKES_STDERR.load(Ordering::Relaxed)
}

/// The arguments that have a worker log as this process does. PROVABLE_LOG it inherits.
pub fn for_worker() -> Vec<OsString> {
    FOR_WORKER.get().cloned().unwrap_or_default()
}

/// Writes a line of a worker's log, its line end included.
pub fn pass_on(line: &[u8]) {
    if let Some(sink) = PASSED_ON.get() {
        sink.line(line);
    }
}

/// The log for the client of a language server; none elsewhere.
pub fn to_client() -> Option<&'static ToClient> {
    TO_CLIENT.get()
}
