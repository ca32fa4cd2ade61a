//! The lines of data: a `.data` line and the lines that continue it.

use super::snapshot::Snapshot;
use provable::lang::modules::data_lines;
use provable::lang::quote::{plural, shortened};
use provable::lang::syntax::{Body, Line, TextPart, Tree, Value};
use std::ops::Range;

/// The most words that are shown.
const SHOWN: usize = 8;

/// The lines of the data that a line begins; none if it is no `.data` line.
pub(super) fn lines(s: &Snapshot, first: usize) -> Option<Range<usize>> {
    s.rows().get(first).filter(|row| begins(row))?;
    let (last, _) = data_lines(&s.assembly.tree, first).last()?;
    Some(first..last + 1)
}

/// Whether data begin on a line.
pub(super) fn begins(row: &Line) -> bool {
    matches!(row.body, Body::Data { .. })
}

/// Whether the words of a line would belong to data above it.
pub(super) fn is_open(s: &Snapshot, line: usize) -> bool {
    let above = s.rows().get(..line).unwrap_or_default().iter().rev();
    let last = above
        .skip_while(|row| row.label.is_none() && row.body == Body::Empty)
        .map(|row| row.body)
        .next();
    matches!(
        last,
        Some(Body::Data { .. } | Body::Words { .. } | Body::Bytes { .. })
    )
}

/// How many words the data that a line begins have, and the first of them as they are written.
pub(super) fn words(tree: &Tree, first: usize) -> (String, String) {
    let (mut count, mut shown) = (0usize, Vec::new());
    let mut is_whole = true;
    for (_, line) in data_lines(tree, first) {
        let mut add = |length: usize, written: &str| {
            count += length;
            match shown.len() < SHOWN {
                true => shown.push(shortened(written).into_owned()),
                false => is_whole = false,
            }
        };
        for item in tree.items(&line.body) {
            let length = match item.value {
                Value::Text => tree.text_of(item.span).map_or(0, |parts| parts.len()),
                _ => 1,
            };
            add(length, tree.slice(item.span));
        }
        if let Body::Bytes {
            text: Some(text), ..
        } = line.body
        {
            let bytes = tree
                .text_of(text)
                .map(|parts| TextPart::bytes(&parts).len());
            add(bytes.unwrap_or(0) / 4, tree.slice(text));
        }
    }
    let mut shown = shown.join(", ");
    if !is_whole {
        shown.push_str(", ...");
    }
    (plural(count, "word"), shown)
}
