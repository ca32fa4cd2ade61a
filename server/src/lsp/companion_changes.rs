//! Changes of companion files, on disk or in an open text: what depends on them is computed again.

use super::companion_files::{ENDINGS, companion_path};
use super::document_role::Role;
use super::refresh::refresh;
use super::state::Session;
use crate::program_state::DocumentId;
use crate::task;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

/// Handles that these files changed, or that texts of them were opened, edited or closed.
pub fn companions_changed(session: &Arc<Session>, changed: Vec<Uri>) {
    let session = Arc::clone(session);
    tokio::spawn(task::blocking(move || {
        // By place and by resolved path: one file may be a link to another.
        let ids = |uri: &Uri| [DocumentId::placed(uri), DocumentId::resolved(uri)];
        let files: HashSet<DocumentId> = changed.iter().flat_map(ids).collect();
        let is_changed = |path: &PathBuf| {
            let ids = [
                DocumentId::placed_path(path),
                DocumentId::resolved_path(path),
            ];
            ids.iter().any(|id| files.contains(id))
        };
        let queue = &session.diagnostics_queue;
        let mut is_relevant = false;
        for uri in &changed {
            // Also if its program is not open any more: diagnostics of the file that were published are withdrawn.
            if Role::of(uri, "") == Role::Inputs {
                queue.add_inputs(DocumentId::placed(uri));
                is_relevant = true;
            }
        }
        for view in session.documents.programs() {
            let [inputs, proof] = ENDINGS.map(|ending| companion_path(&view.uri, ending));
            if inputs.as_ref().is_some_and(is_changed) {
                queue.add_program(&view.uri);
                queue.add_inputs_of(&view.uri);
                is_relevant = true;
            }
            is_relevant |= proof.as_ref().is_some_and(is_changed);
        }
        if is_relevant {
            refresh(&session);
        }
    }));
}
