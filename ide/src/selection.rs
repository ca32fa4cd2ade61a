//! Selections that grow from the cursor outwards.

use super::blocks::{around, bytes, section_lines};
use super::place::{Part, parts};
use super::snapshot::Snapshot;
use provable::lang::syntax::{Span, TokenKind};
use std::ops::Range;

/// Ranges around an offset, from the innermost to the outermost: the token, the expression, the instruction or
/// constant, the line without its spacing, the whole line, the block of the label, the routine or test, the text. Never
/// empty.
pub fn selection(s: &Snapshot, offset: usize) -> Vec<Range<usize>> {
    let offset = s.clamp(offset);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut grow = |range: Range<usize>| {
        let is_around = range.start <= offset && offset <= range.end;
        let is_larger = ranges.last().is_none_or(|last| {
            range.start <= last.start && last.end <= range.end && range != *last
        });
        if is_around && is_larger && !range.is_empty() {
            ranges.push(range);
        }
    };
    let tree = &s.assembly.tree;
    // The empty range after the last line end is a line of its own.
    let line = s.lines.line_column(offset).line;
    if let Some(row) = s.rows().get(line) {
        let is_text = |kind| !matches!(kind, TokenKind::Whitespace | TokenKind::LineEnd);
        let tokens: Vec<(TokenKind, Span)> = tree
            .tokens(row)
            .filter(|token| is_text(token.kind))
            .map(|token| (token.kind, token.span))
            .collect();
        // If two tokens touch at the cursor, the one that begins there. Colons and commas are not selected.
        let token = tokens.iter().rfind(|(kind, span)| {
            !matches!(kind, TokenKind::Colon | TokenKind::Comma) && span.touches(offset)
        });
        if let Some((_, span)) = token {
            grow(span.range());
        }
        let all = parts(tree, row).into_iter();
        let expressions = all.filter_map(|(part, _)| match part {
            Part::Operator(whole) => Some(whole.span.range()),
            _ => None,
        });
        expressions.for_each(&mut grow);
        if let Some(span) = row.instruction_span() {
            grow(span.range());
        }
        let code = tokens
            .iter()
            .filter(|(kind, _)| *kind != TokenKind::Comment);
        for part in [code.clone().collect::<Vec<_>>(), tokens.iter().collect()] {
            if let (Some((_, first)), Some((_, last))) = (part.first(), part.last()) {
                grow(first.to(*last).range());
            }
        }
        grow(row.span.range());
        if let Some(block) = around(s, line) {
            grow(block.span(s));
        }
        let section = section_lines(s, s.assembly.section_at(line));
        let section = section.filter(|lines| lines.contains(&line));
        if let Some(section) = section.and_then(|lines| bytes(s, &lines)) {
            grow(section);
        }
    }
    grow(0..s.text().len());
    if ranges.is_empty() {
        ranges.push(offset..offset);
    }
    ranges
}
