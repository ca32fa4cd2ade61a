//! `provable lsp`: the language server, over standard input and output.
//!
//! - Only this folder knows the protocol. What a feature answers is worked out in [`provable_ide`], which knows
//!   offsets and plain values; [`to_proto`] and [`position`] convert, and nothing else does.
//! - [`server`] is the one routing place; each request is a file in [`requests`].
//! - Texts change synchronously, in the first part of a handler and before any `await` ([`documents`]): the framework
//!   runs handlers concurrently but starts them in order. Readers take a view and compute on a thread of their own.
//! - No handler waits for a run or a proof: those are jobs of a child process ([`crate::jobs`]), and [`events`] takes
//!   in what they report.
//! - Nothing runs on its own: opening a file parses and analyses it.

mod bounded;
mod capabilities;
mod client_capabilities;
mod commands;
mod companions;
mod config;
mod diagnostics;
mod document_locks;
pub mod documents;
mod events;
mod folder;
pub mod frames;
mod identity;
mod inputs;
mod keys;
mod lenient;
mod log;
mod lost;
mod parent;
pub mod position;
mod progress;
mod reference;
mod refresh;
mod requests;
mod results;
mod server;
mod session;
mod status;
mod to_proto;

use crate::jobs::Jobs;
use session::Session;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tower_lsp_server::{LspService, Server};

/// Requests that are worked on at a time. None waits for a job, so this only bounds memory.
const CONCURRENT: usize = 32;

/// Serves one client until it says `exit` or closes the pipe. Whether it asked for the end before, as the protocol
/// wants it.
///
/// # Errors
/// When the threads or the path of this program cannot be had.
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
        log::send_to(client.clone());
        let session = Arc::new(Session::new(client, jobs.clone(), keys));
        tokio::spawn(events::take_in(Arc::clone(&session), events));
        tokio::spawn(diagnostics::publish(Arc::clone(&session)));
        server::Backend { session }
    })
    .custom_method(
        "window/workDoneProgress/cancel",
        server::Backend::cancel_progress,
    )
    .custom_method(frames::MALFORMED, server::Backend::malformed)
    .custom_method(lenient::OUT_OF_STEP, server::Backend::out_of_step)
    .finish();
    let session = Arc::clone(&service.inner().session);
    let (service, socket) = lenient::lenient(log::Logged::new(service), socket);
    let server = Server::new(frames::sound(input), output, socket).concurrency_level(CONCURRENT);
    tokio::select! {
        () = server.serve(service) => {}
        () = session.parent.gone() => {}
    }
    jobs.shut_down().await;
    session.is_shut_down.load(Ordering::Relaxed)
}
