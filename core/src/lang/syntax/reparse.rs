//! Parsing after an edit: unchanged lines are reused. A line is parsed by itself, so its result depends only on its
//! text and on whether it is the first line.

use super::parse::{line_spans, lines, parse};
use super::span::Span;
use super::tree::{Line, Tree};
use super::{MAX_LINES, MAX_TEXT};
use crate::lang::diagnostics::{Diagnostic, Sink};
use std::ops::Range;

/// The result of [`parse`] for a text that differs from an earlier one in a few neighbouring lines. Only these lines
/// are parsed.
pub fn reparse(old: &Tree, text: &str) -> Tree {
    // The number of findings is limited. At the limit, the list depends on all lines.
    let limit = Sink::LIMIT;
    if text.len() > MAX_TEXT || old.is_refused || old.diagnostics.len() >= limit {
        return parse(text);
    }
    let Some(kept) = Kept::between(old, text) else {
        return parse(text);
    };
    let spans = line_spans(text, kept.head_end..kept.tail_start);
    if kept.head.len() + spans.len() + kept.tail.len() > MAX_LINES {
        return parse(text);
    }
    let (middle, found) = lines(text, &spans);
    let head = |one: &Diagnostic| one.span.start < kept.head_end;
    let tail = |one: &Diagnostic| one.span.start >= kept.old_tail_start;
    let first = old.diagnostics.partition_point(head);
    let after = old.diagnostics.partition_point(|one| !tail(one));
    let before = old.diagnostics.get(..first).unwrap_or_default();
    let behind = old.diagnostics.get(after..).unwrap_or_default();
    if before.len() + found.len() + behind.len() >= limit {
        return parse(text);
    }
    let shift = kept.shift;
    let moved_line = |line: &Line| move_line(line, shift);
    let moved_finding = |one: &Diagnostic| move_diagnostic(one, shift);
    let mut all = Vec::with_capacity(kept.head.len() + middle.len() + kept.tail.len());
    all.extend_from_slice(kept.head);
    all.extend(middle);
    all.extend(kept.tail.iter().map(moved_line));
    let findings = before.iter().cloned().chain(found);
    Tree {
        text: text.to_owned(),
        lines: all,
        diagnostics: findings.chain(behind.iter().map(moved_finding)).collect(),
        is_refused: false,
    }
}

/// The lines that an edit left unchanged.
struct Kept<'a> {
    /// The lines before the edit.
    head: &'a [Line],
    /// The lines after the edit, which have moved.
    tail: &'a [Line],
    /// Where the head ends, in either text.
    head_end: usize,
    /// Where the tail starts in the old text and in the new one.
    old_tail_start: usize,
    tail_start: usize,
    /// By how many bytes the tail has moved.
    shift: i64,
}

impl<'a> Kept<'a> {
    fn between(old: &'a Tree, text: &str) -> Option<Self> {
        let (was, is) = (old.text.as_bytes(), text.as_bytes());
        let shorter = was.len().min(is.len());
        let prefix = common_prefix(was, is);
        let suffix = common_suffix(was, is).min(shorter - prefix);
        // If the byte after a line end differs, the line end may differ too: a CR may now be followed by LF. In the
        // same way, the start of a line is the same only if the byte before it is the same.
        let head_lines = old
            .lines
            .partition_point(|line| (line.span.end as usize) < prefix);
        let same_from = was.len() - suffix;
        let tail_lines = old
            .lines
            .partition_point(|line| line.span.start as usize <= same_from);
        let (head, rest) = old.lines.split_at_checked(head_lines)?;
        let tail = rest.get(tail_lines.checked_sub(head_lines)?..)?;
        let head_end = head.last().map_or(0, |line| line.span.end as usize);
        let old_tail_start = tail
            .first()
            .map_or(was.len(), |line| line.span.start as usize);
        let tail_start = is.len().checked_sub(was.len() - old_tail_start)?;
        Some(Kept {
            head,
            tail,
            head_end,
            old_tail_start,
            tail_start,
            shift: i64::try_from(is.len()).ok()? - i64::try_from(was.len()).ok()?,
        })
    }
}

/// Bytes that are compared at once.
const BLOCK: usize = 64;

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let same = |(a, b): &(&[u8], &[u8])| a == b;
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK));
    let whole = blocks.take_while(same).count() * BLOCK;
    let rest = a.iter().skip(whole).zip(b.iter().skip(whole));
    whole + rest.take_while(|(a, b)| a == b).count()
}

fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let same = |(a, b): &(&[u8], &[u8])| a == b;
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK));
    let whole = blocks.take_while(same).count() * BLOCK;
    let left = |of: &[u8]| of.len() - whole;
    let ends = a
        .iter()
        .take(left(a))
        .rev()
        .zip(b.iter().take(left(b)).rev());
    whole + ends.take_while(|(a, b)| a == b).count()
}

fn move_line(line: &Line, shift: i64) -> Line {
    let moved = |span: Span| span.moved(shift);
    Line {
        span: moved(line.span),
        label: line.label.map(moved),
        body: line.body.moved(shift),
        comment: line.comment.map(moved),
        is_well_formed: line.is_well_formed,
    }
}

fn move_diagnostic(one: &Diagnostic, shift: i64) -> Diagnostic {
    let moved = |span: &Range<usize>| Span::new(span.start, span.end).moved(shift).range();
    Diagnostic {
        span: moved(&one.span),
        related: one
            .related
            .iter()
            .map(|(span, message)| (moved(span), message.clone()))
            .collect(),
        ..one.clone()
    }
}
