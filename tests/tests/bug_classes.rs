//! The table of known ways to get it wrong names tests that are there.

use std::collections::BTreeSet;

#[test]
fn every_row_names_tests_that_exist() {
    let root = provable_tests::root();
    let page = std::fs::read_to_string(root.join("docs/bug-classes.md")).unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| class");
    let rows: Vec<&str> = page
        .lines()
        .filter(is_row)
        .filter(|line| !line.starts_with("| ---"))
        .collect();
    assert!(rows.len() > 20, "{} rows", rows.len());
    let mut named = BTreeSet::new();
    for row in rows {
        let mut tests = 0;
        for quoted in row.split('`').skip(1).step_by(2) {
            let Some((file, test)) = quoted.split_once(": ") else {
                if quoted.ends_with(".rs") {
                    assert!(root.join(quoted).is_file(), "{quoted}");
                    tests += 1;
                }
                continue;
            };
            let text = std::fs::read_to_string(root.join(file))
                .unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(
                text.contains(&format!("fn {test}(")),
                "{file} has no test {test}"
            );
            named.insert(quoted);
            tests += 1;
        }
        assert!(tests > 0, "no test: {row}");
    }
    assert!(named.len() > 40, "{} tests", named.len());
}
