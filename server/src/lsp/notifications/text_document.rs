//! `textDocument/didOpen`, `didChange` and `didClose`. Each changes the texts before its first `await`, so that they change
//! in the order in which the client sent the notifications.

use super::out_of_sync;
use crate::lsp::companion_changes::companions_changed;
use crate::lsp::document_role::Role;
use crate::lsp::program_changes::dependents_changed;
use crate::lsp::refresh::refresh;
use crate::lsp::state::{Session, View};
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    TextDocumentItem, VersionedTextDocumentIdentifier,
};

/// Opens a text.
pub fn did_open(session: &Arc<Session>, params: DidOpenTextDocumentParams) {
    let TextDocumentItem {
        uri,
        language_id,
        version,
        text,
    } = params.text_document;
    let encoding = session.client_capabilities().encoding;
    out_of_sync::resolved(session, &uri);
    let documents = &session.documents;
    let view = documents.open(uri, &language_id, version, encoding, &text);
    changed(session, &view);
    if view.role == Role::Program {
        session.diagnostics_queue.add_inputs_of(&view.uri);
        refresh(session);
    }
}

/// Edits a text.
pub fn did_change(session: &Arc<Session>, params: DidChangeTextDocumentParams) {
    let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
    let changes = out_of_sync::restore(session, &uri, version, params.content_changes);
    if let Some(view) = session.documents.change(&uri, version, changes) {
        changed(session, &view);
    }
}

/// Closes a text.
pub fn did_close(session: &Arc<Session>, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    out_of_sync::resolved(session, uri);
    if let Some(view) = session.documents.close(uri) {
        changed(session, &view);
        if view.role == Role::Program {
            session.diagnostics_queue.add_inputs_of(&view.uri);
        }
        session.forget_closed(&view.uri);
    }
}

/// Has everything computed again that depends on a text.
fn changed(session: &Arc<Session>, view: &View) {
    match view.role {
        Role::Program => {
            session.diagnostics_queue.add_edited(&view.uri);
            dependents_changed(session, view);
        }
        // The inputs of a program may be a link to a file of any name.
        Role::Inputs | Role::Other => companions_changed(session, vec![view.uri.clone()]),
        Role::Copy => {}
    }
}
