//! Starting a job.

use super::prepare::{PreparedJob, prepare};
use super::program::{check_role, from_disk, place_of};
use crate::jobs::JobId;
use crate::lsp::document_uri::name_of;
use crate::lsp::progress::Progress;
use crate::lsp::refresh::refresh;
use crate::lsp::state::pending_job::{PendingJob, TestsAnswer};
use crate::lsp::state::{Session, View};
use crate::program_state::DocumentId;
use crate::task;
use crate::worker::job_kind::JobKind;
use serde_json::{Value, json};
use std::sync::Arc;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{NumberOrString, Uri};

/// Starts a job. Returns its number.
///
/// # Errors
/// Why the job cannot be done.
pub async fn start(
    session: &Arc<Session>,
    uri: Uri,
    open: Option<Arc<View>>,
    kind: JobKind,
    token: Option<NumberOrString>,
) -> Result<Value> {
    // Requests are handled concurrently. Without the lock a newer run that is prepared first would be superseded by the
    // older one.
    let place = place_of(&uri, open.as_deref());
    let _lock = session.document_locks.lock(&place).await;
    session.diagnostics_queue.add_inputs_of(&uri);
    let (session_of_task, uri_of_task) = (Arc::clone(session), uri.clone());
    let job = task::blocking(move || {
        let view = open.map_or_else(|| from_disk(&session_of_task, &uri_of_task), Ok)?;
        check_role(&view)?;
        prepare(&session_of_task, view, kind)
    })
    .await
    .map_err(|_| Error::internal_error())??;
    let job = submit(session, uri, &place, job, None, token);
    Ok(json!({ "job": job }))
}

/// Submits a job. Returns its number. `answer` gets the results of tests.
pub fn submit(
    session: &Arc<Session>,
    uri: Uri,
    place: &DocumentId,
    prepared: PreparedJob,
    answer: Option<TestsAnswer>,
    token: Option<NumberOrString>,
) -> JobId {
    let kind = prepared.kind;
    // Locked from before the job is submitted until all of it is stored, so that no event of the job is handled in
    // between. The end of a job that ends at once would find no pending job, and the job would stay pending for ever.
    let mut pending = session.pending_jobs();
    let number = session.program_states.number(place);
    let job = session.jobs.submit(number.to_string(), prepared.request);
    let is_known = token.is_some();
    let token = token.unwrap_or_else(|| NumberOrString::String(format!("provable/{job}")));
    let progress = if is_known || session.client_capabilities().shows_progress {
        let title = format!("{} {}", kind.participle(), name_of(&uri));
        Progress::begin(session.client.clone(), token.clone(), is_known, title)
    } else {
        Progress::none()
    };
    pending.insert(
        job,
        PendingJob {
            uri,
            number,
            kind,
            binding: prepared.binding,
            proof: prepared.proof,
            view: prepared.view,
            tests: prepared.tests,
            answer,
            token,
            progress,
        },
    );
    session
        .program_states
        .change_numbered(number, |program_state| program_state.job_queued(job, kind));
    drop(pending);
    refresh(session);
    job
}
