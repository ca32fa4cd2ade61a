//! Applying the edits of a client to a text.

use crate::lsp::position::rope_offset;
use crate::lsp::position_encoding::Encoding;
use ropey::Rope;
use tower_lsp_server::ls_types::TextDocumentContentChangeEvent;

/// Applies one change: a range and its new text, or a whole new text. A client can remove one unit of a character that
/// has two UTF-16 units. U+FFFD replaces the unit that is left, so that columns stay what they are for the client.
pub fn apply(rope: &mut Rope, change: TextDocumentContentChangeEvent, encoding: Encoding) {
    let Some(range) = change.range else {
        *rope = Rope::from_str(&change.text);
        return;
    };
    let a = rope_offset(rope, range.start, encoding);
    let b = rope_offset(rope, range.end, encoding);
    if a == b && change.text.is_empty() {
        return;
    }
    let ((start, first), (end, last)) = (a.min(b), a.max(b));
    // In the other encodings a position inside a character is its start.
    let has_halves = encoding == Encoding::Utf16;
    let (first, last) = (
        first.filter(|_| has_halves).map(|one| pair(one)[0]),
        last.filter(|_| has_halves),
    );
    let end = end + last.map_or(0, char::len_utf8);
    let text = match (first, last) {
        (None, None) => change.text,
        _ => {
            let text = change.text.encode_utf16();
            let last = last.map(|one| pair(one)[1]);
            let units: Vec<u16> = first.into_iter().chain(text).chain(last).collect();
            String::from_utf16_lossy(&units)
        }
    };
    let (Ok(start), Ok(end)) = (rope.try_byte_to_char(start), rope.try_byte_to_char(end)) else {
        return;
    };
    // Both are offsets of this rope, so neither can fail.
    let _ = rope.try_remove(start..end);
    let _ = rope.try_insert(start, &text);
}

/// The two UTF-16 units of a character that has two.
fn pair(character: char) -> [u16; 2] {
    let mut units = [0; 2];
    character.encode_utf16(&mut units);
    units
}
