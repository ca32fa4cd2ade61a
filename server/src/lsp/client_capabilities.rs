//! What the client can do, as far as the server acts on it.

use super::commands::DEBUG;
use super::position::Encoding;
use tower_lsp_server::ls_types::{self, ResourceOperationKind};

/// The capabilities that the client offered, reduced to those that the server acts on.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientCapabilities {
    /// The unit of a column.
    pub encoding: Encoding,
    /// It asks for diagnostics, and asks again when told to. Such a client is not sent any for its programs.
    pub pulls_diagnostics: bool,
    /// It fetches lenses again when told to.
    pub refreshes_lenses: bool,
    /// It fetches hints again when told to.
    pub refreshes_hints: bool,
    /// It shows progress that the server begins.
    pub shows_progress: bool,
    /// It can be asked for its settings.
    pub has_configuration: bool,
    /// It tells of changed settings when asked to.
    pub watches_configuration: bool,
    /// It tells of changed files when asked to.
    pub watches_files: bool,
    /// It takes edits that name the version they are for.
    pub versioned_edits: bool,
    /// It can create files.
    pub creates_files: bool,
    /// It can rename files.
    pub renames_files: bool,
    /// It expands snippets.
    pub snippets: bool,
    /// It takes a completion with two ranges, to insert in and to replace.
    pub inserts_or_replaces: bool,
    /// It nests symbols.
    pub nested_symbols: bool,
    /// It can start a debugger, and has the command for it: so it says under `experimental.commands.commands`.
    pub debugs: bool,
}

impl ClientCapabilities {
    /// Reads them from the client's capabilities.
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
