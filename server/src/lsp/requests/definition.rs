//! `textDocument/definition`.

use crate::lsp::state::View;
use crate::lsp::to_proto::location;
use provable_ide::navigation::definition;
use tower_lsp_server::ls_types::{GotoDefinitionResponse, Position};

/// The definition of the name at a position, which may be in another file.
pub fn answer(view: &View, at: Position) -> Option<GotoDefinitionResponse> {
    let found = definition(view.snapshot(), view.positions().offset(at))?;
    let (uri, positions) = (view.uri_of(found.file)?, view.positions_of(found.file)?);
    let found = location(&uri, &positions, found.target);
    Some(GotoDefinitionResponse::Scalar(found))
}
