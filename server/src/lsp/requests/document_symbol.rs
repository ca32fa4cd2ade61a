//! `textDocument/documentSymbol`.

use crate::lsp::position::Positions;
use crate::lsp::state::View;
use crate::lsp::to_proto::{symbol_kind, symbol_of_view};
use provable_ide::symbols::{OutlineEntry, SymbolEntry, document_symbols, outline};
use tower_lsp_server::ls_types::{DocumentSymbol, DocumentSymbolResponse};

/// The names that a text defines, and its tests; nested, if the client supports that.
pub fn answer(view: &View, nested: bool) -> DocumentSymbolResponse {
    if !nested {
        let found = document_symbols(view.snapshot());
        let flat = found.into_iter().map(|entry| symbol_of_view(view, entry));
        return DocumentSymbolResponse::Flat(flat.collect());
    }
    let positions = view.positions();
    let entry = |entry: OutlineEntry| {
        let children = entry.children.into_iter();
        let children: Vec<_> = children
            .map(|child| symbol(&positions, child, None))
            .collect();
        let children = Some(children).filter(|list| !list.is_empty());
        symbol(&positions, entry.symbol, children)
    };
    let found = outline(view.snapshot()).into_iter();
    DocumentSymbolResponse::Nested(found.map(entry).collect())
}

#[allow(deprecated)] // the field must be given
fn symbol(
    positions: &Positions<'_>,
    entry: SymbolEntry,
    children: Option<Vec<DocumentSymbol>>,
) -> DocumentSymbol {
    DocumentSymbol {
        name: entry.name,
        detail: Some(entry.detail),
        kind: symbol_kind(entry.kind),
        tags: None,
        deprecated: None,
        range: positions.range(entry.span),
        selection_range: positions.range(entry.selection),
        children,
    }
}
