//! Tokens of an expression.

use super::ast::{Binary, ExpressionError, LONGEST};
use provable::lang::quote::visible;
use provable::lang::syntax::parse_number;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A number, in any way that programs write one.
    Number(u32),
    /// A name.
    Name(&'a str),
    /// An operator with two operands; `-` also stands for the one with one.
    Operator(Binary),
    /// `~`
    Tilde,
    /// `!`
    Bang,
    /// `(`, `)`, `[` or `]`.
    Bracket(char),
}

/// Operators, those of two characters first.
const OPERATORS: [(&str, Binary); 18] = [
    ("||", Binary::Or),
    ("&&", Binary::And),
    ("==", Binary::Equal),
    ("!=", Binary::Unequal),
    ("<=", Binary::LessOrEqual),
    (">=", Binary::GreaterOrEqual),
    ("<<", Binary::ShiftLeft),
    (">>", Binary::ShiftRight),
    ("<", Binary::Less),
    (">", Binary::Greater),
    ("|", Binary::BitOr),
    ("^", Binary::BitXor),
    ("&", Binary::BitAnd),
    ("+", Binary::Add),
    ("-", Binary::Subtract),
    ("*", Binary::Multiply),
    ("/", Binary::Divide),
    ("%", Binary::Remainder),
];

/// The tokens of a text.
pub fn tokens(text: &str) -> Result<Vec<Token<'_>>, ExpressionError> {
    if text.len() > LONGEST {
        return Err(ExpressionError::new(format!(
            "an expression has at most {LONGEST} bytes"
        )));
    }
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '(' | ')' | '[' | ']' => (Token::Bracket(first), after(rest, 1)),
            '0'..='9' => number(rest, word_length(rest))?,
            '\'' => number(rest, literal_length(rest))?,
            'a'..='z' | 'A'..='Z' | '_' => {
                let (name, after) = rest
                    .split_at_checked(word_length(rest))
                    .unwrap_or((rest, ""));
                (Token::Name(name), after)
            }
            _ => symbol(rest, first)?,
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn after(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

fn symbol(text: &str, first: char) -> Result<(Token<'_>, &str), ExpressionError> {
    let operator = OPERATORS.iter().find(|(sign, _)| text.starts_with(sign));
    match (operator, first) {
        (Some((sign, operator)), _) => Ok((Token::Operator(*operator), after(text, sign.len()))),
        (None, '~') => Ok((Token::Tilde, after(text, 1))),
        (None, '!') => Ok((Token::Bang, after(text, 1))),
        (None, '=') => Err(ExpressionError::new(
            "`=` compares nothing; write `==`, or set a variable in its own view",
        )),
        (None, other) => Err(ExpressionError::new(format!(
            "`{}` has no place in an expression",
            visible(other)
        ))),
    }
}

fn number(text: &str, length: usize) -> Result<(Token<'_>, &str), ExpressionError> {
    let (digits, after) = text.split_at_checked(length).unwrap_or((text, ""));
    match parse_number(digits) {
        Ok(word) => Ok((Token::Number(word), after)),
        Err(error) => Err(ExpressionError::new(error.to_string())),
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
            '\'' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}
