//! The command: which tests run, and where the verdicts go.

use super::answer::{broken_text, list_json, list_text, verdicts_json, verdicts_text};
use super::find::{Found, find, selected};
use super::{coverage, junit, run};
use crate::cli::args::TestArgs;
use crate::cli::destination::destinations;
use crate::cli::output::Output;
use crate::cli::read::read_once;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use std::io::Write;

pub fn command(args: &TestArgs, output: &Output) -> Result<Exit, Failure> {
    read_once(args.paths.iter().map(|path| path.as_os_str()))?;
    let junit = args
        .junit
        .iter()
        .map(|path| (FileKind::Verdicts, path.as_path()));
    let coverage = args
        .coverage
        .iter()
        .map(|path| (FileKind::Coverage, path.as_path()));
    let wanted: Vec<_> = junit.chain(coverage).collect();
    let read: Vec<_> = args
        .paths
        .iter()
        .map(|path| ("the tests", path.as_path()))
        .collect();
    let (to, output) = &destinations(&wanted, &read, output)?;
    let Found { files, broken } = find(&args.paths)?;
    let tests = selected(&files, args);
    if let ([], [one], []) = (&tests[..], &broken[..], &to[..]) {
        return Err(one.failure.clone());
    }
    if tests.is_empty() && broken.is_empty() {
        let filter = args.filter.as_deref().map(provable::lang::quote::quoted);
        let message = match filter {
            Some(filter) if args.exact => format!("no test is called `{filter}`"),
            Some(filter) => format!("no test has `{filter}` in its name"),
            None => "there are no tests here".to_owned(),
        };
        return Err(Failure::unusable(message)
            .help("a test begins with `.test`; `provable test --list` lists them"));
    }
    if !broken.is_empty() && !output.is_json() {
        output.note(&format!("{}\n", broken_text(&broken)));
    }
    let unread = broken.iter().map(|one| one.failure.exit()).max();
    let unread = unread.unwrap_or(Exit::Done);
    if args.list {
        output.answer(|| list_json(&tests, &broken), || list_text(&tests))?;
        return Ok(unread);
    }
    let seed = args.seed.unwrap_or_else(run::seed);
    let judged = run::run(&tests, args, seed);
    for to in to {
        let text = match to.kind() {
            FileKind::Coverage => coverage::lcov(&tests, &judged),
            _ => junit::xml(&tests, &judged, &broken)?,
        };
        to.write(|out| out.write_all(text.as_bytes()))?;
    }
    output.answer(
        || verdicts_json(&tests, &judged, &broken, seed),
        || verdicts_text(&tests, &judged, &broken, seed),
    )?;
    let is_passed = judged.iter().all(|one| one.verdict.passed());
    let verdict = if is_passed {
        Exit::Done
    } else {
        Exit::Negative
    };
    Ok(verdict.max(unread))
}
