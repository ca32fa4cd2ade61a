//! Tests and how they came out.

use super::values::ValueHistory;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A program with tests. The worker reads no files: it has the text of each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TestSubject {
    /// The name of the main file in messages.
    pub name: String,
    /// The files; the first is the main file, whose tests are run.
    pub files: Vec<TestFile>,
    /// The names of the tests to run.
    pub tests: Vec<String>,
    /// The seed of random words.
    pub seed: u64,
    /// Whether to count how often each line is executed.
    pub coverage: bool,
}

/// A file of a program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TestFile {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The ids of the files that its relative paths mean.
    pub uses: BTreeMap<String, String>,
}

/// How tests came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestAnswer {
    /// The tests, in the order of the text.
    pub tests: Vec<TestVerdict>,
    /// The seed of random words.
    pub seed: u64,
    /// How often they executed each line, if that was asked for.
    pub coverage: Option<Vec<TestedLines>>,
    /// The run of the first one that failed.
    pub failing: Option<FailingRun>,
}

/// The run of a test that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailingRun {
    /// The name of the test.
    pub name: String,
    /// The values of each instruction of the test's program that was executed and pushes a word, by index.
    pub value_histories: Vec<ValueHistory>,
}

/// How often tests executed the lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestedLines {
    /// The id of the file.
    pub file: String,
    /// The lines with instructions, from 0, and how often each was executed.
    pub lines: Vec<(usize, u64)>,
}

/// How a test came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestVerdict {
    /// The name of the test.
    pub name: String,
    /// Why it failed; none if it passed.
    pub failure: Option<String>,
    /// What was expected, and what came instead.
    pub difference: Option<TestDifference>,
    /// The trap of the last run.
    pub trap: Option<TestTrap>,
    /// The random words of the run that failed, by their names.
    pub counterexample: Option<Vec<(String, u32)>>,
    /// Rows of the last run, if they were counted.
    pub rows: Option<u64>,
    /// Steps of the last run.
    pub steps: u64,
    /// How many runs there were.
    pub runs: u32,
}

/// Words that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestDifference {
    /// What the words are: `stack` or `output`.
    pub what: String,
    /// The words that the test expects.
    pub expected: Vec<u32>,
    /// The words that came.
    pub actual: Vec<u32>,
}

/// A trap in a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestTrap {
    /// The kind, as `.traps` names it.
    pub kind: String,
    /// The reason, without the place.
    pub message: String,
    /// Where it happened, and then the `.inline` lines that led there, the innermost first.
    pub places: Vec<TestPlace>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestPlace {
    /// The id of the file.
    pub file: String,
    /// The line, from 0.
    pub line: usize,
}
