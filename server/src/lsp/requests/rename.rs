//! `textDocument/prepareRename` and `rename`.

use crate::lsp::errors::request_failed;
use crate::lsp::state::View;
use crate::lsp::to_proto::workspace_edit;
use provable_ide::rename;
use tower_lsp_server::jsonrpc::Result;
use tower_lsp_server::ls_types::{Position, PrepareRenameResponse, TextEdit, WorkspaceEdit};

/// The name at a place, if it can be renamed.
pub fn prepare(view: &View, at: Position) -> Option<PrepareRenameResponse> {
    let positions = view.positions();
    let (span, placeholder) = rename::prepare(view.snapshot(), positions.offset(at))?;
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: positions.range(span),
        placeholder,
    })
}

/// The edits that rename it.
///
/// # Errors
/// When the new name cannot be given, and why.
pub fn answer(
    view: &View,
    at: Position,
    new: &str,
    versioned: bool,
) -> Result<Option<WorkspaceEdit>> {
    let positions = view.positions();
    let spans =
        rename::rename(view.snapshot(), positions.offset(at), new).map_err(request_failed)?;
    let edit = |span| TextEdit {
        range: positions.range(span),
        new_text: new.to_owned(),
    };
    let edits = spans.into_iter().map(edit).collect();
    Ok(Some(workspace_edit(view, edits, versioned)))
}
