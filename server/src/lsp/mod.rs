//! `provable lsp`: the language server, over standard input and output.
//!
//! - Only this folder knows the protocol. The features are computed by [`provable_ide`] from offsets and plain values;
//!   `to_proto` and `position` convert them. Results of jobs and their freshness are `crate::program_state`.
//! - `server` routes each message to its file in `requests` or `notifications`. They use `state`, which imports
//!   none of them.
//! - Texts change synchronously, before the first `await` of a handler ([`state::documents`]): the framework runs handlers
//!   concurrently but starts them in order. Readers take a view and compute on another thread.
//! - No handler waits for a run or a proof, except for the tests that the client asked for: those are jobs of a child process ([`crate::jobs`]), whose events
//!   `job_events` handles.
//! - No program runs without a command: opening a file parses and analyses it.

mod backend;
mod capabilities;
mod client_log;
mod command_names;
mod companion_changes;
mod companion_files;
mod diagnostics;
mod document_role;
mod document_uri;
mod errors;
pub mod frames;
mod job_events;
mod job_results;
mod lenient;
mod notifications;
mod position;
pub mod position_encoding;
mod program_changes;
mod progress;
mod refresh;
mod requests;
mod server;
pub mod state;
mod test_results;
mod to_proto;

use crate::jobs::Jobs;
use backend::Backend;
use client_log::LoggedService;
use state::Session;
use std::ffi::OsString;
#[cfg(not(target_family = "wasm"))]
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tower_lsp_server::{LspService, Server};

/// The most requests that are handled at a time. Only a few of them wait for a job (`provable.test`), so this bounds memory.
const MAX_CONCURRENT: usize = 64;

/// Serves one client until it sends `exit` or closes the pipe. Returns whether it sent `shutdown` before, as the protocol
/// requires.
///
/// # Errors
/// When threads cannot be started, or the path of this program is not known.
#[cfg(not(target_family = "wasm"))]
pub fn main(keys: Option<PathBuf>) -> io::Result<bool> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(4)
        .enable_all()
        .build()?;
    let program = std::env::current_exe()?;
    let mut arguments: Vec<OsString> = vec!["worker".into()];
    if let Some(keys) = &keys {
        arguments.extend(["--keys".into(), keys.into()]);
    }
    arguments.extend(crate::logging::for_worker());
    let (input, output) = (tokio::io::stdin(), tokio::io::stdout());
    let was_asked = runtime.block_on(serve(input, output, program, arguments, keys));
    // A blocked read of standard input must not keep the process from ending.
    runtime.shutdown_background();
    Ok(was_asked)
}

/// As [`main`], over these streams; `program` with `arguments` is the worker.
pub async fn serve(
    input: impl AsyncRead + Unpin + Send + 'static,
    output: impl AsyncWrite + Unpin,
    program: PathBuf,
    arguments: Vec<OsString>,
    keys: Option<PathBuf>,
) -> bool {
    let (sender, events) = mpsc::unbounded_channel();
    let jobs = Jobs::start(program, arguments, sender);
    let (service, socket) = LspService::build(|client| {
        client_log::send_to(client.clone());
        let session = Arc::new(Session::new(client, jobs.clone(), keys));
        tokio::spawn(job_events::handle(Arc::clone(&session), events));
        tokio::spawn(diagnostics::publish(Arc::clone(&session)));
        Backend { session }
    })
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .custom_method(frames::MALFORMED, Backend::malformed)
    .custom_method(lenient::OUT_OF_SYNC, Backend::out_of_sync)
    .finish();
    let session = Arc::clone(&service.inner().session);
    let (service, socket) = lenient::lenient(LoggedService::new(service), socket);
    let server = Server::new(frames::readable_messages(input), output, socket)
        .concurrency_level(MAX_CONCURRENT);
    tokio::select! {
        () = server.serve(service) => {}
        () = session.parent.ended() => {}
    }
    jobs.shut_down().await;
    session.is_shut_down.load(Ordering::Relaxed)
}
