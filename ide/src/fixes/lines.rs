//! Lines that a fix adds.

use crate::formatting::Edit;
use crate::snapshot::Snapshot;

/// The line end that a text uses, for lines that are added to it.
pub(super) fn line_end(s: &Snapshot) -> &'static str {
    let first = s
        .rows()
        .first()
        .map_or("", |row| s.assembly.tree.slice(row.span));
    if first.ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}

/// Adds lines (each ended with LF) before a line from 0, or after the last.
pub(super) fn insert_lines(s: &Snapshot, line: usize, lines: &str) -> Edit {
    let at = match s.rows().get(line) {
        Some(row) => row.span.start as usize,
        None => s.text().len(),
    };
    // A last line that was not ended is ended first.
    let is_open = at > 0 && s.rows().get(line).is_none() && !s.text().ends_with(['\n', '\r']);
    let start = if is_open { "\n" } else { "" };
    Edit {
        span: at..at,
        text: format!("{start}{lines}").replace('\n', line_end(s)),
    }
}
