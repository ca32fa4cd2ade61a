//! Publishing diagnostics. One task computes them, always for the latest version: while a user types there is one analysis
//! at a time, and no queue of them.

use super::inputs_file::PublishedInputs;
use super::program::of_document;
use crate::lsp::state::Session;
use crate::lsp::state::diagnostics_queue::Subject;
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

/// Computes and publishes diagnostics for as long as the server runs.
pub async fn publish(session: Arc<Session>) {
    let mut inputs = PublishedInputs::default();
    loop {
        match session.diagnostics_queue.next().await {
            Subject::Program(uri) => publish_program(&session, uri).await,
            Subject::Inputs(file) => inputs.publish(&session, file).await,
        }
    }
}

async fn publish_program(session: &Arc<Session>, uri: Uri) {
    if session.client_capabilities().pulls_diagnostics {
        return;
    }
    let client = &session.client;
    let Some(view) = session.documents.view(&uri) else {
        let found = of_document(session, &uri, None);
        return client.publish_diagnostics(uri, found, None).await;
    };
    let session_of_task = Arc::clone(session);
    let view_of_task = Arc::clone(&view);
    let found = tokio::task::spawn_blocking(move || {
        of_document(&session_of_task, &view_of_task.uri, Some(&view_of_task))
    })
    .await;
    let latest = session.documents.view(&uri);
    if let (Ok(found), true) = (found, latest.is_some_and(|one| one.version == view.version)) {
        let version = Some(view.version);
        client
            .publish_diagnostics(view.uri.clone(), found, version)
            .await;
    }
}
