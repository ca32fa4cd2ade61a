//! Finds the files with tests, and the tests that are asked for.

use crate::cli::args::TestArgs;
use crate::cli::load::failure;
use crate::cli::read;
use crate::errors::failure::Failure;
use crate::files::walk::programs;
use crate::program_files::{self, DiskFiles, FileErrors};
use crate::source::Source;
use provable::lang::diagnostics::Severity;
use provable::lang::modules::Modules;
use provable::lang::program::{Assembly, assemble_file};
use provable::lang::syntax::{Body, parse};
use provable::testing::{Test, tests_in};
use std::collections::HashSet;
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

/// The files that are named, and the programs with tests in the folders that are named; each file once.
///
/// # Errors
/// If one cannot be read, or has an error: its tests cannot run then. Files of a folder that have no tests are none of this
/// command's business.
pub fn find(paths: &[PathBuf]) -> Result<Vec<TestFile>, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut files = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        let is_folder = path.is_dir();
        let in_it = if is_folder {
            in_folder(path)
        } else {
            vec![path.clone()]
        };
        for path in in_it {
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            if !seen.insert(real) {
                continue;
            }
            let source = read::program(&path)?;
            if !is_folder || has_tests(&source.text) {
                files.push(assembled(&path, source)?);
            }
        }
    }
    Ok(files)
}

fn has_tests(text: &str) -> bool {
    let tree = parse(text);
    let mut lines = tree.lines().iter();
    lines.any(|line| matches!(line.body, Body::Test { .. }))
}

/// The programs in a folder, in the order of their paths.
fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let found = programs(&[folder.to_path_buf()], &|| true).unwrap_or_default();
    let paths = found.into_iter().map(|found| {
        let path = found.path.strip_prefix(".").map(Path::to_path_buf);
        path.unwrap_or(found.path)
    });
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.sort();
    paths
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
    let each = assemblies.iter().zip(sources).map(|(assembly, source)| {
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
