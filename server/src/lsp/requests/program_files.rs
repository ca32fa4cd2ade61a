//! The programs of the workspace, for requests that are about all of them.

use crate::lsp::state::workspace_folders::SymbolIndex;
use crate::lsp::state::{Session, View};
use crate::program_state::DocumentId;
use crate::text_file;
use provable_ide::{Shared, is_standard};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// A definition that several files can name.
pub struct Everywhere {
    /// The id of its file.
    pub id: String,
    /// Its line there, from 0.
    pub line: usize,
    /// The other texts in which it may stand, that which defines it included: those that are open, and those of the
    /// workspace. Reads files.
    pub others: Vec<Arc<View>>,
}

/// What the definition is of which a text knows the place.
pub fn everywhere(
    session: &Session,
    index: &SymbolIndex,
    view: &View,
    of: Shared,
) -> Option<Everywhere> {
    let module = view.snapshot().modules.files().get(of.file)?;
    let definitions = &module.parsed.interface().definitions;
    let (name, _) = definitions.iter().find(|(_, one)| one.line == of.line)?;
    let id = module.id.clone();
    let mut done = HashSet::from([view.file.clone()]);
    let mut others = Vec::new();
    // A text without files beside it has no id.
    if !id.is_empty() {
        for open in session.documents.programs() {
            if done.insert(open.file.clone()) {
                others.push(open);
            }
        }
        let encoding = session.client_capabilities().encoding;
        for (real, file) in index.files() {
            if !done.insert(DocumentId::File(real.to_path_buf())) {
                continue;
            }
            let Ok(Some(text)) = text_file::read(&file.path) else {
                continue;
            };
            if text.contains(name.as_str()) {
                others.push(session.documents.closed(file.uri.clone(), encoding, &text));
            }
        }
        let is_known = done.contains(&DocumentId::File(Path::new(&id).to_path_buf()));
        if of.file != 0
            && !is_known
            && !is_standard(&id)
            && let Some(uri) = view.uri_of(of.file)
        {
            // It is in no folder of the workspace.
            let text = module.parsed.tree().text();
            others.push(session.documents.closed(uri, encoding, text));
        }
    }
    Some(Everywhere {
        id,
        line: of.line,
        others,
    })
}
