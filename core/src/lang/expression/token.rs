//! Tokens of an expression.

use super::ast::Binary;
use super::error::ExpressionError;
use crate::lang::quote::visible;
use crate::lang::syntax::{Span, parse_number};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, in any way that programs write one, without a sign.
    Number(u32),
    /// A name.
    Name,
    /// An operator with two operands; `-` also stands for the one with one.
    Operator(Binary),
    /// `~`
    Tilde,
    /// `!`
    Bang,
    /// `(`, `)`, `[` or `]`.
    Bracket(char),
    /// Anything else. It ends an expression.
    Other,
    /// The end of the text.
    End,
}

/// A token and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Span,
}

/// The first token of a text at or after an offset. Spans count from `base`.
pub(super) fn next(text: &str, base: usize, at: usize) -> Result<Token, ExpressionError> {
    let rest = text.get(at..).unwrap_or_default();
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = rest.trim_start();
    let Some(first) = rest.chars().next() else {
        return Ok(token(Kind::End, base + text.len(), 0));
    };
    let start = base + start;
    Ok(match first {
        '(' | ')' | '[' | ']' => token(Kind::Bracket(first), start, 1),
        '0'..='9' => number(rest, start, word_length(rest))?,
        '\'' => number(rest, start, literal_length(rest))?,
        'a'..='z' | 'A'..='Z' | '_' => token(Kind::Name, start, word_length(rest)),
        _ => match Binary::SIGNS
            .iter()
            .find(|(sign, _)| rest.starts_with(sign))
        {
            Some((sign, operator)) => token(Kind::Operator(*operator), start, sign.len()),
            None => match first {
                '~' => token(Kind::Tilde, start, 1),
                '!' => token(Kind::Bang, start, 1),
                _ => token(Kind::Other, start, first.len_utf8()),
            },
        },
    })
}

fn token(kind: Kind, start: usize, length: usize) -> Token {
    Token {
        kind,
        span: Span::new(start, start + length),
    }
}

fn number(rest: &str, start: usize, length: usize) -> Result<Token, ExpressionError> {
    let digits = rest.get(..length).unwrap_or(rest);
    match parse_number(digits) {
        Ok(word) => Ok(token(Kind::Number(word), start, length)),
        Err(error) => Err(ExpressionError::new(
            Span::new(start, start + length),
            error.to_string(),
        )),
    }
}

/// What stands in place of a token that belongs to no expression.
pub(super) fn misplaced(text: &str) -> String {
    match text.chars().next() {
        Some('=') => "`=` compares nothing; write `==`".to_owned(),
        Some(other) => format!("`{}` has no place in an expression", visible(other)),
        None => "the expression ends where a value is expected".to_owned(),
    }
}

/// Bytes of the name or number that a text begins with.
fn word_length(text: &str) -> usize {
    let is_in = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    text.bytes().take_while(|byte| is_in(byte)).count()
}

/// Bytes of the character literal that a text begins with, up to its closing quote or the end.
fn literal_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, one) in text.char_indices().skip(1) {
        match one {
            // A quote directly after the first one is the character or an error.
            '\'' if !is_escaped && at > 0 => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}
