//! The unit in which the protocol counts columns, which client and server agree on.

use tower_lsp_server::ls_types::PositionEncodingKind;

/// The unit of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, which every client supports.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The encoding to use with a client that offers these: UTF-8 if it is offered, since texts are stored in it.
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

    /// The name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The units of a character.
    fn width(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The units of a text.
    pub fn units(self, text: &str) -> u32 {
        let units = match self {
            Encoding::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            _ => text.chars().map(|one| self.width(one)).sum(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    /// The bytes of a line before a column.
    pub fn bytes_before(self, line: impl Iterator<Item = char>, column: u32) -> usize {
        self.place(line, column).0
    }

    /// The bytes of a line before a column, and the character if the column is inside one.
    pub fn place(self, line: impl Iterator<Item = char>, column: u32) -> (usize, Option<char>) {
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
