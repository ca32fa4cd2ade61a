//! A test of a program, as a program to debug.

use super::files::watched;
use crate::cli::test::{TestFile, test_file};
use crate::dap::{DebuggedProgram, Debuggee};
use crate::errors::failure::Failure;
use provable::lang::quote::{quoted, shortened};
use provable::lang::suggest::nearest;
use provable::testing::{Options, Prepared, Test, prepare, run_test};
use provable::vm::Limits;
use std::collections::HashMap;
use std::path::PathBuf;

/// A test of the program at a path, with the words of its tapes. Random words are those with which it fails, or else 0.
pub fn debuggee(
    path: PathBuf,
    wanted: &str,
    seed: Option<u64>,
    limits: Limits,
) -> Result<Debuggee, Failure> {
    let file = test_file(&path)?;
    let test = named(&file.tests, wanted).ok_or_else(|| unknown(&file, wanted))?;
    let unusable = |why: String| {
        let name = quoted(&test.name);
        Failure::unusable(format!("the test {name} cannot run: {why}"))
    };
    let prepared = prepare(&file.modules, &file.assemblies, test).map_err(unusable)?;
    let (words, note) = outcome(&file, test, &prepared, seed.unwrap_or(0), limits);
    let program = prepared.program(&file.modules, &words).map_err(unusable)?;
    let inputs = prepared.inputs(&file.modules, &words).map_err(unusable)?;
    let files = watched(&file.modules, &path);
    let debugged = DebuggedProgram {
        name: test.name.clone(),
        note: Some(note),
        path,
        modules: file.modules,
        linked: prepared.linked,
        program,
    };
    Ok(Debuggee::new(debugged, inputs, limits, files))
}

/// The test with a name, or with an id, which is the path of its file, `::` and the name.
fn named<'a>(tests: &'a [Test], wanted: &str) -> Option<&'a Test> {
    let exact = tests.iter().find(|test| test.name == wanted);
    let by_id = tests.iter().filter(|test| {
        let file = wanted.strip_suffix(test.name.as_str());
        file.is_some_and(|file| file.ends_with("::"))
    });
    exact.or_else(|| by_id.max_by_key(|test| test.name.len()))
}

fn unknown(file: &TestFile, wanted: &str) -> Failure {
    let wanted_name = wanted.rsplit("::").next().unwrap_or(wanted);
    let failure = Failure::unusable(format!("there is no test {}", quoted(wanted)));
    let names = file.tests.iter().map(|test| test.name.as_str());
    match (file.tests.is_empty(), nearest(wanted_name, names)) {
        (true, _) => failure.help("the program has no tests"),
        (false, Some(near)) => failure.help(format!("did you mean {}?", quoted(near))),
        (false, None) => failure.help("`provable test --list` lists the tests"),
    }
}

/// The random words with which the test is debugged, and how it comes out.
fn outcome(
    file: &TestFile,
    test: &Test,
    prepared: &Prepared,
    seed: u64,
    limits: Limits,
) -> (HashMap<String, u32>, String) {
    let options = Options {
        seed,
        limits,
        counts_lines: false,
    };
    let verdict = run_test(&file.modules, &file.assemblies, test, options);
    let names = prepared.random.iter();
    let mut words: HashMap<String, u32> = names.map(|name| (name.clone(), 0)).collect();
    words.extend(verdict.counterexample.into_iter().flatten());
    let mut note = match &verdict.failure {
        None => "the test passes".to_owned(),
        Some(failure) => format!("the test fails: {}", shortened(failure)),
    };
    if let Some(difference) = &verdict.difference {
        note.push_str(&format!(
            "; expected {}, came {}",
            shown(&difference.expected),
            shown(&difference.actual)
        ));
    }
    if !prepared.random.is_empty() {
        let pairs = prepared.random.iter().map(|name| {
            let word = words.get(name).copied().unwrap_or(0);
            format!("{name} = {word}")
        });
        let pairs: Vec<String> = pairs.collect();
        note.push_str(&format!("; debugged with {}", pairs.join(", ")));
    }
    (words, note)
}

/// The most words that are shown.
const MOST: usize = 16;

fn shown(words: &[u32]) -> String {
    let texts: Vec<String> = words.iter().take(MOST).map(u32::to_string).collect();
    let more = if words.len() > MOST { " …" } else { "" };
    match words.is_empty() {
        true => "nothing".to_owned(),
        false => format!("{}{more}", texts.join(" ")),
    }
}
