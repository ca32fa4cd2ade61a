//! `textDocument/documentSymbol` and `workspace/symbol`.

use crate::lsp::documents::View;
use crate::lsp::folder::{File, Index};
use crate::lsp::identity::DocumentId;
use crate::lsp::session::Session;
use crate::lsp::to_proto::location;
use provable::lang::program::SymbolKind as Kind;
use provable_ide::symbols::{SymbolEntry, document_symbols, matches};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
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
    let location = location(&view.uri, &view.places(), entry.selection);
    symbol(entry.name, entry.kind, location)
}

fn symbol(name: String, of: Kind, location: Location) -> SymbolInformation {
    #[allow(deprecated)]
    SymbolInformation {
        name,
        kind: kind(of),
        tags: None,
        deprecated: None,
        location,
        container_name: None,
    }
}

/// The names that any text of the workspace defines, open or not. What is open counts, not what is on disk.
pub async fn of_workspace(session: &Arc<Session>, query: String) -> Option<Vec<SymbolInformation>> {
    let index = session
        .folders
        .index(session.client_capabilities().encoding)
        .await;
    let turn = session.folders.turn().await;
    let session = Arc::clone(session);
    let found = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        found(&session, &index, &query)
    });
    found.await.ok()
}

fn found(session: &Session, index: &Index, query: &str) -> Vec<SymbolInformation> {
    let views = session.documents.programs();
    let open: HashSet<&DocumentId> = views.iter().map(|view| &view.file).collect();
    let is_closed = |(real, _): &(&Path, &Arc<File>)| {
        let file = DocumentId::File(real.to_path_buf());
        !open.contains(&file)
    };
    let views = views.iter().map(|view| (&view.uri, Source::Open(view)));
    let files = index
        .files()
        .filter(is_closed)
        .map(|(_, file)| (&file.uri, Source::Closed(file)));
    let mut texts: Vec<_> = views.chain(files).collect();
    texts.sort_by_key(|(uri, _)| uri.as_str());
    texts
        .iter()
        .flat_map(|(_, source)| source.matching(query))
        .take(MOST)
        .collect()
}

/// Where names are taken from.
enum Source<'a> {
    Open(&'a View),
    Closed(&'a File),
}

impl Source<'_> {
    fn matching(&self, query: &str) -> Vec<SymbolInformation> {
        match self {
            Source::Open(view) => document_symbols(view.snapshot())
                .into_iter()
                .filter(|entry| matches(query, &entry.name))
                .map(|entry| information(view, entry))
                .collect(),
            Source::Closed(file) => {
                let found = file.names.iter().filter(|one| matches(query, &one.name));
                found
                    .map(|one| {
                        let location = Location::new(file.uri.clone(), one.range);
                        symbol(one.name.clone(), one.kind, location)
                    })
                    .collect()
            }
        }
    }
}
