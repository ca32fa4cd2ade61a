//! Lines that fixes add.

use crate::formatting::Edit;
use crate::snapshot::Snapshot;

/// The line end that a text uses. Added lines get the same.
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

/// Adds lines, each with LF at its end, before a line (from 0) or after the last line.
pub(super) fn insert_lines(s: &Snapshot, line: usize, lines: &str) -> Edit {
    let at = match s.rows().get(line) {
        Some(row) => row.span.start as usize,
        None => s.text().len(),
    };
    // If the last line has no line end, it gets one first.
    let is_open = at > 0 && s.rows().get(line).is_none() && !s.text().ends_with(['\n', '\r']);
    let start = if is_open { "\n" } else { "" };
    Edit {
        span: at..at,
        text: format!("{start}{lines}").replace('\n', line_end(s)),
    }
}
