//! `textDocument/references`.

use crate::lsp::state::View;
use crate::lsp::to_proto::location;
use provable_ide::navigation::references;
use tower_lsp_server::ls_types::{Location, Position};

/// The uses of the name at a position.
pub fn answer(view: &View, at: Position, with_definition: bool) -> Vec<Location> {
    let positions = view.positions();
    references(view.snapshot(), positions.offset(at), with_definition)
        .into_iter()
        .map(|span| location(&view.uri, &positions, span))
        .collect()
}
