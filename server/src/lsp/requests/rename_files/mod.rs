//! `workspace/willRenameFiles` and `workspace/didRenameFiles`: the companion files of a program are renamed with it, `.use`
//! lines name it by its new path, and its state and its jobs follow.

mod mended_uses;

use crate::lsp::companion_changes::companions_changed;
use crate::lsp::companion_files::{ENDINGS, companion_path, companion_uri};
use crate::lsp::document_uri::{file_uri, name_of, path_of};
use crate::lsp::program_changes::files_changed;
use crate::lsp::state::Session;
use crate::program_state::{DocumentId, Renamed};
use crate::task;
use crate::worker::job_kind::JobKind;
use mended_uses::{MendedText, Renames, mended};
use provable_host::fs;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    DocumentChangeOperation, DocumentChanges, FileRename, MessageType, OneOf,
    OptionalVersionedTextDocumentIdentifier, RenameFile, RenameFileOptions, ResourceOp,
    TextDocumentEdit, Uri, WorkspaceEdit,
};

/// The edits that go with a rename of files and folders: of the `.use` lines that name them, and renames of the companion
/// files of programs.
pub async fn will_rename(
    session: &Arc<Session>,
    renames: Vec<FileRename>,
) -> Option<WorkspaceEdit> {
    let client = session.client_capabilities();
    let index = session.folders.index(client.encoding).await;
    let session = Arc::clone(session);
    let found = task::blocking(move || {
        let uris: Vec<(Uri, Uri)> = renames.iter().filter_map(uris).collect();
        let moved = Renames::new(uris.iter().map(|(old, new)| (old, new)));
        let mended = mended(&session, &index, &moved);
        let companions = match client.renames_files {
            true => companions(&renames),
            false => Vec::new(),
        };
        edit(mended, companions, client.versioned_edits)
    });
    found.await.ok().flatten()
}

fn edit(
    mended: Vec<MendedText>,
    companions: Vec<DocumentChangeOperation>,
    versioned: bool,
) -> Option<WorkspaceEdit> {
    if mended.is_empty() && companions.is_empty() {
        return None;
    }
    if !versioned && companions.is_empty() {
        let changes = mended.into_iter().map(|text| (text.uri, text.edits));
        return Some(WorkspaceEdit {
            changes: Some(changes.collect()),
            ..WorkspaceEdit::default()
        });
    }
    // The texts have their old names when they are edited.
    let edits = mended.into_iter().map(|text| {
        DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: text.uri,
                version: text.version,
            },
            edits: text.edits.into_iter().map(OneOf::Left).collect(),
        })
    });
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(
            edits.chain(companions).collect(),
        )),
        ..WorkspaceEdit::default()
    })
}

/// The URIs of a rename.
fn uris(rename: &FileRename) -> Option<(Uri, Uri)> {
    Some((rename.old_uri.parse().ok()?, rename.new_uri.parse().ok()?))
}

/// The renames of the companion files of programs that are about to be renamed. A companion whose new name is taken is not
/// renamed.
fn companions(renames: &[FileRename]) -> Vec<DocumentChangeOperation> {
    let pairs: Vec<(Uri, Uri)> = renames.iter().filter_map(pair).collect();
    let named = renames.iter().filter_map(|one| one.old_uri.parse().ok());
    let named: HashSet<DocumentId> = named.map(|uri: Uri| DocumentId::of(&uri)).collect();
    let mut operations = Vec::new();
    for (old, new) in &pairs {
        for ending in ENDINGS {
            let (Some(from), Some(to)) = (companion_path(old, ending), companion_path(new, ending))
            else {
                continue;
            };
            let is_there = fs::is_file(&from) && fs::symlink_metadata(&to).is_err();
            // The user renames this file too.
            let is_named = named.contains(&DocumentId::File(from));
            let uris = companion_uri(old, ending).zip(companion_uri(new, ending));
            let Some((old_uri, new_uri)) = uris.filter(|_| is_there && !is_named) else {
                continue;
            };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Rename(
                RenameFile {
                    old_uri,
                    new_uri,
                    options: Some(RenameFileOptions {
                        overwrite: Some(false),
                        ignore_if_exists: Some(true),
                    }),
                    annotation_id: None,
                },
            )));
        }
    }
    operations
}

/// The URIs of a rename of a program that is a program under its new name too.
fn pair(rename: &FileRename) -> Option<(Uri, Uri)> {
    let (old, new) = uris(rename)?;
    let is_program = |uri: &Uri| {
        let path = path_of(uri);
        path.is_some_and(|path| path.extension().is_some_and(|ending| ending == "prov"))
    };
    (is_program(&old) && is_program(&new)).then_some((old, new))
}

/// Handles that files or folders were renamed. Jobs follow their programs, except for proofs, which are cancelled: a proof
/// would be written beside the old name.
pub fn did_rename(session: &Arc<Session>, renames: &[FileRename]) {
    for rename in renames {
        let Some((old, new)) = uris(rename) else {
            continue;
        };
        let places = (DocumentId::placed(&old), DocumentId::placed(&new));
        if let (DocumentId::File(old), DocumentId::File(new)) = &places {
            let renamed = session.program_states.renamed(old, new);
            follow(session, &renamed, old, new);
        }
        let uris = [&old, &new];
        let companions = ENDINGS.map(|ending| uris.map(|uri| companion_uri(uri, ending)));
        companions_changed(
            session,
            companions.into_iter().flatten().flatten().collect(),
        );
    }
    files_changed(session);
}

fn follow(session: &Arc<Session>, renamed: &Renamed, old: &Path, new: &Path) {
    let Renamed { moved, replaced } = renamed;
    let mut stopped = Vec::new();
    for job in session.pending_jobs().values_mut() {
        if !moved.contains(&job.number) {
            continue;
        }
        if job.kind == JobKind::Prove {
            stopped.push(name_of(&job.uri));
        }
        let place = DocumentId::placed(&job.uri).renamed(old, new);
        if let Some(DocumentId::File(path)) = place
            && let Some(uri) = file_uri(&path)
        {
            job.uri = uri;
        }
    }
    session.cancel_jobs(|job| {
        // The program of a replaced state does not exist any more.
        let is_misplaced = job.kind == JobKind::Prove && moved.contains(&job.number);
        is_misplaced || replaced.contains(&job.number)
    });
    for name in stopped {
        let session = Arc::clone(session);
        tokio::spawn(async move {
            let message = format!(
                "{name} was renamed while it was proved, so the proof was cancelled: prove it again"
            );
            let client = &session.client;
            client.show_message(MessageType::WARNING, message).await;
        });
    }
}
