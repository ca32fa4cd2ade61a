//! Lines that fixes add.

use crate::formatting::Edit;
use crate::snapshot::Snapshot;
use provable::lang::syntax::Body;

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

/// Adds a `.use` line with a path, after the others; if there is none, before the first line of code.
pub(crate) fn use_line(s: &Snapshot, path: &str) -> Edit {
    let is_use = |body| matches!(body, Body::Use { .. });
    let last = s.rows().iter().rposition(|row| is_use(row.body));
    let line = last.map_or_else(|| first_code(s), |line| line + 1);
    insert_lines(s, line, &format!(".use \"{path}\"\n"))
}

/// The line before which definitions may stand: the first one of code, `.use` lines aside.
pub(super) fn first_code(s: &Snapshot) -> usize {
    let rows = s.rows();
    let is_code = |body| !matches!(body, Body::Empty | Body::Use { .. });
    let code = rows
        .iter()
        .position(|row| row.label.is_some() || is_code(row.body));
    // The comment directly above the code belongs to the code.
    let code = code.unwrap_or(rows.len());
    let above = rows.get(..code).unwrap_or_default().iter().rev();
    let comment = above
        .take_while(|row| crate::blocks::is_comment(row))
        .count();
    match code - comment {
        0 => code,
        line => line,
    }
}
