//! Texts that go out of sync with the client and come back in sync.

use crate::lsp::companion_changes::companions_changed;
use crate::lsp::document_role::LANGUAGE;
use crate::lsp::document_uri::name_of;
use crate::lsp::state::Session;
use crate::lsp::state::out_of_sync::with_advice;
use serde_json::Value;
use std::sync::Arc;
use tower_lsp_server::ls_types::{MessageType, TextDocumentContentChangeEvent, Uri};

/// Handles a message that set or changed a text and cannot be used: the user is told, and the text is out of sync.
/// `params` has the `uri` of the text, if the message names one, and a `message` for the user.
pub async fn lost(session: &Arc<Session>, params: Value) {
    let text = |name: &str| params.get(name).and_then(Value::as_str).unwrap_or("");
    let why = text("message").to_owned();
    let Ok(uri) = text("uri").parse::<Uri>() else {
        // It is not known which text it is; the message explains why one of them behaves wrongly.
        let message = with_advice(&why);
        return session
            .client
            .show_message(MessageType::ERROR, message)
            .await;
    };
    let closed = session.documents.close(&uri);
    let is_program = closed.is_some_and(|view| view.role.is_program_text());
    let language = if is_program { LANGUAGE } else { "" };
    let message = format!("{}: {}", name_of(&uri), with_advice(&why));
    session.out_of_sync.add(&uri, language, why);
    session.diagnostics_queue.add_program(&uri);
    companions_changed(session, vec![uri]);
    session
        .client
        .show_message(MessageType::ERROR, message)
        .await;
}

/// Opens a text that is out of sync again if the changes hold the whole text. Returns the changes that are still to be
/// applied.
pub fn restore(
    session: &Session,
    uri: &Uri,
    version: i32,
    changes: Vec<TextDocumentContentChangeEvent>,
) -> Vec<TextDocumentContentChangeEvent> {
    let Some((language, text, after)) = session.out_of_sync.whole_text(uri, &changes) else {
        return changes;
    };
    let encoding = session.client_capabilities().encoding;
    session.out_of_sync.remove(uri);
    session
        .documents
        .open(uri.clone(), language, version, encoding, &text);
    after
}

/// Handles that a text was sent again or closed: it is not out of sync any more.
pub fn resolved(session: &Session, uri: &Uri) {
    if let Some(published) = session.out_of_sync.remove(uri) {
        session.diagnostics_queue.add_program(&published);
    }
}
