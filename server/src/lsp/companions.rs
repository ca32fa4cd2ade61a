//! The files beside programs, `NAME.inputs.json` and `NAME.proof.json`: what depends on them is worked out again when one
//! of them changes, on disk or in an open text.

use super::documents::View;
use super::identity::{DocumentId, Role};
use super::inputs::{beside, read};
use super::session::Session;
use std::collections::HashSet;
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

/// The endings of the files beside a program.
pub const ENDINGS: [&str; 2] = ["inputs.json", "proof.json"];

impl Session {
    /// Takes in that these files are not what they were, or that texts of them were opened, edited or closed.
    pub fn companions_changed(self: &Arc<Self>, changed: Vec<Uri>) {
        let session = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            let files: HashSet<DocumentId> = changed.iter().map(DocumentId::resolved).collect();
            for uri in &changed {
                // Also where no program is open any more: what was said of such a file is taken back.
                if Role::of(uri, "") == Role::Inputs {
                    session.dirty.mark_inputs(DocumentId::resolved(uri));
                }
            }
            for view in session.documents.programs() {
                let [inputs, proof] = ENDINGS.map(|ending| {
                    let path = beside(&view.uri, ending);
                    path.is_some_and(|path| files.contains(&DocumentId::of_path(&path)))
                });
                if inputs {
                    session.dirty.mark(&view.uri);
                }
                if proof {
                    session.read_proof(&view);
                }
            }
            session.refresh();
        });
    }

    /// Reads the proof file beside a program, without verifying it.
    pub fn look_for_proof(self: &Arc<Self>, view: Arc<View>) {
        let session = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            session.read_proof(&view);
            session.refresh();
        });
    }

    /// As [`Self::look_for_proof`], on this thread, which may wait.
    pub fn read_proof(&self, view: &View) {
        let found = beside(&view.uri, "proof.json").map_or(Ok(None), |path| read(&path));
        let found = found.as_ref().map(Option::as_deref).map_err(String::as_str);
        self.sheets.change(&view.file, |sheet| sheet.found(found));
    }
}
