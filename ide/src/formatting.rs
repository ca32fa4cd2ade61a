//! Formatting as edits of single lines, so that cursors and marks elsewhere keep their places.

use super::snapshot::Snapshot;
use provable::lang::syntax::{Body, Formatted, format_tree};
use std::ops::Range;

/// A range of the text, and the text that replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The range that is replaced; empty for an insertion.
    pub span: Range<usize>,
    /// The new text.
    pub text: String,
}

/// Edits that format the text as `provable fmt` does, except that CR LF line ends are kept: the editor chooses those.
/// The edits are in order, and no two overlap.
pub fn format_all(s: &Snapshot) -> Vec<Edit> {
    lines(s, 0..s.rows().len())
}

/// The same for the lines that a range touches.
pub fn format_range(s: &Snapshot, range: Range<usize>) -> Vec<Edit> {
    lines(s, s.lines_in(&range))
}

/// The same for the line before the cursor's line, after its line end was typed. A blank line is kept, because its
/// first word may follow.
pub fn format_on_type(s: &Snapshot, offset: usize) -> Vec<Edit> {
    let line = s.lines.line_column(s.clamp(offset)).line;
    let Some(before) = line.checked_sub(1) else {
        return Vec::new();
    };
    let is_blank = s
        .rows()
        .get(before)
        .is_none_or(|row| row.label.is_none() && row.comment.is_none() && row.body == Body::Empty);
    if is_blank {
        return Vec::new();
    }
    lines(s, before..before + 1)
}

fn lines(s: &Snapshot, lines: Range<usize>) -> Vec<Edit> {
    if lines.is_empty() {
        return Vec::new();
    }
    let formatted = format_tree(&s.assembly.tree);
    lines.filter_map(|line| edit(s, &formatted, line)).collect()
}

fn edit(s: &Snapshot, formatted: &Formatted, line: usize) -> Option<Edit> {
    let span = s.rows().get(line)?.span;
    let (old, new) = (s.assembly.tree.slice(span), formatted.line(line));
    let end = if old.ends_with("\r\n") { "\r\n" } else { "\n" };
    let is_same = match old.strip_suffix(end) {
        Some(old) => new.strip_suffix('\n') == Some(old),
        None => false,
    };
    if is_same || old == new {
        return None;
    }
    let new = new.replace('\n', end);
    // If the line end does not change, the edit leaves it out.
    let kept = if old.ends_with(end) && new.ends_with(end) {
        end.len()
    } else {
        0
    };
    let text = new.get(..new.len() - kept)?.to_owned();
    Some(Edit {
        span: span.start as usize..span.end as usize - kept,
        text,
    })
}
