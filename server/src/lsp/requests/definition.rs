//! `textDocument/definition`.

use crate::lsp::state::View;
use crate::lsp::to_proto::location;
use provable_ide::navigation::definition;
use tower_lsp_server::ls_types::{GotoDefinitionResponse, Position};

/// The definition of the name at a position.
pub fn answer(view: &View, at: Position) -> Option<GotoDefinitionResponse> {
    let positions = view.positions();
    let (_, target) = definition(view.snapshot(), positions.offset(at))?;
    let found = location(&view.uri, &positions, target);
    Some(GotoDefinitionResponse::Scalar(found))
}
