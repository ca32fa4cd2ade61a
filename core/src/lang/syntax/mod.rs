//! From text to tree. The parser recovers at each line: a malformed line gets its own diagnostic and does not affect
//! other lines, and every byte of the text stays in the tree.

mod body;
mod data;
mod directive;
mod effect;
mod format;
mod format_line;
mod items;
mod module_lines;
mod number;
mod operand;
mod operands;
mod parse;
mod reparse;
mod span;
mod statement;
mod test_lines;
mod text;
mod token;
mod tree;

pub use body::{Body, Tape};
pub use directive::Directive;
pub use effect::RoutineEffect;
pub use format::{Formatted, format, format_tree};
pub use module_lines::{is_alias, loop_change};
pub use number::{NumberError, parse_number};
pub use operand::{Operand, Value};
pub use parse::parse;
pub use reparse::reparse;
pub use span::Span;
pub use test_lines::TRAP_KINDS;
pub use text::TextPart;
pub use token::{Token, TokenKind, tokens};
pub use tree::{Line, Tree};

/// The longest text that is accepted, in bytes.
pub const MAX_TEXT: usize = 64 << 20;

/// The most lines, and so the most instructions, that are accepted.
pub const MAX_LINES: usize = 1 << 24;

/// Whether a text has no other signs than names have. What has others, such as `-NAME`, has its diagnostic and names nothing.
pub fn has_signs_of_names(text: &str) -> bool {
    let is_sign = |one: char| one.is_alphanumeric() || matches!(one, '_' | '.');
    text.chars().all(is_sign)
}

/// Whether a text may be the name of a label or a constant (mnemonics are not checked here): ASCII letters, digits, `_`
/// and `.`, with a letter or `_` first. Letters of other alphabets are refused, so that two names that look the same
/// are the same.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}
