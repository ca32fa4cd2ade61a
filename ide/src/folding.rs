//! What may be folded away.

use super::blocks::{blocks, is_comment};
use super::snapshot::Snapshot;
use provable::lang::syntax::{Body, Line};

/// What a fold holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// Lines of comment.
    Comment,
    /// A label's code.
    Region,
}

/// What may be folded: first line, last line (from 0, both of two lines or more), and what it is; by first line.
pub fn folds(s: &Snapshot) -> Vec<(usize, usize, FoldKind)> {
    let rows = s.rows();
    let mut folds = Vec::new();
    let mut line = 0;
    while let Some(rest) = rows.get(line..).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().take_while(|row| is_comment(row)).count();
        if length > 1 {
            folds.push((line, line + length - 1, FoldKind::Comment));
        }
        line += length.max(1);
    }
    for block in blocks(s) {
        let first = block.lines.start;
        let code = rows.get(block.lines).unwrap_or_default();
        // What is left blank after the code stays in view.
        if let Some(last) = code.iter().rposition(has_code).filter(|&last| last > 0) {
            folds.push((first, first + last, FoldKind::Region));
        }
    }
    folds.sort_by_key(|fold| fold.0);
    folds
}

fn has_code(row: &Line) -> bool {
    row.body != Body::Empty || !row.is_well_formed
}
