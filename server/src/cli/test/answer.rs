//! What `provable test` says.

use super::find::Selected;
use crate::show::Show;
use provable::lang::link::Place;
use provable::lang::quote::{self, plural};
use provable::testing::Verdict;
use serde_json::{Value, json};
use std::fmt::Write;

/// A test, without a verdict.
fn test_json(one: &Selected<'_>) -> Value {
    json!({
        "id": one.id(),
        "name": one.test.name,
        "file": one.file.path.display().to_string(),
        "line": one.test.line + 1,
        "end_line": one.test.end,
        "kind": one.test.kind.word(),
        "target": one.test.target,
    })
}

/// The tests.
pub fn list_json(tests: &[Selected<'_>]) -> Value {
    let tests: Vec<Value> = tests.iter().map(test_json).collect();
    json!({ "status": "ok", "tests": tests })
}

/// The tests, a line each.
pub fn list_text(tests: &[Selected<'_>]) -> String {
    let mut text = String::new();
    for one in tests {
        let _ = writeln!(text, "{}", quote::name(&one.id()));
    }
    text
}

/// The file and the line (from 1) of a place.
fn place_of(one: &Selected<'_>, place: &Place) -> (String, usize) {
    let source = one.file.sources.get(place.file);
    (
        source.map_or_else(String::new, |source| source.name.clone()),
        place.line + 1,
    )
}

/// The verdicts.
pub fn verdicts_json(tests: &[Selected<'_>], verdicts: &[Verdict], seed: u64) -> Value {
    let each = tests.iter().zip(verdicts).map(|(one, verdict)| {
        let mut object = test_json(one);
        let trap = verdict.trap.as_ref().map(|trap| {
            let place = trap.place.as_ref().map(|place| place_of(one, place));
            let (file, line) = place.unzip();
            json!({ "kind": trap.kind, "message": trap.message, "file": file, "line": line })
        });
        let difference = verdict
            .difference
            .as_ref()
            .map(|one| json!({ "what": one.what, "expected": one.expected, "actual": one.actual }));
        let example = verdict.counterexample.as_ref().map(|example| {
            let words = example
                .iter()
                .map(|(name, word)| (name.clone(), json!(word)));
            Value::Object(words.collect())
        });
        if let Some(map) = object.as_object_mut() {
            map.insert(
                "verdict".into(),
                json!(if verdict.passed() { "passed" } else { "failed" }),
            );
            map.insert("message".into(), json!(verdict.failure));
            map.insert("steps".into(), json!(verdict.steps));
            map.insert("rows".into(), json!(verdict.rows));
            map.insert("runs".into(), json!(verdict.runs));
            map.insert("trap".into(), json!(trap));
            map.insert("difference".into(), json!(difference));
            map.insert("counterexample".into(), json!(example));
        }
        object
    });
    let each: Vec<Value> = each.collect();
    let passed = verdicts.iter().filter(|verdict| verdict.passed()).count();
    let failed = verdicts.len() - passed;
    json!({
        "status": if failed == 0 { "passed" } else { "failed" },
        "tests": each,
        "passed": passed,
        "failed": failed,
        "seed": seed,
    })
}

/// The tests that failed, and how many passed.
pub fn verdicts_text(tests: &[Selected<'_>], verdicts: &[Verdict], seed: u64) -> String {
    let mut text = String::new();
    let failed = tests
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| !verdict.passed());
    for (one, verdict) in failed {
        let line = one.test.line + 1;
        let name = quote::name(&one.test.name);
        let _ = writeln!(
            text,
            "failed {}:{line}: {name}",
            quote::path(&one.file.path)
        );
        text.push_str(&explained(one, verdict));
    }
    let passed = verdicts.iter().filter(|verdict| verdict.passed()).count();
    let failed = verdicts.len() - passed;
    let is_random = verdicts
        .iter()
        .any(|verdict| verdict.runs > 1 || verdict.counterexample.is_some());
    let seed = if is_random {
        format!(" (seed {seed})")
    } else {
        String::new()
    };
    let _ = match failed {
        0 => writeln!(text, "{} passed{seed}", plural(passed, "test")),
        _ => writeln!(
            text,
            "{} failed, {passed} passed{seed}",
            plural(failed, "test")
        ),
    };
    text
}

/// Why a test failed.
pub fn explained(one: &Selected<'_>, verdict: &Verdict) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "  {}", verdict.failure.as_deref().unwrap_or_default());
    if let Some(difference) = &verdict.difference {
        let _ = writeln!(
            text,
            "    expected {:<7} {}",
            difference.what,
            Show::Decimal.words(&difference.expected)
        );
        let _ = writeln!(
            text,
            "    actual   {:<7} {}",
            difference.what,
            Show::Decimal.words(&difference.actual)
        );
    }
    if let Some(place) = verdict.trap.as_ref().and_then(|trap| trap.place.as_ref()) {
        let (file, line) = place_of(one, place);
        let _ = writeln!(text, "    at {}:{line}", quote::name(&file));
    }
    for place in verdict.trap.iter().flat_map(|trap| &trap.copied) {
        let (file, line) = place_of(one, place);
        let _ = writeln!(
            text,
            "    copied by `.inline` at {}:{line}",
            quote::name(&file)
        );
    }
    if let Some(example) = &verdict.counterexample {
        let words: Vec<String> = example
            .iter()
            .map(|(name, word)| format!("{name} = {word}"))
            .collect();
        let _ = writeln!(text, "    with {}", words.join(", "));
    }
    text
}
