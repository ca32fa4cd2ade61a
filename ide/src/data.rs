//! The lines of data: a `.data` line and the `.words` lines that continue it.

use super::snapshot::Snapshot;
use provable::lang::quote::{plural, shortened};
use provable::lang::syntax::{Body, Line};
use std::ops::Range;

/// The most words that are shown.
const SHOWN: usize = 8;

/// The lines of the data that a line begins; none if it is no `.data` line.
pub(super) fn lines(s: &Snapshot, first: usize) -> Option<Range<usize>> {
    let rows = s.rows();
    rows.get(first).filter(|row| begins(row))?;
    let after = rows.get(first + 1..).unwrap_or_default();
    let goes_on = |row: &&Line| match row.body {
        Body::Words { .. } => true,
        Body::Empty => row.label.is_none(),
        _ => false,
    };
    let block = after.iter().take_while(goes_on);
    let is_words = |row: &Line| matches!(row.body, Body::Words { .. });
    let last = block
        .enumerate()
        .filter(|(_, row)| is_words(row))
        .last()
        .map_or(0, |(place, _)| place + 1);
    Some(first..first + 1 + last)
}

/// Whether data begin on a line.
pub(super) fn begins(row: &Line) -> bool {
    matches!(row.body, Body::Data { .. })
}

/// How many words the data on some lines have, and the first of them as they are written.
pub(super) fn words(s: &Snapshot, lines: Range<usize>) -> (String, String) {
    let tree = &s.assembly.tree;
    let rows = s.rows().get(lines).unwrap_or_default();
    let mut items = rows.iter().flat_map(|row| tree.items(&row.body));
    let first: Vec<_> = items.by_ref().take(SHOWN).collect();
    let more = items.count();
    let written = first
        .iter()
        .map(|item| shortened(tree.slice(item.span)).into_owned());
    let mut shown = written.collect::<Vec<_>>().join(", ");
    if more > 0 {
        shown.push_str(", ...");
    }
    (plural(first.len() + more, "word"), shown)
}
