//! Positions of the protocol and offsets of a text. A position is a line and a column, in units of the position encoding.
//! Every position has an offset: a line past the end is the end of the text, a column past the end of its line is the end
//! of that line, a position inside a character is the start of that character.

use super::position_encoding::Encoding;
use provable::lang::line_index::{LineColumn, LineIndex};
use ropey::Rope;
use std::ops::Range;
use tower_lsp_server::ls_types as lsp;

/// The offset of a position in a rope, in bytes, and the character if the position is inside one.
pub fn rope_offset(rope: &Rope, at: lsp::Position, encoding: Encoding) -> (usize, Option<char>) {
    let Ok(start) = rope.try_line_to_byte(at.line as usize) else {
        return (rope.len_bytes(), None);
    };
    let line = rope.get_line(at.line as usize);
    let place = line.map(|line| encoding.place(line.chars(), at.character));
    let (bytes, inside) = place.unwrap_or_default();
    (start + bytes, inside)
}

/// Converts between the offsets and the positions of one text.
#[derive(Clone, Copy, Debug)]
pub struct Positions<'a> {
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a LineIndex,
    /// The unit of a column.
    pub encoding: Encoding,
}

impl Positions<'_> {
    /// The offset of a position.
    pub fn offset(&self, at: lsp::Position) -> usize {
        let Some(span) = self.lines.line_span(at.line as usize) else {
            return self.text.len();
        };
        let line = self.text.get(span.clone()).unwrap_or("");
        span.start + self.encoding.bytes_before(line.chars(), at.character)
    }

    /// The offsets of a range, the smaller one first.
    pub fn span(&self, range: lsp::Range) -> Range<usize> {
        let (a, b) = (self.offset(range.start), self.offset(range.end));
        a.min(b)..a.max(b)
    }

    /// The position of an offset.
    pub fn position(&self, offset: usize) -> lsp::Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let LineColumn { line, column } = self.lines.line_column(offset);
        let before = self.text.get(offset - column..offset).unwrap_or("");
        lsp::Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: self.encoding.units(before),
        }
    }

    /// The range of a span of offsets.
    pub fn range(&self, span: Range<usize>) -> lsp::Range {
        lsp::Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The position after the last character of a line, before its line end. Lines are counted from 0.
    pub fn line_end(&self, line: usize) -> lsp::Position {
        let span = self
            .lines
            .line_span(line)
            .unwrap_or(self.text.len()..self.text.len());
        let text = self.text.get(span.clone()).unwrap_or("");
        self.position(span.start + text.trim_end_matches(['\n', '\r']).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "PUSH 1 # é𝄞x\r\nADD\n";

    fn all(encoding: Encoding, at: (u32, u32)) -> (usize, usize) {
        let lines = LineIndex::new(TEXT);
        let positions = Positions {
            text: TEXT,
            lines: &lines,
            encoding,
        };
        let at = lsp::Position::new(at.0, at.1);
        (
            positions.offset(at),
            rope_offset(&Rope::from_str(TEXT), at, encoding).0,
        )
    }

    #[test]
    fn rope_and_text_agree_on_every_position() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for line in 0..5 {
                for column in (0..24).chain([u32::MAX]) {
                    let (text, rope) = all(encoding, (line, column));
                    assert_eq!(text, rope, "{encoding:?} {line}:{column}");
                    assert!(TEXT.is_char_boundary(text));
                }
            }
        }
    }

    #[test]
    fn columns_count_in_the_unit_of_the_encoding() {
        let x = TEXT.find('x').unwrap();
        assert_eq!(all(Encoding::Utf8, (0, 15)).0, x);
        assert_eq!(all(Encoding::Utf16, (0, 12)).0, x);
        assert_eq!(all(Encoding::Utf32, (0, 11)).0, x);
    }

    #[test]
    fn a_position_inside_a_surrogate_pair_is_its_start_and_past_the_line_its_end() {
        let clef = TEXT.find('𝄞').unwrap();
        assert_eq!(all(Encoding::Utf16, (0, 11)).0, clef);
        assert_eq!(all(Encoding::Utf16, (0, 99)).0, TEXT.find('\r').unwrap());
        assert_eq!(all(Encoding::Utf16, (9, 0)).0, TEXT.len());
    }

    #[test]
    fn positions_and_offsets_are_inverse_at_every_character() {
        let lines = LineIndex::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let positions = Positions {
                text: TEXT,
                lines: &lines,
                encoding,
            };
            for (offset, character) in TEXT.char_indices() {
                if character != '\n' {
                    assert_eq!(positions.offset(positions.position(offset)), offset);
                }
            }
        }
    }
}
