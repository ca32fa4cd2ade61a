//! Changes of programs, on disk or in an open text: what depends on them is computed again.

use super::document_role::Role;
use super::refresh::refresh;
use super::state::{Session, View};
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

/// Has the open programs looked at again that depend on a text which was opened, edited or closed.
pub fn dependents_changed(session: &Arc<Session>, view: &View) {
    let dependents = session.documents.dependents(view);
    for uri in &dependents {
        session.diagnostics_queue.add_program(uri);
    }
    if !dependents.is_empty() {
        refresh(session);
    }
}

/// Handles that these files changed on disk: an open program may use one of them.
pub fn programs_changed(session: &Arc<Session>, changed: &[Uri]) {
    let mut programs = changed.iter().map(|uri| Role::of(uri, ""));
    if programs.any(|role| role == Role::Program) {
        files_changed(session);
    }
}

/// Has every open program looked at again that uses files.
pub fn files_changed(session: &Arc<Session>) {
    session.documents.files_changed();
    let programs = session.documents.with_files();
    for uri in &programs {
        session.diagnostics_queue.add_program(uri);
    }
    if !programs.is_empty() {
        refresh(session);
    }
}
