//! The capabilities of the server, and the notifications that it registers for.

use super::command_names;
use super::state::client_capabilities::ClientCapabilities;
use provable_ide::tokens::{MODIFIERS, TYPES};
use serde_json::json;
use tower_lsp_server::ls_types::*;

/// The capabilities of the server for this client.
pub fn offer(client: ClientCapabilities) -> ServerCapabilities {
    let tokens = SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TYPES.iter().copied().map(SemanticTokenType::from).collect(),
            token_modifiers: MODIFIERS
                .iter()
                .copied()
                .map(SemanticTokenModifier::from)
                .collect(),
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
        ..SemanticTokensOptions::default()
    };
    let diagnostics = DiagnosticOptions {
        identifier: Some("provable".into()),
        inter_file_dependencies: true,
        // `workspace/diagnostic` is answered, but what it says of open programs is all pulled by document. Neovim 0.12
        // asks nothing else on a refresh if it is offered, and then drops what it says of programs that it has pulled.
        workspace_diagnostics: false,
        ..DiagnosticOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                ..TextDocumentSyncOptions::default()
            },
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([".", "\"", "/"].map(String::from).to_vec()),
            ..CompletionOptions::default()
        }),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(vec![" ".into(), ",".into()]),
            ..SignatureHelpOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR_REWRITE,
                CodeActionKind::SOURCE,
            ]),
            ..CodeActionOptions::default()
        })),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: "\n".into(),
            more_trigger_character: None,
        }),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            tokens,
        )),
        inlay_hint_provider: Some(OneOf::Left(true)),
        diagnostic_provider: client
            .pulls_diagnostics
            .then_some(DiagnosticServerCapabilities::Options(diagnostics)),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: command_names::ALL
                .iter()
                .map(|name| name.to_string())
                .collect(),
            work_done_progress_options: WorkDoneProgressOptions {
                work_done_progress: Some(true),
            },
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                will_rename: (client.renames_files || client.versioned_edits)
                    .then(|| file_operations(vec![program("**/*.prov"), folder()])),
                did_rename: Some(file_operations(vec![program("**/*.prov"), folder()])),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}

fn file_operations(filters: Vec<FileOperationFilter>) -> FileOperationRegistrationOptions {
    FileOperationRegistrationOptions { filters }
}

fn program(glob: &str) -> FileOperationFilter {
    filter(glob, FileOperationPatternKind::File)
}

fn folder() -> FileOperationFilter {
    filter("**", FileOperationPatternKind::Folder)
}

fn filter(glob: &str, kind: FileOperationPatternKind) -> FileOperationFilter {
    FileOperationFilter {
        scheme: Some("file".into()),
        pattern: FileOperationPattern {
            glob: glob.into(),
            matches: Some(kind),
            options: None,
        },
    }
}

/// The notifications that the server registers for, as far as the client supports them.
pub fn registrations(client: ClientCapabilities) -> Vec<Registration> {
    let mut wanted = Vec::new();
    if client.watches_files {
        let watchers: Vec<_> = ["**/*.prov", "**/*.inputs.json", "**/*.proof.json"]
            .map(|pattern| json!({ "globPattern": pattern }))
            .to_vec();
        wanted.push(Registration {
            id: "provable-files".into(),
            method: "workspace/didChangeWatchedFiles".into(),
            register_options: Some(json!({ "watchers": watchers })),
        });
    }
    if client.watches_configuration {
        wanted.push(Registration {
            id: "provable-configuration".into(),
            method: "workspace/didChangeConfiguration".into(),
            register_options: Some(json!({ "section": "provable" })),
        });
    }
    wanted
}
