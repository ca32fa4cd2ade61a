//! `workspace/didChangeWorkspaceFolders`, `workspace/didChangeWatchedFiles` and `window/workDoneProgress/cancel`.

use crate::lsp::companion_changes::companions_changed;
use crate::lsp::program_changes::programs_changed;
use crate::lsp::state::Session;
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, Uri,
    WorkDoneProgressCancelParams, WorkspaceFolder, WorkspaceFoldersChangeEvent,
};

/// Adds and removes folders.
pub fn did_change_folders(session: &Session, params: DidChangeWorkspaceFoldersParams) {
    let uris = |folders: Vec<WorkspaceFolder>| -> Vec<Uri> {
        folders.into_iter().map(|folder| folder.uri).collect()
    };
    let WorkspaceFoldersChangeEvent { added, removed } = params.event;
    session.folders.change(&uris(added), &uris(removed));
}

/// Handles that files changed on disk.
pub fn did_change_watched_files(session: &Arc<Session>, params: DidChangeWatchedFilesParams) {
    let changed = params.changes.into_iter().map(|change| change.uri);
    let changed: Vec<Uri> = changed.collect();
    programs_changed(session, &changed);
    companions_changed(session, changed);
}

/// Cancels the job whose progress has this token.
pub fn cancel_progress(session: &Session, params: &WorkDoneProgressCancelParams) {
    let pending = session.pending_jobs();
    let job = pending.iter().find(|(_, job)| job.token == params.token);
    if let Some((id, _)) = job {
        session.jobs.cancel(*id);
    }
}
