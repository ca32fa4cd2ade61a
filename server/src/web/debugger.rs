//! The debugger, of which the host passes on each message. A module serves one session.

use super::host::{self, Port};
use super::runtime;
use crate::cli;
use crate::dap::{Frame, Incoming, converse};
use serde_json::Value;
use std::cell::RefCell;
use tokio::sync::mpsc::Sender;

thread_local! {
    static MESSAGES: RefCell<Option<Sender<Frame>>> = const { RefCell::new(None) };
}

/// Starts a session. Its messages go to the host's [`Port::Client`].
pub fn start() {
    let (sender, incoming) = Incoming::new();
    MESSAGES.set(Some(sender));
    let send = |message: &Value| {
        host::send(Port::Client, message.to_string().as_bytes());
        Ok(())
    };
    runtime::start(async move {
        converse(incoming, Box::new(send), &cli::load_debuggee).await;
        MESSAGES.set(None);
    });
    runtime::go_on();
}

/// Takes a message of the client, in JSON, without a header. After the end of the session, none is taken.
pub fn message(body: &[u8]) {
    let sender = MESSAGES.with_borrow(Clone::clone);
    if let Some(sender) = sender {
        let frame = Frame::of(body);
        runtime::start(async move {
            let _ = sender.send(frame).await;
        });
    }
    runtime::go_on();
}
