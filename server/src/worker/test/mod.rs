//! The job `test`: runs tests of a program.

mod failing;

use super::progress::JobProgress;
use super::protocol::{
    FailingRun, JobError, TestAnswer, TestDifference, TestFile, TestPlace, TestSubject, TestTrap,
    TestVerdict, TestedLines, WORDS_KEPT,
};
use crate::source::{Positions, Source};
use failing::failing_run;
use provable::lang::diagnostics::{Diagnostic, Severity};
use provable::lang::link::Place;
use provable::lang::modules::{FileError, Files, Modules, Parsed};
use provable::lang::program::{Assembly, assemble_file};
use provable::progress::Progress;
use provable::testing::{Coverage, Options, Test, Verdict, run_test, tests_in};
use provable::vm::Limits;
use std::collections::HashMap;
use std::sync::Arc;

/// The files that came with a request.
struct GivenFiles<'a>(HashMap<&'a str, &'a TestFile>);

impl Files for GivenFiles<'_> {
    fn resolve(&self, from: &str, path: &str) -> Result<String, FileError> {
        let found = self.0.get(from).and_then(|file| file.uses.get(path));
        found
            .cloned()
            .ok_or_else(|| FileError::new(format!("there is no file {path}")))
    }

    fn parsed(&self, id: &str) -> Result<Arc<Parsed>, FileError> {
        let found = self.0.get(id);
        let parsed = found.map(|file| Arc::new(Parsed::new(&file.text)));
        parsed.ok_or_else(|| FileError::new(format!("there is no file {id}")))
    }
}

/// Runs the tests that are asked for.
pub fn test(
    subject: TestSubject,
    limits: Limits,
    progress: &JobProgress,
) -> Result<TestAnswer, JobError> {
    let TestSubject {
        name,
        files,
        tests,
        seed,
        coverage: counts_lines,
    } = subject;
    let given = files.iter().map(|file| (file.id.as_str(), file));
    let main = files
        .first()
        .ok_or_else(|| JobError::new(format!("{name}: there is no text")))?;
    let parsed = Arc::new(Parsed::new(&main.text));
    let modules = Modules::load(&main.id, parsed, &GivenFiles(given.collect()));
    let assemblies: Vec<Arc<Assembly>> = (0..modules.files().len())
        .map(|file| Arc::new(assemble_file(&modules, file)))
        .collect();
    check(&name, &modules, &assemblies)?;
    let mut found = assemblies.first().map_or(Vec::new(), |main| tests_in(main));
    found.retain(|test| tests.contains(&test.name));
    let options = Options {
        seed,
        limits,
        counts_lines,
    };
    let count = found.len().max(1) as f64;
    let mut coverage = Coverage::default();
    let mut failing: Option<FailingRun> = None;
    let run = |(number, test): (usize, &Test)| {
        progress.phase(&test.name, number as f64 / count);
        let verdict = run_test(&modules, &assemblies, test, options);
        if counts_lines {
            coverage.add(&modules, &assemblies, &verdict);
        }
        if failing.is_none() && !verdict.passed() {
            failing = failing_run(&modules, &assemblies, test, &verdict, limits);
        }
        answer(&modules, test, verdict)
    };
    let tests = found.iter().enumerate().map(run).collect();
    let files = coverage.files.into_iter();
    let lines = files.map(|(file, lines)| TestedLines {
        file,
        lines: lines.into_iter().collect(),
    });
    Ok(TestAnswer {
        tests,
        seed,
        coverage: counts_lines.then(|| lines.collect()),
        failing,
    })
}

/// Refuses a program with errors. Those of tests in the files that it uses are of no concern here.
fn check(name: &str, modules: &Modules, assemblies: &[Arc<Assembly>]) -> Result<(), JobError> {
    let mut all = assemblies.iter().enumerate();
    let wrong = all.find(|(file, one)| match file {
        0 => one.has_errors(),
        _ => one.first_error_outside_tests().is_some(),
    });
    let Some((file, assembly)) = wrong else {
        return Ok(());
    };
    let source = Source {
        name: match file {
            0 => name.to_owned(),
            file => format!("{}.prov", modules.stem(file)),
        },
        text: assembly.tree.text().to_owned(),
    };
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    let errors: Vec<Diagnostic> = assembly
        .diagnostics
        .iter()
        .filter(is_error)
        .cloned()
        .collect();
    Err(JobError::new(Positions::new(&source).summary(&errors)))
}

fn answer(modules: &Modules, test: &Test, verdict: Verdict) -> TestVerdict {
    let place = |place: &Place| {
        let file = modules.files().get(place.file)?;
        Some(TestPlace {
            file: file.id.clone(),
            line: place.line,
        })
    };
    let kept = |mut words: Vec<u32>| {
        words.truncate(WORDS_KEPT);
        words
    };
    TestVerdict {
        name: test.name.clone(),
        failure: verdict.failure,
        difference: verdict.difference.map(|one| TestDifference {
            what: one.what.to_owned(),
            expected: kept(one.expected),
            actual: kept(one.actual),
        }),
        trap: verdict.trap.map(|trap| TestTrap {
            kind: trap.kind.to_owned(),
            message: trap.message,
            places: trap
                .place
                .iter()
                .chain(&trap.copied)
                .filter_map(place)
                .collect(),
        }),
        counterexample: verdict.counterexample,
        rows: verdict.rows,
        steps: verdict.steps,
        runs: verdict.runs,
    }
}
