//! `textDocument/documentHighlight`.

use crate::lsp::state::View;
use provable_ide::navigation::{Access, highlights};
use tower_lsp_server::ls_types::{DocumentHighlight, DocumentHighlightKind, Position};

/// The definition and the uses of the name at a position.
pub fn answer(view: &View, at: Position) -> Vec<DocumentHighlight> {
    let positions = view.positions();
    let highlight = |(span, access)| DocumentHighlight {
        range: positions.range(span),
        kind: Some(match access {
            Access::Definition => DocumentHighlightKind::WRITE,
            Access::Use => DocumentHighlightKind::READ,
        }),
    };
    highlights(view.snapshot(), positions.offset(at))
        .into_iter()
        .map(highlight)
        .collect()
}
