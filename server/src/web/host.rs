//! The host of the module: what it does for the server.

use std::sync::OnceLock;

/// Who a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The client: a message of the protocol, in JSON, without a header.
    Client,
    /// The worker of the language server: a line, with its line feed.
    Worker,
}

/// What the host does.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// Takes a message.
    pub send: fn(Port, &[u8]),
    /// Starts the worker of the language server, and sends it what was sent to [`Port::Worker`] before it is ready.
    pub start_worker: fn(),
    /// Ends the worker of the language server at once.
    pub end_worker: fn(),
}

static HOST: OnceLock<Host> = OnceLock::new();

/// Sets the host. Only the first call has an effect; before it, nothing is sent.
pub fn set(host: Host) {
    let _ = HOST.set(host);
}

pub(crate) fn send(port: Port, message: &[u8]) {
    if let Some(host) = HOST.get() {
        (host.send)(port, message);
    }
}

pub(crate) fn start_worker() {
    if let Some(host) = HOST.get() {
        (host.start_worker)();
    }
}

pub(crate) fn end_worker() {
    if let Some(host) = HOST.get() {
        (host.end_worker)();
    }
}
