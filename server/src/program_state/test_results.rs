//! The results of tests, by the names of the tests.

use super::binding::Hash;
use crate::worker::protocol::{FailingRun, TestAnswer, TestVerdict};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The result of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// The digest of what was run.
    pub digest: Hash,
    /// How it came out.
    pub verdict: TestVerdict,
}

impl TestResult {
    /// Whether it is the result of a test with this digest, as it is now.
    pub fn is_fresh(&self, now: Option<Hash>) -> bool {
        now == Some(self.digest)
    }
}

/// The last result of each test of a program.
#[derive(Clone, Debug, Default)]
pub struct TestResults {
    results: BTreeMap<String, TestResult>,
    /// The run of the first test that failed when tests ran last, unless the program ran since.
    pub failing: Option<Arc<FailingRun>>,
}

impl TestResults {
    /// The last result of a test.
    pub fn get(&self, name: &str) -> Option<&TestResult> {
        self.results.get(name)
    }

    /// Whether no test was run.
    pub fn is_empty(&self) -> bool {
        self.results.is_empty()
    }

    /// Notes results. `tests` are the tests that the text had, with their digests: results of others are dropped.
    pub fn note(&mut self, tests: &[(String, Hash)], answer: TestAnswer) {
        self.failing = answer.failing.map(Arc::new);
        self.results
            .retain(|name, _| tests.iter().any(|(known, _)| known == name));
        for verdict in answer.tests {
            let test = tests.iter().find(|(name, _)| *name == verdict.name);
            if let Some((name, digest)) = test {
                let digest = *digest;
                self.results
                    .insert(name.clone(), TestResult { digest, verdict });
            }
        }
    }
}
