//! Numbers, as they are written in programs and input files.

use crate::lang::quote::visible;

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// No digit at all.
    #[error("a number needs at least one digit")]
    NoDigits,
    /// A character that is not a digit of the number's base.
    #[error("`{}` is not a digit of a {base} number", visible(*.digit))]
    Digit {
        /// The character.
        digit: char,
        /// The base, in words.
        base: &'static str,
    },
    /// A `_` that is not between two digits.
    #[error("`_` may only stand between two digits")]
    Underscore,
    /// A value that does not fit in a word.
    #[error("the number does not fit in a word: it must be from -2147483648 to 4294967295")]
    Range,
    /// A character literal with nothing between its quotes.
    #[error("a character literal holds one character")]
    CharacterCount,
    /// A character literal without its closing quote.
    #[error("the character literal has no closing quote")]
    Unclosed,
    /// A backslash before a character that is no escape.
    #[error("`\\{}` is not an escape; there are \\n \\t \\r \\0 \\\\ \\' \\\"", visible(*.0))]
    Escape(char),
}

/// Reads a number: decimal (leading zeros allowed), `0x` or `0b`, `_` between digits, or one character in single
/// quotes; a leading `-` is two's complement. From -2^31 to 2^32-1. No spaces around it.
pub fn parse_number(text: &str) -> Result<u32, NumberError> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let magnitude = if body.starts_with('\'') {
        character(body)?
    } else {
        digits(body)?
    };
    match (negative, u32::try_from(magnitude)) {
        (false, Ok(value)) => Ok(value),
        (true, Ok(value)) if value <= 1 << 31 => Ok(value.wrapping_neg()),
        _ => Err(NumberError::Range),
    }
}

/// The value of digits with their prefix. Values of 2^64 and more are capped.
fn digits(body: &str) -> Result<u64, NumberError> {
    let (radix, base, digits) = match body.get(..2) {
        Some("0x" | "0X") => (16, "hexadecimal", body.get(2..)),
        Some("0b" | "0B") => (2, "binary", body.get(2..)),
        _ => (10, "decimal", Some(body)),
    };
    let mut value = 0u64;
    let mut after_digit = false;
    for digit in digits.unwrap_or("").chars() {
        if digit == '_' {
            if !after_digit {
                return Err(NumberError::Underscore);
            }
            after_digit = false;
            continue;
        }
        let Some(worth) = digit.to_digit(radix) else {
            return Err(NumberError::Digit { digit, base });
        };
        value = value
            .saturating_mul(u64::from(radix))
            .saturating_add(u64::from(worth));
        after_digit = true;
    }
    match (after_digit, digits.unwrap_or("").is_empty()) {
        (true, _) => Ok(value),
        (false, true) => Err(NumberError::NoDigits),
        (false, false) => Err(NumberError::Underscore),
    }
}

/// The code point of a character literal.
fn character(literal: &str) -> Result<u64, NumberError> {
    let inner = literal.strip_prefix('\'').unwrap_or(literal);
    let mut chars = inner.chars();
    let value = match chars.next().ok_or(NumberError::Unclosed)? {
        '\'' => return Err(NumberError::CharacterCount),
        '\\' => {
            let kind = chars.next().ok_or(NumberError::Unclosed)?;
            escaped(kind).ok_or(NumberError::Escape(kind))?
        }
        '\n' | '\r' => return Err(NumberError::Unclosed),
        plain => plain,
    };
    match chars.as_str() {
        "'" => Ok(u64::from(u32::from(value))),
        rest if rest.ends_with('\'') => Err(NumberError::CharacterCount),
        _ => Err(NumberError::Unclosed),
    }
}

/// The character that a backslash and this one stand for.
pub(super) fn escaped(kind: char) -> Option<char> {
    Some(match kind {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        '\\' | '\'' | '"' => kind,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_number() {
        for (text, value) in [
            ("0", 0),
            ("007", 7),
            ("1_000_000", 1_000_000),
            ("4294967295", u32::MAX),
            ("00000000000000000004294967295", u32::MAX),
            ("0xff", 255),
            ("0XFF_ff", 0xffff),
            ("0b10_01", 9),
            ("-1", u32::MAX),
            ("-0", 0),
            ("-2147483648", 1 << 31),
            ("-0x8000_0000", 1 << 31),
            ("'a'", 97),
            ("'#'", 35),
            ("';'", 59),
            ("' '", 32),
            ("'\\n'", 10),
            ("'\\t'", 9),
            ("'\\r'", 13),
            ("'\\0'", 0),
            ("'\\\\'", 92),
            ("'\\''", 39),
            ("'é'", 0xe9),
            ("'🦀'", 0x1f980),
            ("-'a'", 97u32.wrapping_neg()),
        ] {
            assert_eq!(parse_number(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn every_way_to_get_it_wrong() {
        use NumberError::*;
        let digit = |digit, base| Digit { digit, base };
        for (text, error) in [
            ("", NoDigits),
            ("-", NoDigits),
            ("0x", NoDigits),
            ("4294967296", Range),
            ("99999999999999999999999999", Range),
            ("-2147483649", Range),
            ("0x1_0000_0000", Range),
            ("_1", Underscore),
            ("1_", Underscore),
            ("1__0", Underscore),
            ("0x_1", Underscore),
            ("12a", digit('a', "decimal")),
            ("+1", digit('+', "decimal")),
            (" 1", digit(' ', "decimal")),
            ("--1", digit('-', "decimal")),
            ("0xg", digit('g', "hexadecimal")),
            ("0b2", digit('2', "binary")),
            ("١", digit('١', "decimal")),
            ("'", Unclosed),
            ("'a", Unclosed),
            ("'\\", Unclosed),
            ("'\\'", Unclosed),
            ("''", CharacterCount),
            ("'ab'", CharacterCount),
            ("'''", CharacterCount),
            ("'\\q'", Escape('q')),
        ] {
            assert_eq!(parse_number(text), Err(error), "{text}");
        }
    }
}
