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

pub use calls::{incoming, outgoing, routine_at, Routine};
pub use completion::{completions, Completions, Item, ItemKind};
pub use depths::{depth_hints, DepthHint};
pub use diagnostics::{diagnostics, Finding};
pub use fixes::{fixes, Fix, FixKind};
pub use folding::{folds, FoldKind};
pub use formatting::{format_all, format_on_type, format_range, Edit};
pub use hover::{hover, Hover};
pub use navigation::{definition, highlights, references, Access};
pub use rename::{prepare, rename};
pub use selection::selection;
pub use signature::{signature, Signature};
pub use snapshot::Snapshot;
pub use symbols::{document_symbols, matches, SymbolEntry, SymbolKind};
pub use tokens::{tokens, SemanticToken, TokenType};
