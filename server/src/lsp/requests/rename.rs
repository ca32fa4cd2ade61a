//! `textDocument/prepareRename` and `rename`.

use super::program_files::everywhere;
use crate::lsp::errors::request_failed;
use crate::lsp::state::workspace_folders::SymbolIndex;
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::edits;
use provable_ide::formatting::Edit;
use provable_ide::{references_in, rename, shared_at};
use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    PrepareRenameResponse, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

/// The name at a place, if it can be renamed.
pub fn prepare(view: &View, at: Position) -> Option<PrepareRenameResponse> {
    let positions = view.positions();
    let (span, placeholder) = rename::prepare(view.snapshot(), positions.offset(at))?;
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: positions.range(span),
        placeholder,
    })
}

/// The edits that rename it, in this text and in the other programs of the workspace.
///
/// # Errors
/// When the new name cannot be given, and why.
pub fn answer(
    session: &Session,
    index: &SymbolIndex,
    view: &View,
    at: Position,
    new: &str,
) -> Result<Option<WorkspaceEdit>> {
    let positions = view.positions();
    let (snapshot, offset) = (view.snapshot(), positions.offset(at));
    let own = rename::rename(snapshot, offset, new).map_err(request_failed)?;
    let mut all = vec![document(session, view, own)];
    let shared = shared_at(snapshot, offset);
    let there = shared.and_then(|shared| everywhere(session, index, view, shared));
    if let Some(there) = there {
        for other in &there.others {
            let spans = references_in(other.snapshot(), &there.id, there.line, true);
            let edit = |span| Edit {
                span,
                text: new.to_owned(),
            };
            let edits: Vec<Edit> = spans.into_iter().map(edit).collect();
            if edits.is_empty() {
                continue;
            }
            let is_own = other.snapshot().modules.files().first();
            let is_own = is_own.is_some_and(|module| module.id == there.id);
            if new.starts_with('_') && !is_own {
                return Err(request_failed(format!(
                    "`{new}` would be known only in its own file, and another one uses it; choose a name without `_` before it"
                )));
            }
            all.push(document(session, other, edits));
        }
    }
    let versioned = session.client_capabilities().versioned_edits;
    Ok(Some(workspace_edit(all, versioned)))
}

/// The edits of one text, for its version if it is open.
fn document(session: &Session, view: &View, list: Vec<Edit>) -> TextDocumentEdit {
    let edits: Vec<TextEdit> = edits(list, &view.positions());
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: view.uri.clone(),
            // A text that the client does not have open has no version.
            version: Some(view.version).filter(|_| session.documents.view_at(&view.uri).is_some()),
        },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

fn workspace_edit(all: Vec<TextDocumentEdit>, versioned: bool) -> WorkspaceEdit {
    if versioned {
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(all)),
            ..WorkspaceEdit::default()
        };
    }
    let changes = all.into_iter().map(|document| {
        let plain = |edit: OneOf<TextEdit, _>| match edit {
            OneOf::Left(edit) => Some(edit),
            OneOf::Right(_) => None,
        };
        let edits = document.edits.into_iter().filter_map(plain).collect();
        (document.text_document.uri, edits)
    });
    WorkspaceEdit {
        changes: Some(changes.collect()),
        ..WorkspaceEdit::default()
    }
}
