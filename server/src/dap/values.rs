//! How words are shown.

use super::protocol::inspect::Format;

/// A word, as the client wants it.
pub fn word(word: u32, format: Option<Format>) -> String {
    match format {
        Some(Format { hex: true }) => format!("{word:#x}"),
        _ => word.to_string(),
    }
}

/// A word for a person who looks at it alone: in both bases, and as the character that it may be.
pub fn full(word: u32) -> String {
    let character = char::from_u32(word).filter(|one| one.is_ascii_graphic());
    match (word, character) {
        (0..=9, _) => word.to_string(),
        (_, Some(character)) => format!("{word} = {word:#x} = '{character}'"),
        _ => format!("{word} = {word:#x}"),
    }
}
