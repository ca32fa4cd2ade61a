//! The capabilities of the client.

use crate::lsp::command_names::DEBUG;
use crate::lsp::position_encoding::Encoding;
use tower_lsp_server::ls_types::{self, ResourceOperationKind};

/// The capabilities that the client offered, reduced to those that the server acts on.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientCapabilities {
    /// The unit of columns.
    pub encoding: Encoding,
    /// It pulls diagnostics, and does so again on a refresh request. No diagnostics of programs are published to it.
    pub pulls_diagnostics: bool,
    /// It fetches lenses again on a refresh request.
    pub refreshes_lenses: bool,
    /// It fetches hints again on a refresh request.
    pub refreshes_hints: bool,
    /// It shows progress that the server starts.
    pub shows_progress: bool,
    /// It answers `workspace/configuration`.
    pub has_configuration: bool,
    /// The server can register for changes of settings.
    pub watches_configuration: bool,
    /// The server can register for changes of files.
    pub watches_files: bool,
    /// It supports edits for a version of a text.
    pub versioned_edits: bool,
    /// It can create files.
    pub creates_files: bool,
    /// It can rename files.
    pub renames_files: bool,
    /// It supports snippets.
    pub snippets: bool,
    /// It supports completions with one range to insert in and one to replace.
    pub inserts_or_replaces: bool,
    /// It supports nested symbols.
    pub nested_symbols: bool,
    /// It has the command that starts the debugger, as `experimental.commands.commands` says.
    pub debugs: bool,
}

impl ClientCapabilities {
    /// Reads them from what the client sent.
    pub fn new(client: &ls_types::ClientCapabilities) -> ClientCapabilities {
        let workspace = client.workspace.as_ref();
        let text = client.text_document.as_ref();
        let window = client.window.as_ref();
        let general = client.general.as_ref();
        let edit = workspace.and_then(|w| w.workspace_edit.as_ref());
        let operates = |kind| {
            let kinds = edit.and_then(|e| e.resource_operations.as_ref());
            kinds.is_some_and(|kinds| kinds.contains(&kind))
        };
        let item = text
            .and_then(|t| t.completion.as_ref())
            .and_then(|c| c.completion_item.as_ref());
        let refreshes_diagnostics = workspace
            .and_then(|w| w.diagnostics.as_ref())
            .and_then(|d| d.refresh_support);
        let experimental = client.experimental.as_ref();
        let commands = experimental.and_then(|one| one.pointer("/commands/commands")?.as_array());
        ClientCapabilities {
            debugs: commands.is_some_and(|list| list.iter().any(|one| one == DEBUG)),
            encoding: Encoding::negotiate(general.and_then(|g| g.position_encodings.as_deref())),
            pulls_diagnostics: text.is_some_and(|t| t.diagnostic.is_some())
                && refreshes_diagnostics == Some(true),
            refreshes_lenses: workspace
                .and_then(|w| w.code_lens.as_ref())
                .and_then(|c| c.refresh_support)
                == Some(true),
            refreshes_hints: workspace
                .and_then(|w| w.inlay_hint.as_ref())
                .and_then(|c| c.refresh_support)
                == Some(true),
            shows_progress: window.and_then(|w| w.work_done_progress) == Some(true),
            has_configuration: workspace.and_then(|w| w.configuration) == Some(true),
            watches_configuration: workspace
                .and_then(|w| w.did_change_configuration.as_ref())
                .and_then(|d| d.dynamic_registration)
                == Some(true),
            watches_files: workspace
                .and_then(|w| w.did_change_watched_files.as_ref())
                .and_then(|d| d.dynamic_registration)
                == Some(true),
            versioned_edits: edit.and_then(|e| e.document_changes) == Some(true),
            creates_files: operates(ResourceOperationKind::Create),
            renames_files: operates(ResourceOperationKind::Rename),
            snippets: item.and_then(|i| i.snippet_support) == Some(true),
            inserts_or_replaces: item.and_then(|i| i.insert_replace_support) == Some(true),
            nested_symbols: text
                .and_then(|t| t.document_symbol.as_ref())
                .and_then(|d| d.hierarchical_document_symbol_support)
                == Some(true),
        }
    }
}
