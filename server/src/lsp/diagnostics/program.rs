//! The diagnostics of a program: of its text, of the program that it and its files make, of its last run, of a missing
//! inputs file.

use super::limit::limited;
use super::tests::failed_tests;
use super::trap::traps;
use crate::lsp::companion_files::{INPUTS, companion_path};
use crate::lsp::document_role::Role;
use crate::lsp::state::out_of_sync::with_advice;
use crate::lsp::state::{Session, View};
use crate::lsp::to_proto::{self, SOURCE};
use provable::lang::diagnostics::Diagnostic as Problem;
use provable_host::fs;
use provable_ide::diagnostics::{Finding, diagnostics};
use std::sync::Arc;
use tower_lsp_server::ls_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Range, Uri};

/// The code of the diagnostic of a text that is out of sync.
const OUT_OF_SYNC: &str = "out-of-sync";
/// The code of diagnostics about inputs.
pub const NO_INPUTS: &str = "inputs";

/// The diagnostics of a document.
#[derive(Debug, Default)]
pub struct Found {
    /// The diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether all of them follow from the text and the lines of other files that it refers to. The others need the linked
    /// program, or results.
    pub is_of_text_alone: bool,
}

/// The diagnostics of a document. Only programs and texts that are out of sync have any.
pub fn of_document(session: &Session, uri: &Uri, view: Option<&View>) -> Found {
    match view {
        Some(view) if view.role == Role::Program => of_program(session, view),
        Some(_) => Found::default(),
        None => Found {
            diagnostics: out_of_sync(session, uri).into_iter().collect(),
            is_of_text_alone: false,
        },
    }
}

fn of_program(session: &Session, view: &View) -> Found {
    let users = session.documents.users_of(view);
    let linked = linked(view, &users);
    let mut diagnostics = of_text(session, view, &linked);
    let of_results = traps(session, view, &users)
        .into_iter()
        .chain(failed_tests(session, view))
        .chain(missing_inputs(session, view));
    let before = diagnostics.len();
    diagnostics.extend(of_results);
    Found {
        is_of_text_alone: linked.is_empty() && diagnostics.len() == before,
        diagnostics,
    }
}

/// The diagnostics of a program that follow from its text, with what else was found in it. Without that it takes a fraction of
/// the time, since nothing is linked.
pub fn of_text(session: &Session, view: &View, linked: &[Problem]) -> Vec<Diagnostic> {
    let mut findings = diagnostics(view.snapshot());
    findings.extend(linked.iter().map(|diagnostic| Finding {
        diagnostic,
        unnecessary: false,
    }));
    findings.sort_by_key(|finding| (finding.diagnostic.span.start, finding.diagnostic.span.end));
    let positions = view.positions();
    limited(&findings, |finding| {
        to_proto::diagnostic(finding, view, &positions, session.reference())
    })
}

/// What was found in a text when it was linked, as the main file and as a file of other programs.
fn linked(view: &View, users: &[(Arc<View>, usize)]) -> Vec<Problem> {
    let mut found: Vec<Problem> = Vec::new();
    let own = (!view.is_plain()).then_some((view, 0));
    let users = users.iter().map(|(user, file)| (&**user, *file));
    for (program, file) in own.into_iter().chain(users) {
        for (at, diagnostic) in &program.linked().diagnostics {
            // Programs that use the same file find the same in it.
            if *at == file && !found.contains(diagnostic) {
                found.push(diagnostic.clone());
            }
        }
    }
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

/// A hint at the first instruction that reads an input, if there is no inputs file.
fn missing_inputs(session: &Session, view: &View) -> Option<Diagnostic> {
    let path = companion_path(&view.uri, INPUTS)?;
    // Also a file that cannot be read.
    let is_there = fs::symlink_metadata(&path).is_ok();
    if is_there || session.documents.at(&path).is_some() || view.is_library() {
        return None;
    }
    let first = view.first_read()?;
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some(Diagnostic {
        range: view.positions().range(view.shown_in_text(first, &[])),
        severity: Some(DiagnosticSeverity::HINT),
        code: Some(NumberOrString::String(NO_INPUTS.into())),
        source: Some(SOURCE.into()),
        message: format!("the program reads inputs, and there is no {name} beside it"),
        ..Diagnostic::default()
    })
}
