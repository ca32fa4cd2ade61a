//! Hints and lenses of tests.

use super::hint::one;
use crate::lsp::command_names;
use crate::lsp::companion_files::{PROOF, companion_path};
use crate::lsp::state::{Session, View};
use crate::lsp::test_results::{details, short};
use crate::program_state::ProgramState;
use serde_json::json;
use tower_lsp_server::ls_types::{CodeLens, Command, InlayHint, Position, Range};

/// How each test came out, at its line.
pub fn verdicts(session: &Session, view: &View, range: Range) -> Vec<InlayHint> {
    let results = |program_state: &mut ProgramState| program_state.tests.clone();
    let results = session.program_states.change(&view.place, results);
    if results.is_empty() {
        return Vec::new();
    }
    let positions = view.positions();
    let hint = |test: &crate::lsp::state::view_test::ViewTest| {
        let at = positions.position(view.span_of_line(0, test.test.line).end);
        if at.line < range.start.line || at.line > range.end.line {
            return None;
        }
        let result = results.get(&test.test.name)?;
        let stale = match result.is_fresh(view.test_digest(test)) {
            true => "",
            false => "stale: ",
        };
        let mark = match result.verdict.failure {
            None => "✓",
            Some(_) => "✗",
        };
        let mut tooltip = vec!["of the last run of the test".to_owned()];
        tooltip.extend(details(&result.verdict));
        let label = format!("{mark} {stale}{}", short(&result.verdict));
        Some(one(at, label, tooltip.join("\n"), None))
    };
    view.tests().iter().filter_map(hint).collect()
}

/// Run Test and Debug Test above each test, and Run All Tests above the first line.
pub fn lenses(session: &Session, view: &View) -> Vec<CodeLens> {
    let config = session.config();
    let lens = |line: usize, title: &str, command: &str, argument| {
        let start = Position::new(u32::try_from(line).unwrap_or(u32::MAX), 0);
        CodeLens {
            range: Range::new(start, start),
            command: Some(Command {
                title: title.to_owned(),
                command: command.to_owned(),
                arguments: Some(vec![argument]),
            }),
            data: None,
        }
    };
    let uri = view.uri.as_str();
    let mut lenses = Vec::new();
    if config.lens.run && !view.tests().is_empty() {
        let all = json!({ "uri": uri });
        lenses.push(lens(0, "Run All Tests", command_names::TEST, all));
    }
    // The debugger needs a file.
    let is_file = companion_path(&view.uri, PROOF).is_some();
    let debugs = config.lens.debug && is_file && session.client_capabilities().debugs;
    for one in view.tests() {
        let id = view.test_id(&one.test);
        if config.lens.run {
            let argument = json!({ "uri": uri, "id": id });
            lenses.push(lens(
                one.test.line,
                "Run Test",
                command_names::TEST,
                argument,
            ));
        }
        if debugs {
            let argument = json!({ "uri": uri, "test": id });
            lenses.push(lens(
                one.test.line,
                "Debug Test",
                command_names::DEBUG,
                argument,
            ));
        }
    }
    lenses
}
