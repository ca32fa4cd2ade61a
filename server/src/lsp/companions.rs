//! The files beside programs, `NAME.inputs.json` and `NAME.proof.json`: what depends on them is worked out again when one
//! of them changes, on disk or in an open text.

use super::identity::{DocumentId, Role};
use super::inputs::beside;
use super::session::Session;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

/// The endings of the files beside a program.
pub const ENDINGS: [&str; 2] = ["inputs.json", "proof.json"];

impl Session {
    /// Takes in that these files are not what they were, or that texts of them were opened, edited or closed.
    pub fn companions_changed(self: &Arc<Self>, changed: Vec<Uri>) {
        let session = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // By where they lie, and by what they are: one may be a link to another.
            let ids = |uri: &Uri| [DocumentId::placed(uri), DocumentId::resolved(uri)];
            let files: HashSet<DocumentId> = changed.iter().flat_map(ids).collect();
            let is_changed = |path: &PathBuf| {
                let ids = [DocumentId::place_of(path), DocumentId::of_path(path)];
                ids.iter().any(|id| files.contains(id))
            };
            let mut concerns = false;
            for uri in &changed {
                // Also where no program is open any more: what was said of such a file is taken back.
                if Role::of(uri, "") == Role::Inputs {
                    session.dirty.mark_inputs(DocumentId::placed(uri));
                    concerns = true;
                }
            }
            for view in session.documents.programs() {
                let [inputs, proof] = ENDINGS.map(|ending| beside(&view.uri, ending));
                if inputs.as_ref().is_some_and(is_changed) {
                    session.dirty.mark(&view.uri);
                    session.dirty.mark_inputs_of(&view.uri);
                    concerns = true;
                }
                concerns |= proof.as_ref().is_some_and(is_changed);
            }
            if concerns {
                session.refresh();
            }
        });
    }
}
