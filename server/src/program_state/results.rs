//! What came of jobs, and how far it can be relied on.

use super::binding::{Binding, Hash};
use crate::jobs::JobId;
use crate::worker::job_kind::JobKind;
use crate::worker::protocol::{RunAnswer, TrapAnswer};

/// A run that ended.
#[derive(Clone, Debug)]
pub struct RunResult {
    /// What was run.
    pub binding: Binding,
    /// How it ended.
    pub answer: RunAnswer,
}

/// A job that failed.
#[derive(Clone, Debug)]
pub struct JobFailure {
    /// What the job was to do.
    pub kind: JobKind,
    /// Why it failed, and the way out.
    pub message: String,
    /// The program and the inputs of the job.
    pub binding: Binding,
    /// The digest of the proof file that was to be verified.
    pub proof: Option<Hash>,
    /// Whether it failed because the key of that proof was missing.
    pub lacked_key: bool,
    /// The trap, if the run trapped.
    pub trap: Option<TrapAnswer>,
}

/// A job that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Its number.
    pub job: JobId,
    /// What it does.
    pub kind: JobKind,
    /// What it does at present; none while it waits.
    pub phase: Option<String>,
}

/// How far a result can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ResultState {
    /// There is no result.
    None,
    /// Its job waits.
    Queued,
    /// Its job runs.
    Running,
    /// It is of the present program, inputs and key.
    Fresh,
    /// It is of another program, other inputs or another key.
    Stale,
    /// The job failed, or the result is invalid.
    Failed,
}
