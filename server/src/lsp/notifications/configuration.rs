//! `workspace/didChangeConfiguration`, and asking the client for its settings.

use crate::lsp::refresh::refresh;
use crate::lsp::state::Session;
use crate::lsp::state::config::Config;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tower_lsp_server::ls_types::{ConfigurationItem, DidChangeConfigurationParams, MessageType};

/// Handles that the settings changed.
pub fn did_change(session: &Arc<Session>, params: &DidChangeConfigurationParams) {
    if session.client_capabilities().has_configuration {
        fetch(session);
    } else {
        apply(session, &params.settings);
    }
}

/// Asks the client for its settings, if it supports that. No handler waits for the answer: a client that never answers
/// would keep the server from ending.
pub fn fetch(session: &Arc<Session>) {
    let is_ending = session.is_shut_down.load(Ordering::Relaxed);
    if is_ending || !session.client_capabilities().has_configuration {
        return;
    }
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let item = ConfigurationItem {
            scope_uri: None,
            section: Some("provable".into()),
        };
        if let Ok(values) = session.client.configuration(vec![item]).await {
            apply(&session, values.first().unwrap_or(&Value::Null));
        }
    });
}

/// Applies settings, and tells the user which of them cannot be used, once.
pub fn apply(session: &Arc<Session>, value: &Value) {
    let (config, complaints) = Config::from_value(value);
    if session.set_config(config) {
        // A job that failed with the old limits or in the old tier may not fail with the new ones.
        session.program_states.forget_failures();
        refresh(session);
    }
    if session.set_config_complaints(&complaints) && !complaints.is_empty() {
        let client = session.client.clone();
        tokio::spawn(async move {
            let text = complaints.join("\n");
            client.show_message(MessageType::WARNING, text).await;
        });
    }
}
