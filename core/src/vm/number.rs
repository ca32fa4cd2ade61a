//! A number as programs write it: decimal, `0x`, `0b`, `_` between digits, a character in quotes, a leading `-`.

use thiserror::Error;

/// Why a text is not a number of 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum NumberError {
    #[error("not a number")]
    Malformed,
    #[error("not within -2147483648 to 4294967295")]
    OutOfRange,
}

/// Reads a number; a negative one as its two's complement.
pub(super) fn parse_number(text: &str) -> Result<u32, NumberError> {
    if let Some(quoted) = text
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        return character(quoted)
            .map(u32::from)
            .ok_or(NumberError::Malformed);
    }
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let magnitude = match magnitude.as_bytes() {
        [b'0', b'x' | b'X', ..] => digits(magnitude.get(2..).unwrap_or(""), 16)?,
        [b'0', b'b' | b'B', ..] => digits(magnitude.get(2..).unwrap_or(""), 2)?,
        _ => digits(magnitude, 10)?,
    };
    let value = if negative { -magnitude } else { magnitude };
    word(value).ok_or(NumberError::OutOfRange)
}

/// A whole number as a word, from -2^31 to 2^32-1.
pub(super) fn word(value: i64) -> Option<u32> {
    u32::try_from(value)
        .ok()
        .or_else(|| i32::try_from(value).ok().map(|value| value as u32))
}

fn digits(text: &str, radix: u32) -> Result<i64, NumberError> {
    if text.is_empty() || text.starts_with('_') || text.ends_with('_') || text.contains("__") {
        return Err(NumberError::Malformed);
    }
    let mut value: i64 = 0;
    for digit in text.chars().filter(|c| *c != '_') {
        let digit = digit.to_digit(radix).ok_or(NumberError::Malformed)?;
        // Saturating, so that a wrong digit further on still is what the error is about.
        value = value
            .saturating_mul(i64::from(radix))
            .saturating_add(i64::from(digit));
    }
    Ok(value)
}

fn character(quoted: &str) -> Option<char> {
    let mut chars = quoted.chars();
    let c = match (chars.next()?, chars.next()) {
        ('\\', Some(escape)) => match escape {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            '\\' | '\'' | '"' => escape,
            _ => return None,
        },
        ('\\' | '\'', None) => return None,
        (c, None) => c,
        _ => return None,
    };
    chars.next().is_none().then_some(c)
}
