//! `textDocument/documentSymbol`.

use crate::lsp::state::View;
use crate::lsp::to_proto::{symbol_kind, symbol_of_view};
use provable_ide::symbols::{SymbolEntry, document_symbols};
use tower_lsp_server::ls_types::{DocumentSymbol, DocumentSymbolResponse};

/// The names that a text defines; nested, if the client supports that.
pub fn answer(view: &View, nested: bool) -> DocumentSymbolResponse {
    let found = document_symbols(view.snapshot());
    if !nested {
        let flat = found.into_iter().map(|entry| symbol_of_view(view, entry));
        return DocumentSymbolResponse::Flat(flat.collect());
    }
    let positions = view.positions();
    #[allow(deprecated)] // the field must be given
    let symbol = |entry: SymbolEntry| DocumentSymbol {
        name: entry.name,
        detail: Some(entry.detail),
        kind: symbol_kind(entry.kind),
        tags: None,
        deprecated: None,
        range: positions.range(entry.span),
        selection_range: positions.range(entry.selection),
        children: None,
    };
    DocumentSymbolResponse::Nested(found.into_iter().map(symbol).collect())
}
