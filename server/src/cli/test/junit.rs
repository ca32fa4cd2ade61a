//! Verdicts as JUnit XML, which continuous integration shows.

use super::answer::explained;
use super::find::{BrokenFile, Selected};
use super::run::Judged;
use crate::errors::failure::Failure;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// A suite for each file. That of a file whose tests cannot run has one test, of the name of the file.
///
/// # Errors
/// If a name cannot be written as XML.
pub fn xml(
    tests: &[Selected<'_>],
    judged: &[Judged],
    broken: &[BrokenFile],
) -> Result<String, Failure> {
    let mut report = Report::new("provable test");
    let mut suites: Vec<TestSuite> = Vec::new();
    for (one, judged) in tests.iter().zip(judged) {
        let file = one.file.path.display().to_string();
        let status = match &judged.verdict.failure {
            None => TestCaseStatus::success(),
            Some(message) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(message.as_str());
                status.set_description(explained(one, judged));
                status
            }
        };
        let mut case = TestCase::new(one.test.name.as_str(), status);
        case.set_classname(file.as_str());
        case.extra.insert("file".into(), file.as_str().into());
        case.extra
            .insert("line".into(), (one.test.line + 1).to_string().into());
        let is_new = suites
            .last()
            .is_none_or(|suite| suite.name.as_str() != file);
        if is_new {
            suites.push(TestSuite::new(file.as_str()));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(case);
        }
    }
    suites.extend(broken.iter().map(|one| {
        let file = one.path.display().to_string();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(one.failure.in_one_line());
        let mut case = TestCase::new(file.as_str(), status);
        case.set_classname(file.as_str());
        case.extra.insert("file".into(), file.as_str().into());
        let mut suite = TestSuite::new(file);
        suite.add_test_case(case);
        suite
    }));
    report.add_test_suites(suites);
    report.to_string().map_err(|error| {
        Failure::unusable(format!("the verdicts cannot be written as XML: {error}"))
    })
}
