//! Publishing diagnostics, always for the latest version: while a user types there is one analysis at a time, and no queue of
//! them. What follows from an edited text itself is published first, and again with the rest once the program is linked, if
//! that has found more.

use super::inputs_file::PublishedInputs;
use super::program::{of_document, of_text};
use super::published::Published;
use crate::lsp::document_role::Role;
use crate::lsp::state::Session;
use crate::lsp::state::diagnostics_queue::Subject;
use crate::task;
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

/// Computes and publishes diagnostics for as long as the server runs.
pub async fn publish(session: Arc<Session>) {
    let published = Published::default();
    tokio::join!(
        publish_edited(&session, &published),
        publish_all(&session, &published)
    );
}

async fn publish_edited(session: &Arc<Session>, published: &Published) {
    loop {
        let uri = session.diagnostics_queue.next_edited().await;
        if session.client_capabilities().pulls_diagnostics || !published.may_be_early(&uri).await {
            continue;
        }
        let Some(view) = session
            .documents
            .view(&uri)
            .filter(|one| one.role == Role::Program)
        else {
            continue;
        };
        let (session_of_task, view_of_task) = (Arc::clone(session), Arc::clone(&view));
        let found = task::blocking(move || {
            // A plain program is not linked, so all of it is known as soon.
            let is_linked = !view_of_task.is_plain();
            is_linked.then(|| of_text(&session_of_task, &view_of_task, &[]))
        })
        .await;
        if let Ok(Some(found)) = found {
            published.send_early(session, &view, found).await;
        }
    }
}

async fn publish_all(session: &Arc<Session>, published: &Published) {
    let mut inputs = PublishedInputs::default();
    loop {
        match session.diagnostics_queue.next().await {
            Subject::Program(uri) => publish_program(session, published, uri).await,
            Subject::Inputs(file) => inputs.publish(session, file).await,
        }
    }
}

async fn publish_program(session: &Arc<Session>, published: &Published, uri: Uri) {
    if session.client_capabilities().pulls_diagnostics {
        return;
    }
    let Some(view) = session.documents.view(&uri) else {
        let found = of_document(session, &uri, None);
        return published.send_closed(session, uri, found).await;
    };
    let (session_of_task, view_of_task) = (Arc::clone(session), Arc::clone(&view));
    let found = task::blocking(move || {
        of_document(&session_of_task, &view_of_task.uri, Some(&view_of_task))
    })
    .await;
    if let Ok(found) = found {
        published.send_all(session, &view, found).await;
    }
}
