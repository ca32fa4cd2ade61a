//! The worker of the language server, of which the host passes on each line.

use crate::worker::Worker;
use crate::worker::protocol::decode;
use crate::worker::{answer, refuse};
use std::cell::RefCell;

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Performs the job in a line. Its messages go to the host's `Port::Client`, each a line.
pub fn perform(line: &[u8]) {
    let job = match decode(line) {
        Ok(job) => job,
        Err(message) => return refuse(None, message),
    };
    WORKER.with_borrow_mut(|worker| {
        let worker = worker.get_or_insert_with(|| Worker::new(Some(KEYS.into())));
        answer(worker, job);
    });
}

/// The folder of the key store.
pub const KEYS: &str = "/keys";
