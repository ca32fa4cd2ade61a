//! Folding ranges.

use super::blocks::{blocks, is_comment, section_lines};
use super::data;
use super::snapshot::Snapshot;
use provable::lang::syntax::{Body, Line};

/// The kind of a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// Lines of comment.
    Comment,
    /// A label's code, a routine, a test, or the lines of data.
    Region,
}

/// The folds: first line and last line (from 0; at least two lines), and kind. Ordered by first line.
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
    let sections = (0..s.assembly.sections.len()).filter_map(|section| section_lines(s, section));
    for lines in blocks(s).map(|block| block.lines).chain(sections) {
        let first = lines.start;
        let code = rows.get(lines).unwrap_or_default();
        // Blank lines after the code stay visible.
        if let Some(last) = code.iter().rposition(has_code).filter(|&last| last > 0) {
            folds.push((first, first + last, FoldKind::Region));
        }
    }
    let data = (0..rows.len()).filter_map(|line| data::lines(s, line));
    folds.extend(
        data.filter(|lines| lines.len() > 1)
            .map(|lines| (lines.start, lines.end - 1, FoldKind::Region)),
    );
    folds.sort_by_key(|fold| fold.0);
    folds
}

fn has_code(row: &Line) -> bool {
    row.body != Body::Empty || !row.is_well_formed
}
