//! The results of tests as the client gets them.

use super::state::View;
use super::state::view_test::ViewTest;
use crate::program_state::{Hash, TestResult, status};
use crate::worker::protocol::{TestAnswer, TestPlace, TestVerdict, TestedLines};
use provable::lang::quote::plural;
use serde_json::{Map, Value, json};
use tower_lsp_server::ls_types::Location;

/// The most words of a stack or an output that are shown.
const WORDS_SHOWN: usize = 12;

/// A test, with its last result.
pub fn test_json(view: &View, one: &ViewTest, result: Option<&TestResult>) -> Value {
    let test = &one.test;
    let positions = view.positions();
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| {
        object.insert(name.to_owned(), value);
    };
    put("id", json!(view.test_id(test)));
    put("name", json!(test.name));
    put("uri", json!(view.uri.as_str()));
    put("line", json!(test.line + 1));
    put("end_line", json!(test.end));
    let end = view.span_of_line(0, test.end.saturating_sub(1)).end;
    let start = view.span_of_line(0, test.line).start;
    put("range", json!(positions.range(start..end)));
    put("kind", json!(test.kind.word()));
    put("target", json!(test.target));
    if let Some(result) = result {
        let verdict = &result.verdict;
        let is_fresh = result.is_fresh(view.test_digest(one));
        put("state", json!(if is_fresh { "fresh" } else { "stale" }));
        put("verdict", json!(word(verdict)));
        put("message", json!(verdict.failure));
        put("steps", json!(verdict.steps));
        put("rows", json!(verdict.rows));
        put("runs", json!(verdict.runs));
        put("difference", json!(verdict.difference));
        let example = verdict.counterexample.as_ref().map(|example| {
            let words = example
                .iter()
                .map(|(name, word)| (name.clone(), json!(word)));
            Value::Object(words.collect())
        });
        put("counterexample", json!(example));
        let trap = verdict.trap.as_ref().map(|trap| {
            let places = trap.places.iter();
            let places: Vec<Location> = places.filter_map(|one| location(view, one)).collect();
            json!({ "kind": trap.kind, "message": trap.message, "places": places })
        });
        put("trap", json!(trap));
    }
    Value::Object(object)
}

/// The results of a run of tests. `digests` are those of what the tests ran.
pub fn results_json(view: &View, digests: &[(String, Hash)], answer: TestAnswer) -> Value {
    let failed = answer
        .tests
        .iter()
        .filter(|one| one.failure.is_some())
        .count();
    let passed = answer.tests.len() - failed;
    let tests = answer.tests.into_iter().filter_map(|verdict| {
        let one = view
            .tests()
            .iter()
            .find(|one| one.test.name == verdict.name)?;
        let (_, digest) = digests.iter().find(|(name, _)| *name == verdict.name)?;
        let digest = *digest;
        Some(test_json(view, one, Some(&TestResult { digest, verdict })))
    });
    let tests: Vec<Value> = tests.collect();
    let mut results = json!({
        "status": if failed == 0 { "passed" } else { "failed" },
        "tests": tests,
        "passed": passed,
        "failed": failed,
        "seed": answer.seed,
    });
    if let (Some(coverage), Some(object)) = (answer.coverage, results.as_object_mut()) {
        let files: Vec<Value> = coverage
            .iter()
            .filter_map(|one| lines_json(view, one))
            .collect();
        object.insert("coverage".to_owned(), json!(files));
    }
    results
}

/// How often tests executed the lines of a file, from 1, while the program has it.
fn lines_json(view: &View, executed: &TestedLines) -> Option<Value> {
    let files = view.snapshot().modules.files();
    let file = files.iter().position(|module| module.id == executed.file)?;
    let lines = executed.lines.iter();
    let lines: Vec<(usize, u64)> = lines.map(|(line, count)| (line + 1, *count)).collect();
    Some(json!({ "uri": view.uri_of(file)?, "lines": lines }))
}

/// `passed` or `failed`.
pub fn word(verdict: &TestVerdict) -> &'static str {
    match verdict.failure {
        None => "passed",
        Some(_) => "failed",
    }
}

/// How a test came out, in a few words.
pub fn short(verdict: &TestVerdict) -> String {
    if let Some(failure) = &verdict.failure {
        return format!("failed: {failure}");
    }
    let took = match verdict.rows {
        Some(rows) => plural(rows, "row"),
        None => plural(verdict.steps, "step"),
    };
    match verdict.runs {
        0 | 1 => format!("passed, {took}"),
        // Each run draws other words, and may take another time.
        runs => format!("passed, {}, {took} in the last", plural(runs, "run")),
    }
}

/// What there is to say besides, a line each.
pub fn details(verdict: &TestVerdict) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(difference) = &verdict.difference {
        let words = |words: &[u32]| status::words(words, WORDS_SHOWN);
        let what = &difference.what;
        lines.push(format!("expected {what}: {}", words(&difference.expected)));
        lines.push(format!("actual {what}: {}", words(&difference.actual)));
    }
    if let Some(example) = &verdict.counterexample {
        let words = example
            .iter()
            .map(|(name, word)| format!("{name} = {word}"));
        lines.push(format!("with {}", words.collect::<Vec<_>>().join(", ")));
    }
    if verdict.runs > 1 {
        lines.push(plural(u64::from(verdict.runs), "run"));
    }
    lines
}

/// A line of a file of a program, while the program has it.
pub fn location(view: &View, place: &TestPlace) -> Option<Location> {
    let files = view.snapshot().modules.files();
    let file = files.iter().position(|module| module.id == place.file)?;
    Some(Location {
        uri: view.uri_of(file)?,
        range: view
            .positions_of(file)?
            .range(view.span_of_line(file, place.line)),
    })
}
