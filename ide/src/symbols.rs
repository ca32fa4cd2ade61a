//! The names of a program, as an outline and to search in.

use super::blocks::{Block, blocks};
use super::snapshot::Snapshot;
use std::ops::Range;

use provable::lang::program::Symbol;
pub use provable::lang::program::SymbolKind;

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
            let is_before = |block: &Block| block.label.start < symbol.definition.start;
            while blocks.next_if(is_before).is_some() {}
            let block = blocks.next_if(|block| block.label == symbol.definition);
            let span = block.map_or(line, |block| block.span(s));
            SymbolEntry {
                name: symbol.name.clone(),
                kind: symbol.kind,
                detail: stands_for(symbol),
                span,
                selection,
            }
        })
        .collect()
}

/// What a name stands for, in a few words.
pub(super) fn stands_for(symbol: &Symbol) -> String {
    match (symbol.kind, symbol.value) {
        (SymbolKind::Label, Some(index)) => format!("instruction {index}"),
        (SymbolKind::Constant, Some(value)) => format!("= {value}"),
        (_, None) => String::new(),
    }
}

/// Whether the characters of a query are in a name, in their order, letter case aside.
pub fn matches(query: &str, name: &str) -> bool {
    let mut rest = name.chars();
    query
        .chars()
        .all(|wanted| rest.any(|c| c.eq_ignore_ascii_case(&wanted)))
}
