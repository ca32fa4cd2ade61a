//! The text around the cursor.

use crate::beside::Beside;
use crate::snapshot::Snapshot;
use provable::lang::syntax::{Line, Token, TokenKind, is_name};
use std::ops::Range;

/// The text around the cursor.
pub(super) struct Cursor<'a> {
    /// The files around the text.
    pub beside: &'a dyn Beside,
    /// The line of the cursor.
    pub line: usize,
    /// The section of that line.
    pub section: usize,
    /// The word that the cursor is in or at the end of, up to the cursor.
    pub prefix: &'a str,
    pub replace: Range<usize>,
    /// The words before it on the line, without a label.
    pub words: Vec<Word<'a>>,
    pub has_label: bool,
    /// Whether anything except a comment follows on the line.
    pub is_followed: bool,
    /// Whether the cursor is in a text in double quotes; then the prefix is the text before it, and all of it is
    /// replaced.
    pub is_in_text: bool,
    /// Whether that text has its closing quote.
    pub is_closed: bool,
}

/// A word before the cursor.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub kind: TokenKind,
}

impl<'a> Cursor<'a> {
    /// None in a comment or a number.
    pub fn new(s: &'a Snapshot, offset: usize, beside: &'a dyn Beside) -> Option<Self> {
        let line = s.lines.line_column(offset).line;
        let mut cursor = Cursor {
            beside,
            line,
            section: s.assembly.section_at(line),
            prefix: "",
            replace: offset..offset,
            words: Vec::new(),
            has_label: false,
            is_followed: false,
            is_in_text: false,
            is_closed: false,
        };
        // The empty range after the last line end is not a line of the tree.
        let row = s.assembly.tree.lines().get(line);
        row.is_none_or(|row| cursor.read(s, row, offset))
            .then_some(cursor)
    }

    /// Whether something may be completed.
    fn read(&mut self, s: &'a Snapshot, row: &Line, offset: usize) -> bool {
        let text = s.text();
        let slice = |range: Range<usize>| text.get(range).unwrap_or("");
        for Token { kind, span } in s.assembly.tree.tokens(row) {
            let span = span.range();
            let whole = slice(span.clone());
            let holds_cursor = span.start < offset && offset <= span.end;
            match kind {
                TokenKind::Whitespace | TokenKind::LineEnd => {}
                TokenKind::Comment if span.start < offset => return false,
                TokenKind::Comment => {}
                // `-NAME` is one token.
                TokenKind::Number
                    if holds_cursor && is_negated(whole) && span.start + 1 < offset =>
                {
                    self.words.push(Word {
                        text: "-",
                        kind: TokenKind::Operator,
                    });
                    self.prefix = slice(span.start + 1..offset);
                    self.replace = span.start + 1..span.end;
                }
                TokenKind::Number | TokenKind::Character if holds_cursor && whole != "-" => {
                    return false;
                }
                TokenKind::Text if holds_cursor && !(is_closed(whole) && offset == span.end) => {
                    self.is_closed = is_closed(whole);
                    self.is_in_text = true;
                    self.prefix = slice(span.start + 1..offset);
                    self.replace = span.start + 1..span.end - usize::from(self.is_closed);
                }
                TokenKind::Word if holds_cursor => {
                    self.prefix = slice(span.start..offset);
                    self.replace = span;
                }
                TokenKind::Colon if span.end <= offset && !self.has_label => {
                    self.words.clear();
                    self.has_label = true;
                }
                // The word before it is the name of a label.
                TokenKind::Colon if self.words.is_empty() => return false,
                _ if span.end <= offset => self.words.push(Word { text: whole, kind }),
                _ => self.is_followed = true,
            }
        }
        true
    }
}

fn is_negated(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(is_name)
}

fn is_closed(text: &str) -> bool {
    text.len() > 1 && text.ends_with('"') && !text.ends_with("\\\"")
}

/// Whether a value may stand after these words of an expression or a list.
pub(super) fn takes_value(words: &[Word<'_>]) -> bool {
    words.last().is_none_or(|last| {
        matches!(
            last.kind,
            TokenKind::Operator | TokenKind::Comma | TokenKind::Open
        )
    })
}

/// How many brackets are open after these words.
pub(super) fn depth(words: &[Word<'_>]) -> usize {
    words.iter().fold(0usize, |depth, word| match word.kind {
        TokenKind::Open => depth + 1,
        TokenKind::Close => depth.saturating_sub(1),
        _ => depth,
    })
}
