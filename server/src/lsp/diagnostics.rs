//! Diagnostics as one types: of the text, of its inputs file, of the last run. One task works them out, always for
//! the latest version, so that a fast typist costs one analysis at a time and never a queue of them.

use super::bounded;
use super::documents::View;
use super::identity::{DocumentId, Role};
use super::inputs::{self, Beside, beside, uri_beside};
use super::results::ProgramState;
use super::session::{Session, first_read, lock};
use super::to_proto::{self, SOURCE};
use provable_ide::diagnostics::diagnostics;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;
use tower_lsp_server::ls_types::{
    Diagnostic, DiagnosticSeverity, NumberOrString, Position, Range, Uri,
};

/// Something with diagnostics.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// The text of a program that the client has open, or had.
    Program(Uri),
    /// A file with inputs, whether the client has it open or not.
    Inputs(DocumentId),
}

/// What has its diagnostics to be worked out.
#[derive(Debug, Default)]
pub struct Dirty {
    subjects: Mutex<BTreeSet<Subject>>,
    wake: Notify,
}

impl Dirty {
    /// Adds a program.
    pub fn mark(&self, uri: &Uri) {
        self.add(Subject::Program(uri.clone()));
    }

    /// Adds a file with inputs.
    pub fn mark_inputs(&self, file: DocumentId) {
        self.add(Subject::Inputs(file));
    }

    /// Adds the inputs file of a program.
    pub fn mark_inputs_of(&self, program: &Uri) {
        if let Some(path) = beside(program, "inputs.json") {
            self.mark_inputs(DocumentId::place_of(&path));
        }
    }

    fn add(&self, subject: Subject) {
        lock(&self.subjects).insert(subject);
        self.wake.notify_one();
    }

    async fn next(&self) -> Subject {
        loop {
            if let Some(subject) = lock(&self.subjects).pop_first() {
                return subject;
            }
            self.wake.notified().await;
        }
    }
}

/// Works out and sends diagnostics for as long as the server runs.
pub async fn publish(session: Arc<Session>) {
    let mut inputs = Published::default();
    loop {
        match session.dirty.next().await {
            Subject::Program(uri) => publish_program(&session, uri).await,
            Subject::Inputs(file) => inputs.publish(&session, file).await,
        }
    }
}

async fn publish_program(session: &Arc<Session>, uri: Uri) {
    if session.client_capabilities().pulls_diagnostics {
        return;
    }
    let client = &session.client;
    let Some(view) = session.documents.view(&uri) else {
        let found = session.lost.diagnostics(&uri);
        return client.publish_diagnostics(uri, found, None).await;
    };
    let worker = Arc::clone(session);
    let seen = Arc::clone(&view);
    let found = tokio::task::spawn_blocking(move || of(&worker, &seen)).await;
    let latest = session.documents.view(&uri);
    if let (Ok(found), true) = (found, latest.is_some_and(|one| one.version == view.version)) {
        let version = Some(view.version);
        client
            .publish_diagnostics(view.uri.clone(), found, version)
            .await;
    }
}

/// The diagnostics of a program; of anything else there are none.
pub fn of(session: &Session, view: &View) -> Vec<Diagnostic> {
    if view.role != Role::Program {
        return Vec::new();
    }
    let snapshot = view.snapshot();
    let places = view.places();
    let mut found = bounded::shown(&diagnostics(snapshot), |finding| {
        to_proto::diagnostic(finding, view, &places, session.reference())
    });
    found.extend(trap(session, view));
    found.extend(missing_inputs(session, view));
    found
}

/// The code of the diagnostic at a trap.
pub const TRAP: &str = "trap";

/// The trap of the last run, at its line, while program and inputs are those that were run.
fn trap(session: &Session, view: &View) -> Option<Diagnostic> {
    let assembly = &view.snapshot().assembly;
    let digest = view.digest()?;
    let has_trapped = |program_state: &mut ProgramState| program_state.has_trapped(&digest);
    // Before the inputs are read: it is the rare case.
    if !session.program_states.change(&view.place, has_trapped) {
        return None;
    }
    let (program_state, now) = session.known(view);
    let trap = program_state.trap(&now)?;
    let span = assembly.span_of(trap.pc as usize);
    Some(Diagnostic {
        range: view.places().range(span),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(TRAP.into())),
        source: Some(SOURCE.into()),
        message: format!("the last run trapped here: {}", trap.message),
        ..Diagnostic::default()
    })
}

/// The code of the hint that a program that reads has no file to read from.
pub const NO_INPUTS: &str = "inputs";

fn missing_inputs(session: &Session, view: &View) -> Option<Diagnostic> {
    let first = first_read(view)?;
    let path = beside(&view.uri, "inputs.json")?;
    // Whatever lies there, readable or not.
    let is_there = std::fs::symlink_metadata(&path).is_ok();
    if is_there || session.documents.at(&path).is_some() {
        return None;
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some(Diagnostic {
        range: view.places().range(view.snapshot().assembly.span_of(first)),
        severity: Some(DiagnosticSeverity::HINT),
        code: Some(NumberOrString::String(NO_INPUTS.into())),
        source: Some(SOURCE.into()),
        message: format!("the program reads inputs, and there is no {name} beside it"),
        ..Diagnostic::default()
    })
}

fn wrong_inputs(range: Range, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(NO_INPUTS.into())),
        source: Some(SOURCE.into()),
        message: format!(
            "{message}\ninputs look like {{\"public\": [10, \"0xff\"], \"secret\": []}}"
        ),
        ..Diagnostic::default()
    }
}

/// The inputs files of which something is wrong as far as the client knows, each with the URI under which it was told.
#[derive(Default)]
struct Published {
    told: HashMap<DocumentId, Uri>,
}

impl Published {
    /// Sends what is wrong with a file, while it is open or its program is; and takes back what was told before, also
    /// under another URI.
    async fn publish(&mut self, session: &Arc<Session>, file: DocumentId) {
        let worker = Arc::clone(session);
        let subject = file.clone();
        let found = tokio::task::spawn_blocking(move || wrong_with(&worker, &subject)).await;
        let Ok(found) = found else {
            return;
        };
        let told = self.told.remove(&file);
        let uri = found.as_ref().map(|(uri, ..)| uri);
        if let Some(told) = told.filter(|told| Some(told) != uri) {
            let client = &session.client;
            client.publish_diagnostics(told, Vec::new(), None).await;
        }
        if let Some((uri, version, found)) = found {
            if !found.is_empty() {
                self.told.insert(file, uri.clone());
            }
            session
                .client
                .publish_diagnostics(uri, found, version)
                .await;
        }
    }
}

/// What is wrong with an inputs file, under the URI and in the version that the client knows. None if neither the file
/// nor its program is open.
fn wrong_with(session: &Session, file: &DocumentId) -> Option<(Uri, Option<i32>, Vec<Diagnostic>)> {
    let DocumentId::File(path) = file else {
        return None;
    };
    let open = session.documents.at(path);
    let (uri, version) = match &open {
        Some(view) => (view.uri.clone(), Some(view.version)),
        None => {
            let programs = session.documents.programs();
            let is_beside = |view: &Arc<View>| {
                let path = beside(&view.uri, "inputs.json");
                path.is_some_and(|path| DocumentId::place_of(&path) == *file)
            };
            let program = programs.into_iter().find(is_beside)?;
            (uri_beside(&program.uri, "inputs.json")?, None)
        }
    };
    let found = match inputs::at(
        path,
        &session.documents,
        session.client_capabilities().encoding,
    ) {
        Beside::Absent | Beside::Given(_) => Vec::new(),
        Beside::Wrong(wrong) => {
            let start = Position::default();
            let range = wrong.range.unwrap_or(Range::new(start, start));
            vec![wrong_inputs(range, wrong.message)]
        }
    };
    Some((uri, version, found))
}
