//! Blocks: a label and the lines up to the next label.

use super::snapshot::Snapshot;
use provable::lang::syntax::{Body, Line, Span};
use std::ops::Range;

/// A label and the lines that belong to it.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The label's name.
    pub label: Span,
    /// From the line of the label to the line before the next label. Comments directly above a label belong to it.
    pub lines: Range<usize>,
}

impl Block {
    /// The bytes of its lines.
    pub fn span(&self, s: &Snapshot) -> Range<usize> {
        let rows = s.rows().get(self.lines.clone()).unwrap_or_default();
        match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => first.span.to(last.span).range(),
            _ => self.label.range(),
        }
    }
}

/// Every label's block, in the order of the text.
pub(super) fn blocks(s: &Snapshot) -> impl Iterator<Item = Block> + '_ {
    let rows = s.rows();
    let labels = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.label.is_some());
    labels.filter_map(|(line, _)| starting_at(rows, line))
}

/// The block that contains a line.
pub(super) fn around(s: &Snapshot, line: usize) -> Option<Block> {
    let rows = s.rows();
    let before = rows
        .get(..=line)?
        .iter()
        .rposition(|row| row.label.is_some())?;
    starting_at(rows, before).filter(|block| block.lines.contains(&line))
}

fn starting_at(rows: &[Line], line: usize) -> Option<Block> {
    let label = rows.get(line)?.label?;
    let after = rows.get(line + 1..).unwrap_or_default();
    let to_next = after.iter().position(|row| row.label.is_some());
    let mut length = to_next.unwrap_or(after.len());
    if to_next.is_some() {
        let body = after.get(..length).unwrap_or_default();
        length -= body.iter().rev().take_while(|row| is_comment(row)).count();
    }
    Some(Block {
        label,
        lines: line..line + 1 + length,
    })
}

/// Whether a line contains a comment and nothing else.
pub(super) fn is_comment(row: &Line) -> bool {
    row.label.is_none() && row.body == Body::Empty && row.comment.is_some() && row.is_well_formed
}
