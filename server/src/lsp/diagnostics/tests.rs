//! The diagnostics of tests that failed, while their results are fresh.

use crate::lsp::state::view_test::ViewTest;
use crate::lsp::state::{Session, View};
use crate::lsp::test_results::{details, location};
use crate::lsp::to_proto::SOURCE;
use crate::program_state::{ProgramState, TestResult};
use tower_lsp_server::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString,
};

/// The code of the diagnostic of a test that failed.
pub const TEST: &str = "test";

/// The tests that failed.
pub fn failed_tests(session: &Session, view: &View) -> Vec<Diagnostic> {
    let results = |program_state: &mut ProgramState| program_state.tests.clone();
    let results = session.program_states.change(&view.place, results);
    if results.is_empty() {
        return Vec::new();
    }
    let failed = view.tests().iter().filter_map(|one| {
        let result = results.get(&one.test.name)?;
        let failure = result.verdict.failure.as_ref()?;
        result
            .is_fresh(view.test_digest(one))
            .then(|| diagnostic(view, one, result, failure))
    });
    failed.collect()
}

fn diagnostic(view: &View, one: &ViewTest, result: &TestResult, failure: &str) -> Diagnostic {
    let mut message = format!("the test failed: {failure}");
    for line in details(&result.verdict) {
        message.push('\n');
        message.push_str(&line);
    }
    let places = result.verdict.trap.iter().flat_map(|trap| &trap.places);
    let words = std::iter::once("it trapped here").chain(std::iter::repeat("copied here"));
    let related = places.zip(words).filter_map(|(place, word)| {
        Some(DiagnosticRelatedInformation {
            location: location(view, place)?,
            message: word.to_owned(),
        })
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range: view.positions().range(view.span_of_line(0, one.test.line)),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String(TEST.into())),
        source: Some(SOURCE.into()),
        message,
        related_information: Some(related).filter(|list| !list.is_empty()),
        ..Diagnostic::default()
    }
}
