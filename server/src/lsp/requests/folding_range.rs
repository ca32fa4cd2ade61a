//! `textDocument/foldingRange`.

use crate::lsp::state::View;
use provable_ide::folding::{FoldKind, folds};
use tower_lsp_server::ls_types::{FoldingRange, FoldingRangeKind};

/// What can be folded.
pub fn answer(view: &View) -> Vec<FoldingRange> {
    let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    folds(view.snapshot())
        .into_iter()
        .map(|(first, last, kind)| FoldingRange {
            start_line: line(first),
            end_line: line(last),
            kind: Some(match kind {
                FoldKind::Comment => FoldingRangeKind::Comment,
                FoldKind::Region => FoldingRangeKind::Region,
            }),
            ..FoldingRange::default()
        })
        .collect()
}
