//! From text to tree. The parser never gives up and never looks past a line: a bad line costs its own
//! diagnostics and no others', and every byte of the text stays in the tree.

mod format;
mod number;
mod parse;
mod reparse;
mod span;
mod statement;
mod token;
mod tree;

pub use format::{Formatted, format, format_tree};
pub use number::{NumberError, parse_number};
pub use parse::parse;
pub use reparse::reparse;
pub use span::Span;
pub use token::{Token, TokenKind, tokens};
pub use tree::{Body, Line, Operand, Tree, Value};

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 64 << 20;

/// The most lines, and so the most instructions, that are read.
pub const MAX_LINES: usize = 1 << 24;

/// Whether a name may be given to a label or a constant, mnemonics aside: ASCII letters, digits, `_` and `.`,
/// with a letter or `_` first. Letters of other alphabets are left out on purpose: two names that look the same
/// must be the same.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}
