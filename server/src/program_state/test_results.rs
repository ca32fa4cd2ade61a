//! The results of tests, by the names of the tests.

use super::binding::Hash;
use crate::worker::protocol::TestVerdict;
use std::collections::BTreeMap;

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
pub struct TestResults(BTreeMap<String, TestResult>);

impl TestResults {
    /// The last result of a test.
    pub fn get(&self, name: &str) -> Option<&TestResult> {
        self.0.get(name)
    }

    /// Whether no test was run.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes results. `tests` are the tests that the text had, with their digests: results of others are dropped.
    pub fn note(&mut self, tests: &[(String, Hash)], verdicts: Vec<TestVerdict>) {
        self.0
            .retain(|name, _| tests.iter().any(|(known, _)| known == name));
        for verdict in verdicts {
            let test = tests.iter().find(|(name, _)| *name == verdict.name);
            if let Some((name, digest)) = test {
                let digest = *digest;
                self.0.insert(name.clone(), TestResult { digest, verdict });
            }
        }
    }
}
