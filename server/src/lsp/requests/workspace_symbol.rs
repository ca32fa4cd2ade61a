//! `workspace/symbol`.

use crate::lsp::state::workspace_folders::{ProgramFile, SymbolIndex, is_searched};
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::{symbol_information, symbol_of_view};
use crate::program_state::DocumentId;
use crate::task;
use provable_ide::symbols::{document_symbols, matches};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use tower_lsp_server::ls_types::{Location, SymbolInformation};

/// The most symbols in an answer.
const MAX_SYMBOLS: usize = 500;

/// The names that the programs of the workspace define. Of a program that is open the text counts, not the file.
pub async fn answer(session: &Arc<Session>, query: String) -> Option<Vec<SymbolInformation>> {
    let index = session
        .folders
        .index(session.client_capabilities().encoding)
        .await;
    let lock = session.folders.lock_answers().await;
    let session = Arc::clone(session);
    let found = task::blocking(move || {
        let _lock = lock;
        found(&session, &index, &query)
    });
    found.await.ok()
}

fn found(session: &Session, index: &SymbolIndex, query: &str) -> Vec<SymbolInformation> {
    let views = session.documents.programs();
    let open: HashSet<&DocumentId> = views.iter().map(|view| &view.file).collect();
    let is_closed = |(real, _): &(&Path, &Arc<ProgramFile>)| {
        let file = DocumentId::File(real.to_path_buf());
        !open.contains(&file)
    };
    let views = views
        .iter()
        .map(|view| (&view.uri, SymbolSource::Open(view)));
    let files = index
        .files()
        .filter(is_closed)
        .map(|(_, file)| (&file.uri, SymbolSource::Closed(file)));
    let mut texts: Vec<_> = views.chain(files).collect();
    texts.sort_by_key(|(uri, _)| uri.as_str());
    texts
        .iter()
        .flat_map(|(_, source)| source.matching(query))
        .take(MAX_SYMBOLS)
        .collect()
}

/// A program whose names are searched.
enum SymbolSource<'a> {
    Open(&'a View),
    Closed(&'a ProgramFile),
}

impl SymbolSource<'_> {
    fn matching(&self, query: &str) -> Vec<SymbolInformation> {
        match self {
            SymbolSource::Open(view) => document_symbols(view.snapshot())
                .into_iter()
                .filter(|entry| is_searched(entry.kind) && matches(query, &entry.name))
                .map(|entry| symbol_of_view(view, entry))
                .collect(),
            SymbolSource::Closed(file) => {
                let found = file.symbols.iter().filter(|one| matches(query, &one.name));
                found
                    .map(|one| {
                        let location = Location::new(file.uri.clone(), one.range);
                        symbol_information(one.name.clone(), one.kind, location)
                    })
                    .collect()
            }
        }
    }
}
