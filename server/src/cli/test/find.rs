//! Finds the files with tests, and the tests that are asked for.

use crate::cli::args::TestArgs;
use crate::cli::load::failure;
use crate::cli::program_paths::{ProgramPath, program_paths};
use crate::cli::read;
use crate::errors::failure::Failure;
use crate::program_files::{self, DiskFiles, FileErrors};
use crate::source::Source;
use provable::lang::diagnostics::Severity;
use provable::lang::modules::Modules;
use provable::lang::program::{Assembly, assemble_file};
use provable::lang::syntax::{Body, parse};
use provable::testing::{Test, tests_in};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file with tests.
pub struct TestFile {
    /// The path, as it was given or found.
    pub path: PathBuf,
    /// The file and those that it uses.
    pub modules: Modules,
    /// These, assembled.
    pub assemblies: Vec<Arc<Assembly>>,
    /// These, with their names.
    pub sources: Vec<Source>,
    /// The tests.
    pub tests: Vec<Test>,
}

/// A test that is to run.
#[derive(Clone, Copy)]
pub struct Selected<'a> {
    /// Its file.
    pub file: &'a TestFile,
    /// The test.
    pub test: &'a Test,
}

impl Selected<'_> {
    /// `FILE::NAME`, which no other test of the call has.
    pub fn id(&self) -> String {
        format!("{}::{}", self.file.path.display(), self.test.name)
    }
}

/// A file whose tests cannot run.
pub struct BrokenFile {
    /// The path, as it was given or found.
    pub path: PathBuf,
    /// Why: it cannot be read, or it has an error, or a file that it uses has.
    pub failure: Failure,
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// The files.
    pub files: Vec<TestFile>,
    /// Those whose tests cannot run.
    pub broken: Vec<BrokenFile>,
}

/// The files that are named, and the programs with tests in the folders that are named; each file once. Files of a folder
/// that have no tests are none of this command's business.
///
/// # Errors
/// If a folder has too many programs.
pub fn find(paths: &[PathBuf]) -> Result<Found, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut found = Found::default();
    for ProgramPath { path, is_found } in program_paths(paths)? {
        let file = read::program(&path).and_then(|source| {
            let is_wanted = !is_found || has_tests(&source.text);
            is_wanted.then(|| assembled(&path, source)).transpose()
        });
        match file {
            Ok(file) => found.files.extend(file),
            Err(failure) => found.broken.push(BrokenFile { path, failure }),
        }
    }
    Ok(found)
}

/// A file with tests.
///
/// # Errors
/// If it cannot be read, or has an error.
pub fn test_file(path: &Path) -> Result<TestFile, Failure> {
    assembled(path, read::program(path)?)
}

fn has_tests(text: &str) -> bool {
    let tree = parse(text);
    let mut lines = tree.lines().iter();
    lines.any(|line| matches!(line.body, Body::Test { .. }))
}

fn assembled(path: &Path, source: Source) -> Result<TestFile, Failure> {
    let modules = program_files::load(path, &source.text, &DiskFiles);
    let files = 0..modules.files().len();
    let assemblies: Vec<Arc<Assembly>> = files
        .map(|file| Arc::new(assemble_file(&modules, file)))
        .collect();
    let sources = program_files::sources(&modules, source);
    let errors = errors(&assemblies, &sources);
    if !errors.is_empty() {
        return Err(failure(errors));
    }
    let tests = assemblies.first().map_or(Vec::new(), |main| tests_in(main));
    Ok(TestFile {
        path: path.to_path_buf(),
        modules,
        assemblies,
        sources,
        tests,
    })
}

fn errors(assemblies: &[Arc<Assembly>], sources: &[Source]) -> Vec<FileErrors> {
    // Tests of the files that are used are of no concern.
    let counts =
        |file: usize, one: &Assembly| file == 0 || one.first_error_outside_tests().is_some();
    let all = assemblies.iter().zip(sources).enumerate();
    let all = all.filter(|(file, (assembly, _))| counts(*file, assembly));
    let each = all.map(|(_, (assembly, source))| {
        let mut errors = assembly.diagnostics.clone();
        errors.retain(|one| one.severity == Severity::Error);
        FileErrors {
            source: source.clone(),
            errors,
        }
    });
    each.filter(|file| !file.errors.is_empty()).collect()
}

/// The tests that are asked for, in the order of the files and their texts.
pub fn selected<'a>(files: &'a [TestFile], args: &TestArgs) -> Vec<Selected<'a>> {
    let all = files.iter().flat_map(|file| {
        let tests = file.tests.iter();
        tests.map(move |test| Selected { file, test })
    });
    let is_wanted = |one: &Selected<'_>| match &args.filter {
        None => true,
        Some(filter) if args.exact => one.test.name == *filter || one.id() == *filter,
        Some(filter) => one.id().contains(filter.as_str()),
    };
    all.filter(is_wanted).collect()
}
