//! `workspace/executeCommand`: everything that a user can start from any client, with the URI of the program as the one
//! argument. A command is answered at once: what it starts is a job. Only `provable.test` is answered when its job ends.

mod create_inputs;
mod prepare;
mod program;
mod start;
mod test;

use crate::lsp::command_names::{
    ALL, CANCEL, CREATE_INPUTS, PROVE, RUN, SHOW, STATUS, TEST, TESTS, VERIFY,
};
use crate::lsp::document_uri::name_of;
use crate::lsp::errors::request_failed;
use crate::lsp::state::out_of_sync::ADVICE;
use crate::lsp::state::{Session, View};
use crate::program_state::status;
use crate::task;
use crate::worker::job_kind::JobKind;
use create_inputs::create_inputs;
use program::{check_role, from_disk, place_of};
use provable::lang::quote::quoted;
use serde_json::Value;
use start::start;
use std::sync::Arc;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{ExecuteCommandParams, MessageType, Uri};

/// Runs a command.
pub async fn execute(
    session: &Arc<Session>,
    params: ExecuteCommandParams,
) -> Result<Option<Value>> {
    let uri = uri_of(&params)?;
    // Files may have changed without a notice: not every client watches them.
    session.documents.files_changed();
    // Taken before any await: the command is about the text at the time of the command.
    let open = session.documents.view_at(&uri);
    // The file on disk may differ from the text that the user sees. Commands that do not read the text are allowed.
    let reads_text = ![CANCEL, CREATE_INPUTS].contains(&params.command.as_str());
    if reads_text && open.is_none() && session.out_of_sync.has(&uri) {
        return Err(request_failed(format!("{}: {ADVICE}", name_of(&uri))));
    }
    let token = params.work_done_progress_params.work_done_token;
    match params.command.as_str() {
        RUN => start(session, uri, open, JobKind::Run, token)
            .await
            .map(Some),
        PROVE => start(session, uri, open, JobKind::Prove, token)
            .await
            .map(Some),
        VERIFY => start(session, uri, open, JobKind::Verify, token)
            .await
            .map(Some),
        TESTS => test::list(session, uri, open).await.map(Some),
        TEST => {
            let argument = params.arguments.first();
            test::test(session, uri, open, argument, token)
                .await
                .map(Some)
        }
        CANCEL => {
            let place = place_of(&uri, open.as_deref());
            let _lock = session.document_locks.lock(&place).await;
            let number = session.program_states.known_number(&place);
            session.cancel_jobs(|job| Some(job.number) == number);
            Ok(None)
        }
        STATUS => status_of(session, uri, open).await.map(Some),
        SHOW => {
            let status = status_of(session, uri.clone(), open).await?;
            let text = status
                .get("text")
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned();
            let message = format!("{}: {text}", name_of(&uri));
            session
                .client
                .show_message(MessageType::INFO, message)
                .await;
            Ok(None)
        }
        CREATE_INPUTS => create_inputs(session, &uri).map(|()| None),
        other => Err(request_failed(format!(
            "there is no command {}; there are {}",
            quoted(other),
            ALL.join(", ")
        ))),
    }
}

/// The program of a command: its URI, alone or as `{"uri": …}`.
fn uri_of(params: &ExecuteCommandParams) -> Result<Uri> {
    let argument = params.arguments.first();
    let text = argument.and_then(|one| one.get("uri").unwrap_or(one).as_str());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Error::invalid_params(format!(
            "{} takes one argument, the program's URI",
            params.command
        ))
    })
}

async fn status_of(session: &Arc<Session>, uri: Uri, open: Option<Arc<View>>) -> Result<Value> {
    let session = Arc::clone(session);
    task::blocking(move || {
        let view = open.map_or_else(|| from_disk(&session, &uri), Ok)?;
        check_role(&view)?;
        let (program_state, current) = session.program_state(&view);
        Ok(status::to_json(&program_state, &current))
    })
    .await
    .map_err(|_| Error::internal_error())?
}
