//! A test with the words with which a test of random words failed.

use super::fix::{Fix, FixKind};
use super::lines::insert_lines;
use crate::formatting::Edit;
use crate::snapshot::Snapshot;
use provable::lang::syntax::{Body, Line, Span};
use std::ops::Range;

/// Adds a test after the one on these lines (from 0): the same one, with these words in place of the names of its random
/// words. None if the lines have no such name.
pub fn add_case(s: &Snapshot, test: Range<usize>, words: &[(String, u32)]) -> Option<Fix> {
    let rows = s.rows().get(test.clone())?;
    let first = rows.first()?;
    let lines: String = rows.iter().map(|row| with_words(s, row, words)).collect();
    let before: String = rows.iter().map(|row| code(s, row)).collect();
    let edit: Edit = insert_lines(s, test.end, &lines);
    (lines != before).then(|| Fix {
        title: "Add the words with which it failed as a test".to_owned(),
        edits: vec![edit],
        code: None,
        span: first.instruction_span().unwrap_or(first.span).range(),
        is_preferred: false,
        kind: FixKind::QuickFix,
    })
}

/// A line without its line end, and one LF.
fn code(s: &Snapshot, row: &Line) -> String {
    let line = s.assembly.tree.slice(row.span);
    format!("{}\n", line.trim_end_matches(['\n', '\r']))
}

fn with_words(s: &Snapshot, row: &Line, words: &[(String, u32)]) -> String {
    let mut line = code(s, row);
    // The words are on the stack when its instructions begin; these have no names for them.
    if matches!(row.body, Body::Instruction { .. }) {
        return line;
    }
    let tree = &s.assembly.tree;
    let word_of = |span: Span| {
        let name = tree.slice(span);
        let found = words.iter().find(|(random, _)| random == name);
        found.map(|(_, word)| *word)
    };
    let names: Vec<Span> = tree.names(row).collect();
    for span in names.into_iter().rev() {
        let Some(word) = word_of(span) else { continue };
        let start = span.start.saturating_sub(row.span.start) as usize;
        let (before, after) = (line.get(..start), line.get(start + span.range().len()..));
        if let (Some(before), Some(after)) = (before, after) {
            line = format!("{before}{word}{after}");
        }
    }
    line
}
