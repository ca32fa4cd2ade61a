//! `textDocument/codeAction`: quick fixes and rewrites, creating a missing inputs file, the debugger at a trap, and Run,
//! Prove, Verify and tests for clients that show no lenses.

use super::files_beside::FilesBeside;
use super::test_actions;
use crate::lsp::command_names;
use crate::lsp::companion_files::{INPUTS, INPUTS_TEMPLATE, PROOF, companion_path, companion_uri};
use crate::lsp::diagnostics::{NO_INPUTS, TRAP};
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::{edits, workspace_edit};
use provable_ide::fixes::{Fix, FixKind, fixes_among};
use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Command, CreateFile,
    CreateFileOptions, Diagnostic, DocumentChangeOperation, DocumentChanges, NumberOrString, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit,
    TextEdit, Uri, WorkspaceEdit,
};

/// The code actions of a range.
pub fn answer(
    session: &Session,
    view: &View,
    range: Range,
    context: &CodeActionContext,
) -> Vec<CodeActionOrCommand> {
    let wants = |kind: &CodeActionKind| match &context.only {
        None => true,
        Some(only) => only
            .iter()
            .any(|one| kind.as_str().starts_with(one.as_str())),
    };
    let versioned = session.client_capabilities().versioned_edits;
    let beside = FilesBeside { session, view };
    let span = view.positions().span(range);
    let mut actions: Vec<CodeAction> = fixes_among(view.snapshot(), span, &beside)
        .into_iter()
        .map(|fix| action(view, fix, &context.diagnostics, versioned))
        .collect();
    let cases = test_actions::cases(session, view, &context.diagnostics);
    actions.extend(cases.into_iter().map(|(fix, diagnostic)| CodeAction {
        diagnostics: Some(vec![diagnostic.clone()]),
        ..action(view, fix, &[], versioned)
    }));
    let missing = context
        .diagnostics
        .iter()
        .find(|one| has_code(one, NO_INPUTS));
    if let Some(diagnostic) = missing {
        actions.extend(create_inputs(session, view, diagnostic));
    }
    let trap = context.diagnostics.iter().find(|one| has_code(one, TRAP));
    // Proofs and the debugger need a file.
    let is_file = companion_path(&view.uri, PROOF).is_some();
    if let (Some(diagnostic), true) = (trap, is_file && session.client_capabilities().debugs) {
        actions.push(debug_here(view, diagnostic));
    }
    let starts = [
        ("Run this program", command_names::RUN, true),
        ("Prove this program", command_names::PROVE, is_file),
        (
            "Verify this program's proof",
            command_names::VERIFY,
            is_file,
        ),
    ];
    // A library has nothing to run but its tests.
    let runs = !view.is_library();
    let starts = starts.into_iter().filter(|(.., works)| *works && runs);
    actions.extend(starts.map(|(title, command, _)| CodeAction {
        title: title.into(),
        kind: Some(CodeActionKind::SOURCE),
        command: Some(call(view, title, command)),
        ..CodeAction::default()
    }));
    actions.extend(test_actions::starts(session, view, range));
    actions
        .into_iter()
        .filter(|action| action.kind.as_ref().is_none_or(wants))
        .map(CodeActionOrCommand::CodeAction)
        .collect()
}

/// Opens the debugger at the trap, which is where the run ends.
fn debug_here(view: &View, diagnostic: &Diagnostic) -> CodeAction {
    let title = "Debug here";
    let arguments = json!({ "uri": view.uri.as_str(), "step": "end" });
    CodeAction {
        title: title.into(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        command: Some(Command {
            arguments: Some(vec![arguments]),
            ..call(view, title, command_names::DEBUG)
        }),
        ..CodeAction::default()
    }
}

fn has_code(diagnostic: &Diagnostic, code: &str) -> bool {
    matches!(&diagnostic.code, Some(NumberOrString::String(one)) if one == code)
}

fn call(view: &View, title: &str, command: &str) -> Command {
    Command {
        title: title.into(),
        command: command.into(),
        arguments: Some(vec![Value::String(view.uri.as_str().to_owned())]),
    }
}

fn action(view: &View, fix: Fix, diagnostics: &[Diagnostic], versioned: bool) -> CodeAction {
    let positions = view.positions();
    let range = positions.range(fix.span);
    let code = fix.code.map(|code| code.to_string());
    let mends = |one: &&Diagnostic| {
        one.range == range && code.as_deref().is_some_and(|code| has_code(one, code))
    };
    let mended: Vec<Diagnostic> = diagnostics.iter().filter(mends).cloned().collect();
    CodeAction {
        title: fix.title,
        kind: Some(match fix.kind {
            FixKind::QuickFix => CodeActionKind::QUICKFIX,
            FixKind::Refactor => CodeActionKind::REFACTOR_REWRITE,
        }),
        diagnostics: Some(mended).filter(|list| !list.is_empty()),
        edit: Some(workspace_edit(
            view,
            edits(fix.edits, &positions),
            versioned,
        )),
        is_preferred: fix.is_preferred.then_some(true),
        ..CodeAction::default()
    }
}

/// Creates the inputs file: by an edit if the client can create files, so that the user sees it, else by a command.
fn create_inputs(session: &Session, view: &View, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let path = companion_path(&view.uri, INPUTS)?;
    let name = path.file_name()?.to_string_lossy().into_owned();
    let title = format!("Create {name}");
    let uri = companion_uri(&view.uri, INPUTS)?;
    let client = session.client_capabilities();
    let in_client = client.creates_files && client.versioned_edits;
    Some(CodeAction {
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        is_preferred: Some(true),
        edit: in_client.then(|| create(uri)),
        command: (!in_client).then(|| call(view, &title, command_names::CREATE_INPUTS)),
        title,
        ..CodeAction::default()
    })
}

fn create(uri: Uri) -> WorkspaceEdit {
    let start = Position::new(0, 0);
    let file = ResourceOp::Create(CreateFile {
        uri: uri.clone(),
        options: Some(CreateFileOptions {
            overwrite: Some(false),
            ignore_if_exists: Some(true),
        }),
        annotation_id: None,
    });
    let text = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
        edits: vec![OneOf::Left(TextEdit {
            range: Range::new(start, start),
            new_text: INPUTS_TEMPLATE.into(),
        })],
    };
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(vec![
            DocumentChangeOperation::Op(file),
            DocumentChangeOperation::Edit(text),
        ])),
        ..WorkspaceEdit::default()
    }
}
