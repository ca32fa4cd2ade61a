//! Jobs that have not ended.

use crate::lsp::progress::Progress;
use crate::program_state::Binding;
use crate::worker::job_kind::JobKind;
use tower_lsp_server::ls_types::{NumberOrString, Uri};

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
    /// The token of its progress.
    pub token: NumberOrString,
    /// Its progress in the client.
    pub progress: Progress,
}
