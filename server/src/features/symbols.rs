//! The names of a program, as an outline and to search in.

use super::blocks::blocks;
use super::snapshot::Snapshot;
use std::ops::Range;

pub use provable_core::program::SymbolKind;

/// A name in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolEntry {
    /// The name.
    pub name: String,
    /// What it names.
    pub kind: SymbolKind,
    /// What it stands for, in a few words.
    pub detail: String,
    /// A label's lines, to before the next label and the comment above that; a constant's line.
    pub span: Range<usize>,
    /// The name in its definition.
    pub selection: Range<usize>,
}

/// The labels and constants, in the order of the text. A name that is defined twice is there once.
pub fn document_symbols(s: &Snapshot) -> Vec<SymbolEntry> {
    let mut blocks = blocks(s).peekable();
    let symbols = s.assembly.symbols.iter();
    symbols
        .map(|symbol| {
            let selection = symbol.definition.range();
            let row = s.rows().get(symbol.line);
            let line = row.map_or(selection.clone(), |row| row.span.range());
            let (detail, span) = match (symbol.kind, symbol.value) {
                (SymbolKind::Label, index) => {
                    while blocks
                        .next_if(|block| block.label.start < symbol.definition.start)
                        .is_some()
                    {}
                    let block = blocks.next_if(|block| block.label == symbol.definition);
                    let detail =
                        index.map_or(String::new(), |index| format!("instruction {index}"));
                    (detail, block.map_or(line, |block| block.span(s)))
                }
                (SymbolKind::Constant, Some(value)) => (format!("= {value}"), line),
                (SymbolKind::Constant, None) => (String::new(), line),
            };
            SymbolEntry {
                name: symbol.name.clone(),
                kind: symbol.kind,
                detail,
                span,
                selection,
            }
        })
        .collect()
}

/// Whether the characters of a query are in a name, in their order, letter case aside.
pub fn matches(query: &str, name: &str) -> bool {
    let mut rest = name.chars();
    query
        .chars()
        .all(|wanted| rest.any(|c| c.eq_ignore_ascii_case(&wanted)))
}
