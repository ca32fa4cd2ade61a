//! The tables of known ways to get it wrong and of faults name tests that are there and run, and every test of a fault
//! is in its table.

use std::collections::BTreeSet;
use std::path::Path;

/// The names of a file's functions that run as tests.
fn tests_in(path: &Path) -> BTreeSet<String> {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut tests = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) = line.strip_prefix("fn ") else {
            continue;
        };
        let above = || {
            lines[..at]
                .iter()
                .rev()
                .take_while(|line| line.starts_with(['#', '/']))
        };
        if above().any(|line| *line == "#[test]")
            && !above().any(|line| line.starts_with("#[ignore"))
        {
            tests.extend(rest.split_once('(').map(|(name, _)| name.to_owned()));
        }
    }
    tests
}

/// The tests that the page's tables name, as `file: test`.
fn named(page: &str) -> BTreeSet<&str> {
    let root = provable_tests::root();
    let heads = ["| class |", "| fault |", "| --- |"];
    let mut named = BTreeSet::new();
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        if heads.iter().any(|head| row.starts_with(head)) {
            continue;
        }
        let mut tests = 0;
        for quoted in row.split('`').skip(1).step_by(2) {
            let Some((file, test)) = quoted.split_once(": ") else {
                if quoted.ends_with(".rs") {
                    assert!(!tests_in(&root.join(quoted)).is_empty(), "{quoted}");
                    tests += 1;
                }
                continue;
            };
            assert!(
                tests_in(&root.join(file)).contains(test),
                "{file} has no test {test}"
            );
            named.insert(quoted);
            tests += 1;
        }
        assert!(tests > 0, "no test: {row}");
    }
    named
}

fn page() -> String {
    std::fs::read_to_string(provable_tests::root().join("docs/bug-classes.md")).unwrap()
}

#[test]
fn every_row_names_tests_that_run() {
    let page = page();
    assert!(named(&page).len() > 60, "{} tests", named(&page).len());
}

#[test]
fn every_test_of_a_fault_is_in_the_table() {
    let page = page();
    let (_, faults) = page.split_once("\n## Faults\n").unwrap();
    let listed = named(faults);
    let folder = provable_tests::root().join("tests/tests/faults");
    let mut there = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        for test in tests_in(&folder.join(&name)) {
            let full = format!("tests/tests/faults/{name}: {test}");
            assert!(listed.contains(full.as_str()), "not in the table: {full}");
            there += 1;
        }
    }
    assert_eq!(there, listed.len());
    assert!(there >= 20, "{there} tests");
}
