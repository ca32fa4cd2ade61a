//! `textDocument/hover`.

use crate::lsp::state::View;
use crate::lsp::to_proto::markdown;
use provable_ide::hover::hover;
use tower_lsp_server::ls_types::{Hover, HoverContents, Position};

/// What is known of the word at a place.
pub fn answer(view: &View, at: Position) -> Option<Hover> {
    let positions = view.positions();
    let found = hover(view.snapshot(), positions.offset(at))?;
    Some(Hover {
        contents: HoverContents::Markup(markdown(found.markdown)),
        range: Some(positions.range(found.span)),
    })
}
