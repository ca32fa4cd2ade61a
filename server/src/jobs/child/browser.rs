//! The worker in a browser: a worker of the host, to which lines are sent as to a process.

use super::Output;
use crate::mutex::lock;
use crate::web::host::{self, Port};
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Where what the present worker says goes.
static OUTPUT: Mutex<Option<mpsc::UnboundedSender<Output>>> = Mutex::new(None);

/// Why the last worker ended that ended by itself.
static END: Mutex<String> = Mutex::new(String::new());

/// Takes a line that the present worker said.
pub fn heard(line: &[u8]) {
    if let Some(sender) = &*lock(&OUTPUT) {
        let _ = sender.send(Output::of_line(line));
    }
}

/// Takes notice that the present worker ended by itself, and why.
pub fn ended(why: String) {
    *lock(&END) = why;
    if let Some(sender) = lock(&OUTPUT).take() {
        let _ = sender.send(Output::Closed);
    }
}

/// A worker of the host. It is ended when this is dropped.
pub struct Child {
    output: mpsc::UnboundedReceiver<Output>,
}

impl Child {
    /// Starts a worker. The host knows which program it is.
    ///
    /// # Errors
    /// None: a worker that cannot be started ends at once.
    pub fn start(_: &Path, _: &[OsString]) -> io::Result<Child> {
        let (sender, output) = mpsc::unbounded_channel();
        *lock(&OUTPUT) = Some(sender);
        host::start_worker();
        Ok(Child { output })
    }

    /// Sends a line. If the worker has ended, [`Child::next_output`] tells it.
    pub fn send(&self, line: Vec<u8>) {
        host::send(Port::Worker, &line);
    }

    /// The next output. Nothing is lost if the future is dropped.
    pub async fn next_output(&mut self) -> Output {
        self.output.recv().await.unwrap_or(Output::Closed)
    }

    /// Ends the worker, which does nothing from then on.
    pub async fn kill(self) -> Option<JoinHandle<()>> {
        None
    }

    /// Describes the end of a worker that ended by itself, to follow "the worker".
    pub async fn end(self) -> String {
        format!("ended by itself: {}", lock(&END))
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        *lock(&OUTPUT) = None;
        host::end_worker();
    }
}
