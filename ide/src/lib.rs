//! What an editor can ask about a program, as plain functions from a [`Snapshot`] to plain values.
//!
//! Nothing here knows an editor or a protocol: places are byte offsets of the text, and whoever asks converts. Every
//! function is total: an offset past the end is the end, one inside a character is where that character begins.

mod blocks;
mod place;

pub mod calls;
pub mod completion;
pub mod depths;
pub mod diagnostics;
pub mod fixes;
pub mod folding;
pub mod formatting;
pub mod hover;
pub mod navigation;
pub mod numbers;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod snapshot;
pub mod symbols;
pub mod tokens;

pub use calls::{Routine, incoming, outgoing, routine_at};
pub use completion::{Completions, Item, ItemKind, completions};
pub use depths::{DepthHint, depth_hints};
pub use diagnostics::{Finding, diagnostics};
pub use fixes::{Fix, FixKind, fixes};
pub use folding::{FoldKind, folds};
pub use formatting::{Edit, format_all, format_on_type, format_range};
pub use hover::{Hover, hover};
pub use navigation::{Access, definition, highlights, references};
pub use rename::{prepare, rename};
pub use selection::selection;
pub use signature::{Signature, signature};
pub use snapshot::Snapshot;
pub use symbols::{SymbolEntry, SymbolKind, document_symbols, matches};
pub use tokens::{SemanticToken, TokenType, tokens};

/// The example of the README is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
