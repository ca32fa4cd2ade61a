//! The diagnostics of inputs files, which are published whether the client has them open or not.

use super::program::NO_INPUTS;
use crate::lsp::companion_files::{INPUTS, companion_path, companion_uri};
use crate::lsp::state::inputs::{self, InputsProblem};
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::SOURCE;
use crate::program_state::DocumentId;
use crate::task;
use std::collections::HashMap;
use std::sync::Arc;
use tower_lsp_server::ls_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Uri};

/// The inputs files for which the client has diagnostics, each with the URI under which they were published.
#[derive(Default)]
pub struct PublishedInputs {
    published: HashMap<DocumentId, Uri>,
}

impl PublishedInputs {
    /// Publishes the diagnostics of a file while it or its program is open, and withdraws those that were published
    /// before, also under another URI.
    pub async fn publish(&mut self, session: &Arc<Session>, file: DocumentId) {
        let (session_of_task, file_of_task) = (Arc::clone(session), file.clone());
        let found = task::blocking(move || of_file(&session_of_task, &file_of_task));
        let found = found.await;
        let Ok(found) = found else {
            return;
        };
        let published = self.published.remove(&file);
        let uri = found.as_ref().map(|(uri, ..)| uri);
        if let Some(published) = published.filter(|published| Some(published) != uri) {
            let client = &session.client;
            client
                .publish_diagnostics(published, Vec::new(), None)
                .await;
        }
        if let Some((uri, version, found)) = found {
            if !found.is_empty() {
                self.published.insert(file, uri.clone());
            }
            session
                .client
                .publish_diagnostics(uri, found, version)
                .await;
        }
    }
}

/// The diagnostics of an inputs file, with the URI and the version that the client knows. None if neither the file nor its
/// program is open.
fn of_file(session: &Session, file: &DocumentId) -> Option<(Uri, Option<i32>, Vec<Diagnostic>)> {
    let DocumentId::File(path) = file else {
        return None;
    };
    let open = session.documents.at(path);
    let (uri, version) = match &open {
        Some(view) => (view.uri.clone(), Some(view.version)),
        None => {
            let programs = session.documents.programs();
            let is_beside = |view: &Arc<View>| {
                let path = companion_path(&view.uri, INPUTS);
                path.is_some_and(|path| DocumentId::placed_path(&path) == *file)
            };
            let program = programs.into_iter().find(is_beside)?;
            (companion_uri(&program.uri, INPUTS)?, None)
        }
    };
    let encoding = session.client_capabilities().encoding;
    let problem = inputs::read(path, &session.documents, encoding).err();
    Some((uri, version, problem.map(diagnostic).into_iter().collect()))
}

fn diagnostic(problem: InputsProblem) -> Diagnostic {
    let message = problem.message;
    Diagnostic {
        range: problem.range.unwrap_or_default(),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(NO_INPUTS.into())),
        source: Some(SOURCE.into()),
        message: format!(
            "{message}\ninputs look like {{\"public\": [10, \"0xff\"], \"secret\": []}}"
        ),
        ..Diagnostic::default()
    }
}
