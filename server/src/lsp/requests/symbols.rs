//! `textDocument/documentSymbol` and `workspace/symbol`.

use crate::features::symbols::{document_symbols, matches, SymbolEntry};
use crate::lsp::documents::View;
use crate::lsp::identity::DocumentId;
use crate::lsp::session::Session;
use crate::lsp::to_proto::location;
use provable_core::program::SymbolKind as Kind;
use std::collections::HashSet;
use tower_lsp_server::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, SymbolInformation, SymbolKind,
};

/// Symbols that one question of the whole workspace is answered with.
const MOST: usize = 500;

fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Label => SymbolKind::FUNCTION,
        Kind::Constant => SymbolKind::CONSTANT,
    }
}

/// The names that a text defines.
pub fn of_document(view: &View, nested: bool) -> DocumentSymbolResponse {
    let found = document_symbols(view.snapshot());
    if !nested {
        let flat = found.into_iter().map(|entry| information(view, entry));
        return DocumentSymbolResponse::Flat(flat.collect());
    }
    let places = view.places();
    #[allow(deprecated)] // the field has to be given, and is given nothing
    let symbol = |entry: SymbolEntry| DocumentSymbol {
        name: entry.name,
        detail: Some(entry.detail),
        kind: kind(entry.kind),
        tags: None,
        deprecated: None,
        range: places.range(entry.span),
        selection_range: places.range(entry.selection),
        children: None,
    };
    DocumentSymbolResponse::Nested(found.into_iter().map(symbol).collect())
}

fn information(view: &View, entry: SymbolEntry) -> SymbolInformation {
    #[allow(deprecated)]
    SymbolInformation {
        name: entry.name,
        kind: kind(entry.kind),
        tags: None,
        deprecated: None,
        location: location(&view.uri, &view.places(), entry.selection),
        container_name: None,
    }
}

/// The names that any text of the workspace defines, open or not.
pub fn of_workspace(session: &Session, query: &str) -> Vec<SymbolInformation> {
    let mut views = session.documents.programs();
    let open: HashSet<DocumentId> = views.iter().map(|view| view.file.clone()).collect();
    let closed = session.folders.programs(session.facts().encoding);
    views.extend(closed.into_iter().filter(|view| !open.contains(&view.file)));
    views.sort_by(|a, b| a.uri.cmp(&b.uri));
    views
        .iter()
        .flat_map(|view| {
            document_symbols(view.snapshot())
                .into_iter()
                .filter(|entry| matches(query, &entry.name))
                .map(|entry| information(view, entry))
                .collect::<Vec<_>>()
        })
        .take(MOST)
        .collect()
}
