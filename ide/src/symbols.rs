//! The symbols of a program, for an outline and for search.

use super::blocks::{Block, blocks};
use super::data;
use super::snapshot::Snapshot;
use std::ops::Range;

use provable::lang::program::Symbol;
pub use provable::lang::program::SymbolKind;

/// A symbol in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolEntry {
    /// The name.
    pub name: String,
    /// Its kind.
    pub kind: SymbolKind,
    /// A short description of its value.
    pub detail: String,
    /// For a label: its lines, up to the next label and the comment above that. For a constant: its line. For
    /// data: their lines.
    pub span: Range<usize>,
    /// The span of the name in its definition.
    pub selection: Range<usize>,
}

/// The labels and constants, in the order of the text. A name that is defined twice occurs once.
pub fn document_symbols(s: &Snapshot) -> Vec<SymbolEntry> {
    let mut blocks = blocks(s).peekable();
    let symbols = s.assembly.symbols.iter();
    symbols
        .map(|symbol| {
            let selection = symbol.definition.range();
            let row = s.rows().get(symbol.line);
            let line = row.map_or(selection.clone(), |row| row.span.range());
            let last = data::lines(s, symbol.line).and_then(|lines| s.rows().get(lines.end - 1));
            let line = last.map_or(line.clone(), |last| line.start..last.span.range().end);
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

/// A short description of a symbol's value.
pub(super) fn stands_for(symbol: &Symbol) -> String {
    match (symbol.kind, symbol.value) {
        (SymbolKind::Label, Some(index)) => format!("instruction {index}"),
        (kind, Some(value)) if kind.is_number() => format!("= {value}"),
        (_, Some(_)) => String::new(),
        (_, None) => String::new(),
    }
}

/// Whether the characters of a query occur in a name, in their order, without regard to letter case.
pub fn matches(query: &str, name: &str) -> bool {
    let mut rest = name.chars();
    query
        .chars()
        .all(|wanted| rest.any(|c| c.eq_ignore_ascii_case(&wanted)))
}
