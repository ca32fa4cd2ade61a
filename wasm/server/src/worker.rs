//! What runs, proves and verifies for the language server, in a module of its own: a job is cancelled by ending the module.

use crate::outgoing::{connect, files_written};
use provable_server::web::jobs;
use provable_wasm_abi::export;

export! {
    /// Prepares for jobs. To be called once, before any other call but that of files.
    pub fn start_worker() -> u32 {
        connect();
        0
    }

    /// Performs the job in a line.
    pub fn perform(line: Option<Vec<u8>>) -> u32 {
        if let Some(line) = line {
            jobs::perform(&line);
        }
        files_written();
        0
    }
}
