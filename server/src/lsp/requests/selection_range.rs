//! `textDocument/selectionRange`.

use crate::lsp::state::View;
use provable_ide::selection::selection;
use tower_lsp_server::ls_types::{Position, Range, SelectionRange};

/// For each position the ranges around it, each with the next larger one.
pub fn answer(view: &View, at: &[Position]) -> Vec<SelectionRange> {
    let positions = view.positions();
    at.iter()
        .map(|at| {
            let mut whole = None;
            for span in selection(view.snapshot(), positions.offset(*at))
                .into_iter()
                .rev()
            {
                whole = Some(SelectionRange {
                    range: positions.range(span),
                    parent: whole.map(Box::new),
                });
            }
            whole.unwrap_or(SelectionRange {
                range: Range::new(*at, *at),
                parent: None,
            })
        })
        .collect()
}
