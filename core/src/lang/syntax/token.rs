//! The lexer: splits a text into tokens that cover the whole text.

use super::span::Span;
use crate::lang::expression::Binary;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Spaces and tabs; a byte order mark at the start of the text.
    Whitespace,
    /// LF, CR LF or CR.
    LineEnd,
    /// From `#` or `;` to the end of the line.
    Comment,
    /// A mnemonic, a name or a directive: letters, digits, `_` and `.`, not beginning with a digit.
    Word,
    /// A word that begins like a number, well formed or not.
    Number,
    /// A text that begins with a single quote (or `-` and a single quote), well formed or not.
    Character,
    /// A text in double quotes, closed or not.
    Text,
    /// The colon after a label.
    Colon,
    /// The comma between words of data, arguments and parameters.
    Comma,
    /// An operator of expressions; a `-` that is not the sign of a number.
    Operator,
    /// `(`
    Open,
    /// `)`
    Close,
    /// Characters that are not part of any other token.
    Unknown,
}

/// A token and its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is in the text.
    pub span: Span,
}

/// The tokens of a range of the text, one after the other without a gap. The range is cut to character boundaries and
/// to what [`Span`] can address.
pub fn tokens(text: &str, within: Span) -> impl Iterator<Item = Token> + '_ {
    let end = within.end as usize;
    let mut at = within.start as usize;
    std::iter::from_fn(move || {
        let rest = text.get(at..end).filter(|rest| !rest.is_empty())?;
        let (kind, length) = first(rest, at == 0);
        let span = Span::new(at, at + length);
        at += length;
        Some(Token { kind, span })
    })
}

/// The kind and the length in bytes of the first token; at least one character, and never past a line end.
fn first(rest: &str, at_start: bool) -> (TokenKind, usize) {
    let Some(first) = rest.chars().next() else {
        return (TokenKind::Unknown, 0);
    };
    match first {
        '\n' => (TokenKind::LineEnd, 1),
        '\r' => (
            TokenKind::LineEnd,
            if rest.starts_with("\r\n") { 2 } else { 1 },
        ),
        '\u{feff}' if at_start => (TokenKind::Whitespace, first.len_utf8()),
        _ if is_space(first) => (TokenKind::Whitespace, run(rest, is_space)),
        '#' | ';' => (
            TokenKind::Comment,
            memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len()),
        ),
        ':' => (TokenKind::Colon, 1),
        ',' => (TokenKind::Comma, 1),
        '(' => (TokenKind::Open, 1),
        ')' => (TokenKind::Close, 1),
        '"' => (TokenKind::Text, text(rest)),
        '\'' => (TokenKind::Character, quoted(rest)),
        '-' if rest.starts_with("-'") => {
            (TokenKind::Character, 1 + rest.get(1..).map_or(0, quoted))
        }
        '-' => match rest.get(1..).map_or(0, |rest| run(rest, is_word)) {
            0 => (TokenKind::Operator, 1),
            digits => (TokenKind::Number, 1 + digits),
        },
        '0'..='9' => (TokenKind::Number, run(rest, is_word)),
        _ if is_word(first) => (TokenKind::Word, run(rest, is_word)),
        _ if is_operator(first) => (TokenKind::Operator, operator(rest)),
        _ => (TokenKind::Unknown, run(rest, is_unknown)),
    }
}

/// The number of bytes at the start whose characters satisfy `belongs`. Programs are ASCII except for their comments,
/// so bytes are checked one by one until the first byte that is not ASCII, and characters from there on.
fn run(rest: &str, belongs: fn(char) -> bool) -> usize {
    let bytes = rest.as_bytes();
    let ascii = bytes
        .iter()
        .position(|byte| !byte.is_ascii() || !belongs(char::from(*byte)))
        .unwrap_or(bytes.len());
    let tail = rest.get(ascii..).unwrap_or("");
    match tail.chars().next() {
        Some(next) if !next.is_ascii() => ascii + tail.find(|c| !belongs(c)).unwrap_or(tail.len()),
        _ => ascii,
    }
}

/// The length of a character literal. A well-formed literal may contain a comment sign or a space. A malformed one ends
/// before these, or after the next quote, so that the rest of the line is probably read as intended.
fn quoted(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    let closing = match chars.next() {
        Some((_, '\\')) => chars.nth(1),
        Some((_, '\'')) => return 2,
        _ => chars.next(),
    };
    let body_ends_in_line = rest.chars().skip(1).take(2).all(|c| !is_line_end(c));
    match closing {
        Some((at, '\'')) if body_ends_in_line => at + 1,
        _ => rest
            .char_indices()
            .skip(1)
            .find_map(|(at, c)| match c {
                '\'' => Some(at + 1),
                '#' | ';' => Some(at),
                _ if is_space(c) || is_line_end(c) => Some(at),
                _ => None,
            })
            .unwrap_or(rest.len()),
    }
}

/// The length of a text in double quotes: to the closing quote, which no backslash is before, or to the end of the line.
fn text(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, one) in rest.char_indices().skip(1) {
        match one {
            '"' if !is_escaped => return at + 1,
            _ if is_line_end(one) => return at,
            _ => is_escaped = one == '\\' && !is_escaped,
        }
    }
    rest.len()
}

/// The length of the operator that a text begins with.
fn operator(rest: &str) -> usize {
    let signs = Binary::SIGNS.iter();
    let sign = signs
        .map(|(sign, _)| *sign)
        .find(|sign| rest.starts_with(sign));
    sign.map_or(1, str::len)
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

fn is_unknown(c: char) -> bool {
    !is_space(c)
        && !is_line_end(c)
        && !is_word(c)
        && !is_operator(c)
        && !matches!(c, '#' | ';' | ':' | ',' | '\'' | '"' | '-' | '(' | ')')
}

/// Whether an operator begins with a character. `=` begins one only if a second one follows, but alone it is a likely
/// mistake for one.
fn is_operator(c: char) -> bool {
    matches!(
        c,
        '+' | '*' | '/' | '%' | '<' | '>' | '=' | '!' | '&' | '|' | '^' | '~'
    )
}
