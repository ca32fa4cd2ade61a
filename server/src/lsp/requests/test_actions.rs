//! Code actions about tests: to run and to debug them, for clients that show no lenses, and to keep what made one fail.

use crate::lsp::command_names;
use crate::lsp::companion_files::{PROOF, companion_path};
use crate::lsp::diagnostics::TEST;
use crate::lsp::state::view_test::ViewTest;
use crate::lsp::state::{Session, View};
use crate::program_state::ProgramState;
use provable_ide::fixes::{Fix, add_case};
use serde_json::{Value, json};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionKind, Command, Diagnostic, NumberOrString, Range,
};

/// To run all tests of the text, and to run and debug the one at the start of a range.
pub fn starts(session: &Session, view: &View, range: Range) -> Vec<CodeAction> {
    let uri = view.uri.as_str();
    let start = |title: &str, command: &str, argument: Value| CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::SOURCE),
        command: Some(Command {
            title: title.to_owned(),
            command: command.to_owned(),
            arguments: Some(vec![argument]),
        }),
        ..CodeAction::default()
    };
    let mut actions = Vec::new();
    let line = range.start.line as usize;
    let mut tests = view.tests().iter();
    if let Some(one) = tests.find(|one| (one.test.line..one.test.end).contains(&line)) {
        let id = view.test_id(&one.test);
        let argument = json!({ "uri": uri, "id": id });
        actions.push(start("Run this test", command_names::TEST, argument));
        // The debugger needs a file.
        let is_file = companion_path(&view.uri, PROOF).is_some();
        if is_file && session.client_capabilities().debugs {
            let argument = json!({ "uri": uri, "test": id });
            actions.push(start("Debug this test", command_names::DEBUG, argument));
        }
    }
    if !view.tests().is_empty() {
        let argument = json!({ "uri": uri });
        actions.push(start("Run all tests", command_names::TEST, argument));
    }
    actions
}

/// For each of these diagnostics that is about a test of random words: the words with which it failed as a test.
pub fn cases<'a>(
    session: &Session,
    view: &View,
    diagnostics: &'a [Diagnostic],
) -> Vec<(Fix, &'a Diagnostic)> {
    let failed = diagnostics
        .iter()
        .filter(|one| matches!(&one.code, Some(NumberOrString::String(code)) if code == TEST));
    let of = |diagnostic: &'a Diagnostic| {
        let line = diagnostic.range.start.line as usize;
        let mut tests = view.tests().iter();
        let one = tests.find(|one| one.test.line == line)?;
        let words = counterexample(session, view, one)?;
        let fix = add_case(view.snapshot(), one.test.line..one.test.end, &words)?;
        Some((fix, diagnostic))
    };
    failed.filter_map(of).collect()
}

/// The random words with which a test failed, while its result is fresh.
fn counterexample(session: &Session, view: &View, one: &ViewTest) -> Option<Vec<(String, u32)>> {
    let result =
        |program_state: &mut ProgramState| program_state.tests.get(&one.test.name).cloned();
    let result = session.program_states.change(&view.place, result)?;
    let is_fresh = result.is_fresh(view.test_digest(one));
    result.verdict.counterexample.filter(|_| is_fresh)
}
