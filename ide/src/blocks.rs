//! Blocks: a label and the lines up to the next label or the next section; a section and its lines.

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
        bytes(s, &self.lines).unwrap_or(self.label.range())
    }
}

/// The bytes of some lines.
pub(super) fn bytes(s: &Snapshot, lines: &Range<usize>) -> Option<Range<usize>> {
    let rows = s.rows().get(lines.clone())?;
    Some(rows.first()?.span.to(rows.last()?.span).range())
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

/// The lines of a section that begins with `.routine` or `.test`. The comments directly above the next section belong to
/// that.
pub(super) fn section_lines(s: &Snapshot, section: usize) -> Option<Range<usize>> {
    let lines = s.assembly.sections.get(section)?.lines.clone();
    let rows = s.rows().get(lines.clone())?;
    let has_next = lines.end < s.rows().len();
    let comments = match has_next {
        true => comments_at_end(rows.get(1..).unwrap_or_default()),
        false => 0,
    };
    (section > 0).then(|| lines.start..lines.end - comments)
}

fn comments_at_end(rows: &[Line]) -> usize {
    rows.iter().rev().take_while(|row| is_comment(row)).count()
}

fn starting_at(rows: &[Line], line: usize) -> Option<Block> {
    let label = rows.get(line)?.label?;
    let after = rows.get(line + 1..).unwrap_or_default();
    let ends = |row: &Line| row.label.is_some() || row.body.begins_section();
    let to_next = after.iter().position(ends);
    let mut length = to_next.unwrap_or(after.len());
    if to_next.is_some() {
        length -= comments_at_end(after.get(..length).unwrap_or_default());
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
