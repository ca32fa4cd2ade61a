//! `initialize` and `initialized`.

use crate::lsp::capabilities;
use crate::lsp::notifications::configuration;
use crate::lsp::state::Session;
use crate::lsp::state::client_capabilities::ClientCapabilities;
use std::sync::Arc;
use tower_lsp_server::ls_types::{InitializeParams, InitializeResult, ServerInfo, Uri};

/// Stores what the client says of itself, and returns what the server offers.
pub fn initialize(session: &Arc<Session>, params: InitializeParams) -> InitializeResult {
    if let Some(id) = params.process_id {
        session.parent.watch(id);
    }
    let client = ClientCapabilities::new(&params.capabilities);
    session.set_client_capabilities(client);
    if let Some(options) = &params.initialization_options {
        configuration::apply(session, options);
    }
    let folders = params.workspace_folders.unwrap_or_default();
    let mut roots: Vec<Uri> = folders.into_iter().map(|folder| folder.uri).collect();
    #[allow(deprecated)] // clients without workspace folders send it
    if let (true, Some(root)) = (roots.is_empty(), params.root_uri) {
        roots.push(root);
    }
    session.folders.change(&roots, &[]);
    InitializeResult {
        capabilities: capabilities::offer(client),
        server_info: Some(ServerInfo {
            name: "provable".into(),
            version: Some(env!("CARGO_PKG_VERSION").into()),
        }),
        offset_encoding: None,
    }
}

/// Registers for changes of files and settings, and asks for the settings.
pub fn initialized(session: &Arc<Session>) {
    let registrations = capabilities::registrations(session.client_capabilities());
    if !registrations.is_empty() {
        let client = session.client.clone();
        // If the client refuses, files are read again when they are needed.
        tokio::spawn(async move { client.register_capability(registrations).await });
    }
    configuration::fetch(session);
}
