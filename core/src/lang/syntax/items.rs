//! Lists: entries between commas.

use super::is_name;
use super::operand::{Operand, Value, value_of};
use super::span::Span;
use super::token::{Token, TokenKind};

/// Tokens of a line that mean something, as groups between the commas outside brackets, and outside brackets between
/// values.
pub(super) struct Groups<I> {
    tokens: I,
    /// Whether the end of the tokens was seen.
    is_done: bool,
}

/// An entry: its first token, and the span of all of it.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub first: Token,
    pub span: Span,
    pub length: usize,
}

impl<I: Iterator<Item = Token>> Groups<I> {
    pub fn new(tokens: I) -> Self {
        Groups {
            tokens,
            is_done: false,
        }
    }
}

impl<I: Iterator<Item = Token>> Iterator for Groups<I> {
    /// None for an entry without a token.
    type Item = Option<Group>;

    fn next(&mut self) -> Option<Option<Group>> {
        if self.is_done {
            return None;
        }
        let mut group: Option<Group> = None;
        let mut depth = 0usize;
        for token in self.tokens.by_ref() {
            match token.kind {
                TokenKind::Whitespace | TokenKind::LineEnd | TokenKind::Comment => continue,
                TokenKind::Comma if depth == 0 => return Some(group),
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let first = group.map_or(token, |group| group.first);
            group = Some(Group {
                first,
                span: first.span.to(token.span),
                length: group.map_or(1, |group| group.length + 1),
            });
        }
        self.is_done = true;
        Some(group)
    }
}

/// The entries of a list as operands. Malformed ones are left out or bad; there are diagnostics for them.
pub(super) fn entries<'a>(
    text: &'a str,
    tokens: impl Iterator<Item = Token> + 'a,
) -> impl Iterator<Item = Operand> + 'a {
    Groups::new(tokens)
        .flatten()
        .map(|group| operand(text, group))
}

/// A group of tokens as an operand.
pub(super) fn operand(text: &str, group: Group) -> Operand {
    let whole = text.get(group.span.range()).unwrap_or_default();
    // `-NAME` is one token.
    let is_negated = whole.strip_prefix('-').is_some_and(is_name);
    let value = match group.length {
        1 if !is_negated => value_of(whole, group.first.kind),
        _ => Value::Expression,
    };
    Operand {
        span: group.span,
        value,
    }
}
