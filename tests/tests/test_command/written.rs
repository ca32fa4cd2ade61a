//! The files that are written: JUnit XML and lcov.

use super::{MAX, test};
use provable_tests::folder;
use quick_junit::{Report, TestCaseStatus};
use std::collections::BTreeMap;

#[test]
fn the_verdicts_are_well_formed_xml() {
    let odd = ".test \"a <b> & \\\"c\\\" \\x1b[2J]]> \\n\" ( -- 1 )\n    PUSH 2\n";
    let here = folder(&[("max.prov", MAX), ("odd/a&b.prov", odd)]);
    let arguments = ["--junit", "out.xml", "--seed", "1"];
    test(here.path(), &arguments).status(1);
    let xml = std::fs::read_to_string(here.path().join("out.xml")).unwrap();
    assert!(!xml.contains('\u{1b}'), "{xml}");
    let report = Report::deserialize_from_str(&xml).unwrap();
    assert_eq!((report.tests, report.failures, report.errors), (6, 3, 0));
    let suites: Vec<&str> = report
        .test_suites
        .iter()
        .map(|suite| suite.name.as_str())
        .collect();
    assert_eq!(suites, ["max.prov", "odd/a&b.prov"]);
    let [max, odd] = report.test_suites.as_slice() else {
        panic!("{xml}");
    };
    let failed = max.test_cases.iter().filter_map(|case| match &case.status {
        TestCaseStatus::NonSuccess {
            message,
            description,
            ..
        } => Some((
            case.name.as_str(),
            message.as_ref()?.as_str(),
            description.as_ref()?.as_str(),
        )),
        _ => None,
    });
    let failed: Vec<_> = failed.collect();
    assert_eq!(failed.len(), 2);
    assert_eq!(
        (failed[0].0, failed[0].1),
        ("wrong max ( 7 9 -- 7 )", "the stack differs")
    );
    assert!(failed[0].2.contains("expected stack   7"), "{xml}");
    assert!(odd.test_cases[0].name.starts_with("a <b> & \"c\""), "{xml}");
    // On standard output it takes the place of the answer.
    let answer = test(here.path(), &["max.prov", "--junit", "-", "--seed", "1"]).status(1);
    assert!(
        Report::deserialize_from_str(&answer.stdout).is_ok(),
        "{}",
        answer.stdout
    );
    answer.says(&["2 tests failed, 3 passed"]);
}

/// The lines of a record and how often each is executed; and the numbers behind them.
fn records(lcov: &str) -> BTreeMap<String, (BTreeMap<usize, u64>, usize, usize)> {
    let records = lcov
        .split("end_of_record\n")
        .filter(|record| !record.is_empty());
    let each = records.map(|record| {
        let values = |key: &'static str| {
            let lines = record.lines();
            lines
                .filter_map(move |line| line.strip_prefix(key))
                .map(str::to_owned)
        };
        let one = |key| {
            values(key)
                .next()
                .unwrap_or_else(|| panic!("no {key} in {record}"))
        };
        let lines = values("DA:").map(|line| {
            let (number, count) = line.split_once(',').unwrap();
            (number.parse().unwrap(), count.parse().unwrap())
        });
        let numbers = (one("LF:").parse().unwrap(), one("LH:").parse().unwrap());
        (one("SF:"), (lines.collect(), numbers.0, numbers.1))
    });
    each.collect()
}

#[test]
fn the_coverage_counts_each_line_of_each_file() {
    let library = "\
.routine double ( a -- b )
    MUL 2
    RET
.routine never ( -- )
    NOP
    RET
.test double ( 1 -- 2 )
";
    let main = "\
.use \"./lib/double\" as d
.use \"std@1/check\"
    READ
    .inline d.double
again:
    SUB 1
    DUP
    JNZ again
    PUSH 0
    CALL check.le
    HALT
.test \"three\"
    .public 3
.test \"one\"
    .public 1
";
    let here = folder(&[("main.prov", main), ("lib/double.prov", library)]);
    test(here.path(), &["--coverage", "c.lcov"]).status(0);
    let lcov = std::fs::read_to_string(here.path().join("c.lcov")).unwrap();
    let records = records(&lcov);
    let real = here.path().canonicalize().unwrap();
    let record = |name: &str| records[real.join(name).to_str().unwrap()].clone();
    assert_eq!(records.len(), 2, "the standard library is apart: {lcov}");
    let main = [
        (3, 2),
        (4, 2),
        (6, 8),
        (7, 8),
        (8, 8),
        (9, 2),
        (10, 2),
        (11, 2),
    ];
    let (lines, found, hit) = record("main.prov");
    assert_eq!(lines, BTreeMap::from(main), "{lcov}");
    assert_eq!((found, hit), (main.len(), main.len()), "{lcov}");
    // Two copies in the program, and a CALL in the library's own test.
    let (lines, found, hit) = record("lib/double.prov");
    assert_eq!(lines.get(&2), Some(&3), "{lcov}");
    assert_eq!(
        (lines.get(&5), lines.get(&6)),
        (Some(&0), Some(&0)),
        "{lcov}"
    );
    assert_eq!((found, hit), (4, 2), "{lcov}");
}
