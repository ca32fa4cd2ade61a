//! `textDocument/selectionRange`.

use crate::lsp::documents::View;
use provable_ide::selection::selection;
use tower_lsp_server::ls_types::{Position, Range, SelectionRange};

/// For each place, ever larger stretches around it.
pub fn answer(view: &View, at: &[Position]) -> Vec<SelectionRange> {
    let places = view.places();
    at.iter()
        .map(|at| {
            let mut whole = None;
            for span in selection(view.snapshot(), places.offset(*at))
                .into_iter()
                .rev()
            {
                whole = Some(SelectionRange {
                    range: places.range(span),
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
