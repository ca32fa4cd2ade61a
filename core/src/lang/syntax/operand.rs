//! Operands: what stands for a number.

use super::is_name;
use super::number::parse_number;
use super::span::Span;
use super::token::TokenKind;

/// The value of an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(u32),
    /// A name, or a word in place of one.
    Name,
    /// An expression of more than a number or a name.
    Expression,
    /// A text in double quotes, which stands for several words.
    Text,
    /// A malformed value. There is a diagnostic for it.
    Bad,
}

/// An operand, or the value of a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Where it is.
    pub span: Span,
    /// Its value.
    pub value: Value,
}

/// The value of a token that stands where an operand does, whether or not it may stand there.
pub(super) fn value_of(text: &str, kind: TokenKind) -> Value {
    match kind {
        TokenKind::Number | TokenKind::Character => {
            parse_number(text).map_or(Value::Bad, Value::Number)
        }
        TokenKind::Text => Value::Text,
        _ if is_name(text) => Value::Name,
        _ => Value::Bad,
    }
}
