//! Jobs that have not ended.

use super::View;
use crate::lsp::progress::Progress;
use crate::program_state::{Binding, Hash};
use crate::worker::job_kind::JobKind;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::oneshot;
use tower_lsp_server::ls_types::{NumberOrString, Uri};

/// Who waits for the results of tests.
#[derive(Debug)]
pub struct TestsAnswer {
    /// Gets the results, or why there are none.
    pub to: oneshot::Sender<Result<Value, String>>,
    /// Whether the client shows the results, so that no message has to.
    pub is_shown: bool,
}

/// A job that has not ended.
#[derive(Debug)]
pub struct PendingJob {
    /// The program, in the spelling of the client.
    pub uri: Uri,
    /// The number of the state of the program.
    pub number: u64,
    /// The kind of job.
    pub kind: JobKind,
    /// What the result is bound to.
    pub binding: Binding,
    /// The text of the proof file, if it is verified.
    pub proof: Option<String>,
    /// The program as it was when the job was given.
    pub view: Arc<View>,
    /// The tests in the program, with the digests of what they run, if some are to be run.
    pub tests: Vec<(String, Hash)>,
    /// The request that waits for the results of tests.
    pub answer: Option<TestsAnswer>,
    /// The token of its progress.
    pub token: NumberOrString,
    /// Its progress in the client.
    pub progress: Progress,
}
