//! What `provable test` says.

use super::find::{BrokenFile, Selected};
use super::run::Judged;
use crate::cli::backtrace;
use crate::show::Show;
use provable::lang::link::Place;
use provable::lang::quote::{self, plural};
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
pub fn list_json(tests: &[Selected<'_>], broken: &[BrokenFile]) -> Value {
    let tests: Vec<Value> = tests.iter().map(test_json).collect();
    with_broken(json!({ "status": "ok", "tests": tests }), broken)
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

/// The verdicts, and why the tests of some files did not run.
pub fn verdicts_json(
    tests: &[Selected<'_>],
    judged: &[Judged],
    broken: &[BrokenFile],
    seed: u64,
) -> Value {
    let each = tests.iter().zip(judged).map(|(one, judged)| {
        let Judged { verdict, backtrace } = judged;
        let mut object = test_json(one);
        let trap = verdict.trap.as_ref().map(|trap| {
            let place = trap.place.as_ref().map(|place| place_of(one, place));
            let (file, line) = place.unzip();
            let mut trap =
                json!({ "kind": trap.kind, "message": trap.message, "file": file, "line": line });
            if let (Some(map), Some(backtrace)) = (trap.as_object_mut(), backtrace) {
                map.extend(backtrace::fields(backtrace, &one.file.sources));
            }
            trap
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
    let (passed, failed) = counts(judged);
    let object = json!({
        "status": if failed == 0 { "passed" } else { "failed" },
        "tests": each,
        "passed": passed,
        "failed": failed,
        "seed": seed,
    });
    with_broken(object, broken)
}

/// How many tests passed and failed.
fn counts(judged: &[Judged]) -> (usize, usize) {
    let passed = judged.iter().filter(|one| one.verdict.passed()).count();
    (passed, judged.len() - passed)
}

/// An answer with the files whose tests did not run, and with the fields of the first failure, as of a command that failed.
fn with_broken(mut answer: Value, broken: &[BrokenFile]) -> Value {
    let each = broken.iter().map(|one| {
        let mut object = one.failure.to_json();
        if let Some(map) = object.as_object_mut() {
            map.insert("path".into(), json!(one.path.display().to_string()));
        }
        object
    });
    if let (Some(first), Some(map)) = (broken.first(), answer.as_object_mut()) {
        if let Value::Object(failure) = first.failure.to_json() {
            map.extend(failure);
        }
        map.insert("errors".into(), each.collect());
    }
    answer
}

/// Why the tests of files did not run. Files that use one file with errors say the same, once.
pub fn broken_text(broken: &[BrokenFile]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for one in broken {
        let text = one.failure.to_text();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("\n\n")
}

/// The files whose tests did not run, behind another sentence.
fn not_run(broken: &[BrokenFile]) -> String {
    if broken.is_empty() {
        return String::new();
    }
    let names: Vec<String> = broken.iter().map(|one| quote::path(&one.path)).collect();
    let files = plural(broken.len(), "file");
    format!("; the tests of {files} did not run: {}", names.join(", "))
}

/// The tests that failed, how many passed, and the files whose tests did not run.
pub fn verdicts_text(
    tests: &[Selected<'_>],
    judged: &[Judged],
    broken: &[BrokenFile],
    seed: u64,
) -> String {
    let mut text = String::new();
    let failed = tests
        .iter()
        .zip(judged)
        .filter(|(_, judged)| !judged.verdict.passed());
    for (one, judged) in failed {
        let line = one.test.line + 1;
        let name = quote::name(&one.test.name);
        let _ = writeln!(
            text,
            "failed {}:{line}: {name}",
            quote::path(&one.file.path)
        );
        text.push_str(&explained(one, judged));
    }
    let (passed, failed) = counts(judged);
    let is_random = judged
        .iter()
        .any(|one| one.verdict.runs > 1 || one.verdict.counterexample.is_some());
    let seed = if is_random {
        format!(" (seed {seed})")
    } else {
        String::new()
    };
    let rest = not_run(broken);
    let _ = match failed {
        0 => writeln!(text, "{} passed{seed}{rest}", plural(passed, "test")),
        _ => writeln!(
            text,
            "{} failed, {passed} passed{seed}{rest}",
            plural(failed, "test")
        ),
    };
    text
}

/// Why a test failed.
pub fn explained(one: &Selected<'_>, judged: &Judged) -> String {
    let Judged { verdict, backtrace } = judged;
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
    let told = backtrace
        .as_ref()
        .map(|backtrace| backtrace::told(backtrace, &one.file.sources));
    for line in told.into_iter().flatten() {
        let _ = writeln!(text, "    {line}");
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
