//! Editor features for programs, as pure functions from a [`Snapshot`] to plain values.
//!
//! This crate knows no editor and no protocol. Places are byte offsets of the text; the caller converts them. Every
//! function is total: an offset past the end counts as the end, and an offset inside a character counts as the start of
//! that character.

mod beside;
mod blocks;
mod call_graph;
mod cost;
mod data;
mod described;
mod parameters;
mod place;
mod traps;
mod values;

pub mod calls;
pub mod completion;
pub mod depths;
pub mod diagnostics;
pub mod fixes;
pub mod folding;
pub mod formatting;
pub mod hover;
pub mod names;
pub mod navigation;
pub mod numbers;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod snapshot;
pub mod symbols;
pub mod tokens;

pub use beside::Beside;
pub use calls::{Routine, incoming, incoming_in, outgoing, routine_at};
pub use completion::{Completions, Item, ItemKind, completions, completions_among};
pub use depths::{DepthHint, depth_hints};
pub use diagnostics::{Finding, diagnostics};
pub use fixes::{Fix, FixKind, add_case, fixes, fixes_among};
pub use folding::{FoldKind, folds};
pub use formatting::{Edit, format_all, format_on_type, format_range};
pub use hover::{Hover, hover};
pub use names::{Shared, is_standard, references_in, shared_at};
pub use navigation::{Access, Definition, definition, highlights, links, references};
pub use rename::{prepare, rename};
pub use selection::selection;
pub use signature::{Signature, signature};
pub use snapshot::Snapshot;
pub use symbols::{OutlineEntry, SymbolEntry, SymbolKind, document_symbols, matches, outline};
pub use tokens::{SemanticToken, TokenType, tokens};

/// Compiles and runs the example of the README with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
