//! Diagnostics as one types: of the text, of its inputs file, of the last run. One task works them out, always for
//! the latest version, so that a fast typist costs one analysis at a time and never a queue of them.

use super::documents::View;
use super::inputs;
use super::results::Sheet;
use super::session::{lock, Session};
use super::to_proto::{self, SOURCE};
use crate::features::diagnostics::diagnostics;
use provable_core::isa::Op;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;
use tower_lsp_server::ls_types::{
    Diagnostic, DiagnosticSeverity, NumberOrString, Position, Range, Uri,
};

/// Something with diagnostics.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// A text that the client has open, or had.
    Text(Uri),
    /// The inputs file of this program.
    InputsOf(Uri),
}

/// What has its diagnostics to be worked out.
#[derive(Debug, Default)]
pub struct Dirty {
    subjects: Mutex<BTreeSet<Subject>>,
    wake: Notify,
}

impl Dirty {
    /// Adds a text.
    pub fn mark(&self, uri: &Uri) {
        self.add(Subject::Text(uri.clone()));
    }

    /// Adds the inputs file of a program, whether the client has it open or not.
    pub fn mark_inputs_of(&self, program: &Uri) {
        self.add(Subject::InputsOf(program.clone()));
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
    loop {
        match session.dirty.next().await {
            Subject::Text(uri) => publish_text(&session, uri).await,
            Subject::InputsOf(program) => publish_inputs_of(&session, program).await,
        }
    }
}

async fn publish_text(session: &Arc<Session>, uri: Uri) {
    if session.facts().pulls_diagnostics && inputs::program_of(&uri).is_none() {
        return;
    }
    let client = &session.client;
    let Some(view) = session.documents.view(&uri) else {
        return client.publish_diagnostics(uri, Vec::new(), None).await;
    };
    let worker = Arc::clone(session);
    let seen = Arc::clone(&view);
    let found = tokio::task::spawn_blocking(move || of(&worker, &seen)).await;
    let latest = session.documents.view(&uri);
    if let (Ok(found), true) = (found, latest.is_some_and(|one| one.version == view.version)) {
        let version = Some(view.version);
        client.publish_diagnostics(uri, found, version).await;
    }
}

/// The diagnostics of a text: of a program, or of an inputs file.
pub fn of(session: &Session, view: &View) -> Vec<Diagnostic> {
    if inputs::program_of(&view.uri).is_some() {
        return of_inputs(view);
    }
    let snapshot = view.snapshot();
    let places = view.places();
    let mut found: Vec<Diagnostic> = diagnostics(snapshot)
        .iter()
        .map(|finding| to_proto::diagnostic(finding, view, &places, session.reference()))
        .collect();
    found.extend(trap(view, &session.sheet(&view.uri)));
    found.extend(missing_inputs(session, view));
    found
}

/// The code of the diagnostic at a trap.
pub const TRAP: &str = "trap";

/// The trap of the last run, at its line, while the text is the program that was run.
fn trap(view: &View, sheet: &Sheet) -> Option<Diagnostic> {
    let assembly = &view.snapshot().assembly;
    let trap = sheet.trap(&assembly.program.as_ref()?.digest())?;
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
    let snapshot = view.snapshot();
    let program = snapshot.assembly.program.as_ref()?;
    let reads = |op: Op| matches!(op, Op::Read | Op::Secret);
    let first = program
        .instructions()
        .iter()
        .position(|one| reads(one.op))?;
    let path = inputs::beside(&view.uri, "inputs.json")?;
    let open = Uri::from_file_path(&path).and_then(|uri| session.documents.view(&uri));
    if path.exists() || open.is_some() {
        return None;
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some(Diagnostic {
        range: view.places().range(snapshot.assembly.span_of(first)),
        severity: Some(DiagnosticSeverity::HINT),
        code: Some(NumberOrString::String(NO_INPUTS.into())),
        source: Some(SOURCE.into()),
        message: format!("the program reads inputs, and there is no {name} beside it"),
        ..Diagnostic::default()
    })
}

fn of_inputs(view: &View) -> Vec<Diagnostic> {
    let places = view.places();
    match inputs::parse(places.text) {
        Ok(_) => Vec::new(),
        Err((message, at)) => {
            let offset = places.lines.offset(at).unwrap_or(places.text.len());
            let start = places.position(offset);
            vec![wrong_inputs(
                Range::new(start, places.line_end(at.line)),
                message,
            )]
        }
    }
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

/// Sends what is wrong with the inputs file of a program, if the client does not have that file open itself.
async fn publish_inputs_of(session: &Arc<Session>, program: Uri) {
    let path = inputs::beside(&program, "inputs.json");
    let Some(uri) = path.and_then(Uri::from_file_path) else {
        return;
    };
    if session.documents.view(&uri).is_some() {
        return session.dirty.mark(&uri);
    }
    let worker = Arc::clone(session);
    let read = move || inputs::of(&program, &worker.documents);
    let Ok(read) = tokio::task::spawn_blocking(read).await else {
        return;
    };
    let found = match read {
        Ok(_) => Vec::new(),
        Err(wrong) => {
            let at = wrong.place.map_or(Position::default(), |place| {
                // The file is not open, so its text is not at hand to count columns in; lines are enough to find it.
                Position::new(u32::try_from(place.line).unwrap_or(0), 0)
            });
            let end = Position::new(at.line, u32::MAX >> 1);
            vec![wrong_inputs(Range::new(at, end), wrong.message)]
        }
    };
    session.client.publish_diagnostics(uri, found, None).await;
}
