//! Places in a text as the protocol counts them: a line, and a column in units of the encoding that client and
//! server agreed on. Every place that a client can name becomes an offset: a line past the end is the end of the
//! text, a column past the end of its line is the end of that line, a place inside a character is its start.

use provable::lang::line_index::{LineColumn, LineIndex};
use ropey::Rope;
use std::ops::Range;
use tower_lsp_server::ls_types::{self as lsp, PositionEncodingKind};

/// The unit of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// 16-bit units, as every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The one to use with a client that offers these: bytes if it can, since the text is kept in them.
    pub fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offers = |kind: &PositionEncodingKind| {
            offered.is_some_and(|offered| offered.iter().any(|one| one == kind))
        };
        if offers(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offers(&PositionEncodingKind::UTF16) || !offers(&PositionEncodingKind::UTF32) {
            Encoding::Utf16
        } else {
            Encoding::Utf32
        }
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// Units that a character takes.
    fn width(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// Units that a text takes.
    pub fn units(self, text: &str) -> u32 {
        let units = match self {
            Encoding::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            _ => text.chars().map(|one| self.width(one)).sum(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    /// Bytes of a line before a column.
    fn bytes_before(self, line: impl Iterator<Item = char>, column: u32) -> usize {
        self.place(line, column).0
    }

    /// Bytes of a line before a column, and the character that the column is inside of.
    fn place(self, line: impl Iterator<Item = char>, column: u32) -> (usize, Option<char>) {
        let (mut bytes, mut units) = (0, 0);
        for character in line {
            if matches!(character, '\n' | '\r') {
                break;
            }
            let before = units;
            units += self.width(character);
            if units > column as usize {
                return (bytes, (before < column as usize).then_some(character));
            }
            bytes += character.len_utf8();
        }
        (bytes, None)
    }
}

/// A place in a rope, in bytes, and the character that it is inside of.
pub fn rope_place(rope: &Rope, at: lsp::Position, encoding: Encoding) -> (usize, Option<char>) {
    let Ok(start) = rope.try_line_to_byte(at.line as usize) else {
        return (rope.len_bytes(), None);
    };
    let line = rope.get_line(at.line as usize);
    let place = line.map(|line| encoding.place(line.chars(), at.character));
    let (bytes, inside) = place.unwrap_or_default();
    (start + bytes, inside)
}

/// Converts between offsets of one text and the protocol's places.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a LineIndex,
    /// The unit of a column.
    pub encoding: Encoding,
}

impl Places<'_> {
    /// The offset of a place.
    pub fn offset(&self, at: lsp::Position) -> usize {
        let Some(span) = self.lines.line_span(at.line as usize) else {
            return self.text.len();
        };
        let line = self.text.get(span.clone()).unwrap_or("");
        span.start + self.encoding.bytes_before(line.chars(), at.character)
    }

    /// The offsets of a range, the lesser one first.
    pub fn span(&self, range: lsp::Range) -> Range<usize> {
        let (a, b) = (self.offset(range.start), self.offset(range.end));
        a.min(b)..a.max(b)
    }

    /// The place of an offset.
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

    /// The places of a stretch.
    pub fn range(&self, span: Range<usize>) -> lsp::Range {
        lsp::Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The place after the last character of a line (from 0), before its line end.
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
        let places = Places {
            text: TEXT,
            lines: &lines,
            encoding,
        };
        let at = lsp::Position::new(at.0, at.1);
        (
            places.offset(at),
            rope_place(&Rope::from_str(TEXT), at, encoding).0,
        )
    }

    #[test]
    fn rope_and_text_agree_on_every_place() {
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
    fn a_place_inside_a_surrogate_pair_is_its_start_and_past_the_line_its_end() {
        let clef = TEXT.find('𝄞').unwrap();
        assert_eq!(all(Encoding::Utf16, (0, 11)).0, clef);
        assert_eq!(all(Encoding::Utf16, (0, 99)).0, TEXT.find('\r').unwrap());
        assert_eq!(all(Encoding::Utf16, (9, 0)).0, TEXT.len());
    }

    #[test]
    fn places_and_offsets_are_inverse_at_every_character() {
        let lines = LineIndex::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let places = Places {
                text: TEXT,
                lines: &lines,
                encoding,
            };
            for (offset, character) in TEXT.char_indices() {
                if character != '\n' {
                    assert_eq!(places.offset(places.position(offset)), offset);
                }
            }
        }
    }
}
