//! The diagnostics of a program: of its text, of its last run, of a missing inputs file.

use super::limit::limited;
use crate::lsp::companion_files::{INPUTS, companion_path};
use crate::lsp::document_role::Role;
use crate::lsp::state::out_of_sync::with_advice;
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::{self, SOURCE};
use crate::program_state::ProgramState;
use provable_ide::diagnostics::diagnostics;
use tower_lsp_server::ls_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Range, Uri};

/// The code of the diagnostic of a text that is out of sync.
const OUT_OF_SYNC: &str = "out-of-sync";
/// The code of the diagnostic at a trap.
pub const TRAP: &str = "trap";
/// The code of diagnostics about inputs.
pub const NO_INPUTS: &str = "inputs";

/// The diagnostics of a document. Only programs and texts that are out of sync have any.
pub fn of_document(session: &Session, uri: &Uri, view: Option<&View>) -> Vec<Diagnostic> {
    match view {
        Some(view) if view.role == Role::Program => of_program(session, view),
        Some(_) => Vec::new(),
        None => out_of_sync(session, uri).into_iter().collect(),
    }
}

fn of_program(session: &Session, view: &View) -> Vec<Diagnostic> {
    let snapshot = view.snapshot();
    let positions = view.positions();
    let mut found = limited(&diagnostics(snapshot), |finding| {
        to_proto::diagnostic(finding, view, &positions, session.reference())
    });
    found.extend(trap(session, view));
    found.extend(missing_inputs(session, view));
    found
}

fn out_of_sync(session: &Session, uri: &Uri) -> Option<Diagnostic> {
    let reason = session.out_of_sync.reason(uri)?;
    Some(Diagnostic {
        range: Range::default(),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(OUT_OF_SYNC.into())),
        source: Some(SOURCE.into()),
        message: with_advice(&reason),
        ..Diagnostic::default()
    })
}

/// The trap of the last run, at its line, while the run is fresh.
fn trap(session: &Session, view: &View) -> Option<Diagnostic> {
    let assembly = &view.snapshot().assembly;
    let digest = view.digest()?;
    let has_trapped = |program_state: &mut ProgramState| program_state.has_trapped(&digest);
    // A quick check before any file is read: few runs trap.
    if !session.program_states.change(&view.place, has_trapped) {
        return None;
    }
    let (program_state, current) = session.program_state(view);
    let trap = program_state.trap(&current)?;
    let span = assembly.span_of(trap.pc as usize);
    Some(Diagnostic {
        range: view.positions().range(span),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(TRAP.into())),
        source: Some(SOURCE.into()),
        message: format!("the last run trapped here: {}", trap.message),
        ..Diagnostic::default()
    })
}

/// A hint at the first instruction that reads an input, if there is no inputs file.
fn missing_inputs(session: &Session, view: &View) -> Option<Diagnostic> {
    let first = view.first_read()?;
    let path = companion_path(&view.uri, INPUTS)?;
    // Also a file that cannot be read.
    let is_there = std::fs::symlink_metadata(&path).is_ok();
    if is_there || session.documents.at(&path).is_some() {
        return None;
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some(Diagnostic {
        range: view
            .positions()
            .range(view.snapshot().assembly.span_of(first)),
        severity: Some(DiagnosticSeverity::HINT),
        code: Some(NumberOrString::String(NO_INPUTS.into())),
        source: Some(SOURCE.into()),
        message: format!("the program reads inputs, and there is no {name} beside it"),
        ..Diagnostic::default()
    })
}
