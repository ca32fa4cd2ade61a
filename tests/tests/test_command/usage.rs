//! Bad usage, and the exit status.

use super::{MAX, test};
use provable_tests::folder;
use serde_json::json;

#[test]
fn the_exit_status_says_whether_all_passed() {
    let here = folder(&[
        ("max.prov", MAX),
        ("fine.prov", ".test \"x\" ( -- )\n    NOP\n"),
    ]);
    test(here.path(), &["fine.prov"]).status(0);
    test(here.path(), &["max.prov"]).status(1);
    test(here.path(), &["fine.prov", "max.prov"]).status(1);
    let json = test(here.path(), &["fine.prov", "--json"]).status(0).json();
    assert_eq!(
        (&json["status"], &json["passed"]),
        (&json!("passed"), &json!(1))
    );
    let json = test(here.path(), &["max.prov", "--json"]).status(1).json();
    assert_eq!(json["status"], "failed");
    assert_eq!((&json["passed"], &json["failed"]), (&json!(3), &json!(2)));
}

#[test]
fn bad_usage_is_told_and_nothing_runs() {
    let here = folder(&[("max.prov", MAX), ("max.inputs.json", "{}")]);
    for (arguments, told) in [
        (
            &["nowhere.prov"][..],
            &["cannot read nowhere.prov", "check the path"][..],
        ),
        (&["--exact"], &["--filter"]),
        (&["--jobs", "0"], &["--jobs"]),
        (&["--jobs", "many"], &["--jobs"]),
        (&["--seed", "x"], &["--seed"]),
        (&["--fly"], &["--fly"]),
        (
            &["--junit", "max.prov", "max.prov"],
            &["max.prov", "the tests"],
        ),
        (&["--junit", "max.prov"], &["max.prov", "a program"]),
        (&["--coverage", "max.inputs.json"], &["inputs"]),
        (
            &["--junit", "x", "--coverage", "x"],
            &["the verdicts", "the coverage"],
        ),
        (&["--junit", "nowhere/x.xml"], &["nowhere"]),
    ] {
        let answer = test(here.path(), arguments).status(2).says(told);
        assert_eq!(answer.stdout, "", "{arguments:?}");
        let json = test(here.path(), &[arguments, &["--json"]].concat());
        assert_eq!(json.status(2).json()["status"], "error", "{arguments:?}");
    }
    assert_eq!(
        std::fs::read_to_string(here.path().join("max.prov")).unwrap(),
        MAX
    );
    assert!(!here.path().join("x").exists());
}
