//! Texts in double quotes.

use super::number::escaped;
use super::span::Span;
use crate::lang::expression::ExpressionError;
use crate::lang::quote::visible;

/// A part of a text in double quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// A character.
    Character(char),
    /// A byte that `\xNN` stands for.
    Byte(u8),
}

impl TextPart {
    /// The code point, or the byte.
    pub fn word(self) -> u32 {
        match self {
            TextPart::Character(one) => u32::from(one),
            TextPart::Byte(byte) => u32::from(byte),
        }
    }

    /// The bytes, characters in UTF-8.
    pub fn bytes(parts: &[TextPart]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                TextPart::Character(one) => {
                    bytes.extend_from_slice(one.encode_utf8(&mut [0; 4]).as_bytes());
                }
                TextPart::Byte(byte) => bytes.push(*byte),
            }
        }
        bytes
    }
}

/// The parts of a text with its quotes, which stands at `base`.
pub(super) fn text_parts(quoted: &str, base: usize) -> Result<Vec<TextPart>, ExpressionError> {
    let whole = Span::new(base, base + quoted.len());
    let unclosed = || ExpressionError::new(whole, "the text has no closing quote");
    let inner = quoted.strip_prefix('"').ok_or_else(unclosed)?;
    let mut parts = Vec::with_capacity(inner.len());
    let mut chars = inner.char_indices();
    while let Some((at, one)) = chars.next() {
        match one {
            '"' => return Ok(parts),
            '\\' => {
                let (_, kind) = chars.next().ok_or_else(unclosed)?;
                let start = base + 1 + at;
                let part = match kind {
                    'x' => {
                        let digits = inner.get(at + 2..at + 4);
                        let byte = digits.and_then(|two| match two.bytes().all(|b| b.is_ascii_hexdigit()) {
                            true => u8::from_str_radix(two, 16).ok(),
                            false => None,
                        });
                        let byte = byte.ok_or_else(|| {
                            let message = "`\\x` is followed by two hexadecimal digits";
                            ExpressionError::new(Span::new(start, start + 2), message)
                        })?;
                        chars.nth(1);
                        TextPart::Byte(byte)
                    }
                    other => TextPart::Character(escaped(other).ok_or_else(|| {
                        let message = format!(
                            "`\\{}` is not an escape; there are \\n \\t \\r \\0 \\\\ \\' \\\" and \\xNN",
                            visible(other)
                        );
                        ExpressionError::new(Span::new(start, start + 1 + other.len_utf8()), message)
                    })?),
                };
                parts.push(part);
            }
            other => parts.push(TextPart::Character(other)),
        }
    }
    Err(unclosed())
}
