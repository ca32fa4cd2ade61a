//! How a test came out.

use crate::lang::link::Place;
use std::collections::BTreeMap;

/// How a test came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Why it failed, in one sentence; none if it passed.
    pub failure: Option<String>,
    /// What was expected, and what came instead.
    pub difference: Option<Difference>,
    /// The trap of the run that failed, or that passed because it was expected.
    pub trap: Option<TestTrap>,
    /// Rows of the last run, if the test bounds them.
    pub rows: Option<u64>,
    /// Steps of the last run.
    pub steps: u64,
    /// How many runs there were.
    pub runs: u32,
    /// How often each line was executed, by file and line from 0, if that was counted.
    pub lines: BTreeMap<(usize, usize), u64>,
    /// The random words of the run that failed.
    pub counterexample: Option<Counterexample>,
}

/// The random words of a run, by their names.
pub type Counterexample = Vec<(String, u32)>;

/// Words that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the words are: `stack` or `output`.
    pub what: &'static str,
    /// The words that the test expects.
    pub expected: Vec<u32>,
    /// The words that came.
    pub actual: Vec<u32>,
}

/// A trap in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestTrap {
    /// The kind, as `.traps` names it.
    pub kind: &'static str,
    /// The reason, without the place.
    pub message: String,
    /// The index of the instruction in the program of the test.
    pub pc: u32,
    /// Where the instruction comes from; none in an empty program.
    pub place: Option<Place>,
    /// The `.inline` lines that copied it, the innermost first.
    pub copied: Vec<Place>,
}

impl Verdict {
    /// Whether the test passed.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }

    pub(super) fn failed(message: impl Into<String>) -> Verdict {
        Verdict {
            failure: Some(message.into()),
            ..Verdict::default()
        }
    }
}
