//! The language server, of which the host passes on each message.

use super::host::{self, Port};
use super::jobs::KEYS;
use super::runtime;
use crate::framing::{self, Frame};
use crate::jobs;
use crate::logging;
use crate::lsp;
use std::cell::RefCell;
use std::path::PathBuf;
use tokio::io::{AsyncWriteExt, BufReader, duplex};
use tokio::sync::mpsc;

/// The most bytes that wait in a stream.
const MAX_WAITING: usize = 64 << 10;
/// The largest message of the server, in bytes.
const MESSAGE_LIMIT: u64 = 1 << 30;

thread_local! {
    static MESSAGES: RefCell<Option<mpsc::UnboundedSender<Vec<u8>>>> = const { RefCell::new(None) };
}

/// Starts the server. Its messages go to the host's [`Port::Client`].
pub fn start() {
    logging::start_for_client();
    let (messages, mut received) = mpsc::unbounded_channel::<Vec<u8>>();
    MESSAGES.set(Some(messages));
    let (mut input, server_input) = duplex(MAX_WAITING);
    let (server_output, output) = duplex(MAX_WAITING);
    runtime::start(async move {
        while let Some(body) = received.recv().await {
            let sent = input.write_all(framing::header(&body).as_bytes()).await;
            if sent.is_err() || input.write_all(&body).await.is_err() {
                return;
            }
        }
    });
    runtime::start(async move {
        let mut output = BufReader::new(output);
        while let Some(frame) = framing::read_async(&mut output, MESSAGE_LIMIT).await {
            if let Frame::Body(body) = frame {
                host::send(Port::Client, &body);
            }
        }
    });
    runtime::start(async move {
        let worker = PathBuf::from("worker");
        let keys = PathBuf::from(KEYS);
        lsp::serve(server_input, server_output, worker, Vec::new(), Some(keys)).await;
    });
    runtime::go_on();
}

/// Takes a message of the client, in JSON, without a header.
pub fn message(body: Vec<u8>) {
    MESSAGES.with_borrow(|messages| {
        if let Some(messages) = messages {
            let _ = messages.send(body);
        }
    });
    runtime::go_on();
}

/// Takes a line that the worker said.
pub fn worker_said(line: &[u8]) {
    jobs::heard(line);
    runtime::go_on();
}

/// Takes notice that the worker ended by itself, and why.
pub fn worker_ended(why: String) {
    jobs::ended(why);
    runtime::go_on();
}
