//! `provable check`: what is wrong with programs, without running them.

use super::args::CheckArgs;
use super::exit::{Exit, Failure};
use super::input::{self, Source};
use super::output::Output;
use super::report::Report;
use crate::words::plural;
use provable_core::analysis::analyse;
use provable_core::diagnostic::{Diagnostic, Severity};
use provable_core::program::assemble;
use serde_json::json;

/// Runs the command.
pub fn command(args: &CheckArgs, output: &Output) -> Result<Exit, Failure> {
    input::read_once(args.files.iter().map(|path| path.as_os_str()))?;
    // All are read before anything is said, so that an unreadable file is the whole answer.
    let sources: Vec<Source> = args
        .files
        .iter()
        .map(|path| input::program(path))
        .collect::<Result<_, _>>()?;
    let checked: Vec<(&Source, Vec<Diagnostic>)> = sources
        .iter()
        .map(|source| (source, findings(&source.text)))
        .collect();
    let count = |severity| {
        checked
            .iter()
            .flat_map(|(_, found)| found)
            .filter(|one| one.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let hints = count(Severity::Hint);
    if !output.is_json() {
        for (source, found) in checked.iter().filter(|(_, found)| !found.is_empty()) {
            output.note(&format!("{}\n", Report::new(source).text(found)));
        }
    }
    output.answer(
        || {
            let files = checked.iter().map(|(source, found)| {
                json!({ "file": source.name, "diagnostics": Report::new(source).json(found) })
            });
            json!({
                "status": if errors == 0 { "ok" } else { "errors" },
                "errors": errors,
                "warnings": warnings,
                "hints": hints,
                "files": files.collect::<Vec<_>>(),
            })
        },
        || {
            summary(
                sources.len(),
                &[(errors, "error"), (warnings, "warning"), (hints, "hint")],
            )
        },
    )?;
    Ok(if errors == 0 {
        Exit::Done
    } else {
        Exit::Negative
    })
}

/// What is wrong with a text: first with the text itself, then with what the program does.
fn findings(text: &str) -> Vec<Diagnostic> {
    let assembly = assemble(text);
    let mut found = analyse(&assembly).diagnostics;
    found.extend(assembly.diagnostics);
    found.sort_by_key(|one| (one.span.start, one.span.end));
    found
}

fn summary(files: usize, found: &[(usize, &str)]) -> String {
    let found: Vec<String> = found
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| plural(*count, name))
        .collect();
    let found = if found.is_empty() {
        "no findings".to_string()
    } else {
        found.join(", ")
    };
    format!("{}: {found}\n", plural(files, "file"))
}
