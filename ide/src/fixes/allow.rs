//! Fixes that add and remove comments that allow a finding.

use super::super::formatting::Edit;
use super::super::snapshot::Snapshot;
use super::fix::Fix;
use super::lines::insert_lines;
use provable::lang::analysis::{Allowance, allowances};
use provable::lang::diagnostics::Diagnostic;
use provable::lang::syntax::{Body, Line, Span};
use std::ops::Range;

/// Adds a comment that allows a warning or a hint: after the statement, or above it if the statement already has a
/// comment.
pub(super) fn allow(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let code = diagnostic.code;
    if !code.can_be_allowed() {
        return None;
    }
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let row = s.rows().get(line)?;
    let whole = s.assembly.tree.slice(row.span);
    let edit = match (row.comment, codes(s, row).last()) {
        (_, Some(last)) => Edit {
            span: last.span.end as usize..last.span.end as usize,
            text: format!(", {code}"),
        },
        (Some(_), None) => {
            let indent = whole.split(|c| c != ' ' && c != '\t').next();
            let indent = indent.unwrap_or_default();
            insert_lines(s, line, &format!("{indent}; allow {code}\n"))
        }
        (None, None) => {
            let end = whole.trim_end_matches(['\n', '\r']);
            let start = row.span.start as usize;
            Edit {
                span: start + end.trim_end_matches([' ', '\t']).len()..start + end.len(),
                text: format!("  ; allow {code}"),
            }
        }
    };
    let title = format!("Say that {code} is meant here");
    Some(Fix::mending(diagnostic, title, vec![edit]))
}

/// Removes a code from such a comment, or the whole comment if it has no other code.
pub(super) fn remove(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let row = s.rows().get(line)?;
    let codes = codes(s, row);
    let is_it = |one: &Allowance| one.span.range() == diagnostic.span;
    let place = codes.iter().position(is_it)?;
    let end = |place: usize| codes.get(place).map(|one| one.span.end as usize);
    let start = |place: usize| codes.get(place).map(|one| one.span.start as usize);
    let span = match (place.checked_sub(1), start(place + 1)) {
        (None, None) => comment(s, row, row.comment?),
        (_, Some(next)) => diagnostic.span.start..next,
        (Some(before), None) => end(before)?..diagnostic.span.end,
    };
    let title = format!(
        "Remove the allowance of {}",
        s.text().get(diagnostic.span.clone())?
    );
    let edit = Edit {
        span,
        text: String::new(),
    };
    Some(Fix::mending(diagnostic, title, vec![edit]).preferred())
}

fn codes(s: &Snapshot, row: &Line) -> Vec<Allowance> {
    let comment = row.comment.into_iter();
    comment
        .flat_map(|comment| allowances(&s.assembly.tree, comment))
        .collect()
}

/// A comment with the spaces before it; the whole line if the comment stands alone.
fn comment(s: &Snapshot, row: &Line, comment: Span) -> Range<usize> {
    if row.label.is_none() && row.body == Body::Empty {
        return row.span.range();
    }
    let start = row.span.start as usize;
    let before = s.text().get(start..comment.start as usize);
    let kept = before.unwrap_or_default().trim_end_matches([' ', '\t']);
    start + kept.len()..comment.end as usize
}
