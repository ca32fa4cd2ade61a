//! `workspace/willRenameFiles` and `workspace/didRenameFiles`: a program's inputs and its proof go along with it, and so
//! does what is known of it.

use crate::lsp::companions::ENDINGS;
use crate::lsp::events::name_of;
use crate::lsp::identity::{DocumentId, path_of};
use crate::lsp::inputs::{beside, uri_beside};
use crate::lsp::results::{JobKind, Renamed};
use crate::lsp::session::Session;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use tower_lsp_server::ls_types::{
    DocumentChangeOperation, DocumentChanges, FileRename, MessageType, RenameFile,
    RenameFileOptions, ResourceOp, Uri, WorkspaceEdit,
};

/// The files that go along with programs that are about to be renamed. One whose new name is taken stays where it is.
pub fn companions(renames: &[FileRename]) -> Option<WorkspaceEdit> {
    let pairs: Vec<(Uri, Uri)> = renames.iter().filter_map(pair).collect();
    let named = renames.iter().filter_map(|one| one.old_uri.parse().ok());
    let named: HashSet<DocumentId> = named.map(|uri: Uri| DocumentId::of(&uri)).collect();
    let mut operations = Vec::new();
    for (old, new) in &pairs {
        for ending in ENDINGS {
            let (Some(from), Some(to)) = (beside(old, ending), beside(new, ending)) else {
                continue;
            };
            let is_there = from.is_file() && std::fs::symlink_metadata(&to).is_err();
            // The user renames it already.
            let is_named = named.contains(&DocumentId::File(from));
            let uris = uri_beside(old, ending).zip(uri_beside(new, ending));
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
    (!operations.is_empty()).then(|| WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations)),
        ..WorkspaceEdit::default()
    })
}

/// A renaming of a program that is still one under its new name.
fn pair(rename: &FileRename) -> Option<(Uri, Uri)> {
    let old: Uri = rename.old_uri.parse().ok()?;
    let new: Uri = rename.new_uri.parse().ok()?;
    let is_program = |uri: &Uri| {
        let path = path_of(uri);
        path.is_some_and(|path| path.extension().is_some_and(|ending| ending == "prov"))
    };
    (is_program(&old) && is_program(&new)).then_some((old, new))
}

/// Takes in that files or folders have other names now. Jobs follow their programs, but for proofs: one would be written
/// beside the old name.
pub fn renamed(session: &Arc<Session>, renames: &[FileRename]) {
    for rename in renames {
        let (Ok(old), Ok(new)) = (rename.old_uri.parse::<Uri>(), rename.new_uri.parse::<Uri>())
        else {
            continue;
        };
        let places = (DocumentId::placed(&old), DocumentId::placed(&new));
        if let (DocumentId::File(old), DocumentId::File(new)) = &places {
            let renamed = session.program_states.renamed(old, new);
            follow(session, &renamed, old, new);
        }
        let uris = [&old, &new];
        let beside = ENDINGS.map(|ending| uris.map(|uri| uri_beside(uri, ending)));
        session.companions_changed(beside.into_iter().flatten().flatten().collect());
    }
}

fn follow(session: &Arc<Session>, renamed: &Renamed, old: &Path, new: &Path) {
    let Renamed { moved, replaced } = renamed;
    let mut stopped = Vec::new();
    for job in session.pending().values_mut() {
        if !moved.contains(&job.number) {
            continue;
        }
        if job.kind == JobKind::Prove {
            stopped.push(name_of(&job.uri));
        }
        let place = DocumentId::placed(&job.uri).renamed(old, new);
        if let Some(DocumentId::File(path)) = place {
            if let Some(uri) = Uri::from_file_path(path) {
                job.uri = uri;
            }
        }
    }
    session.cancel(|job| {
        // There is no program any more that the job of one that was replaced is about.
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
