//! Which tests are found, and which of them run.

use super::{MAX, named, test};
use provable_tests::{folder, provable};
use serde_json::json;

const ONE: &str = ".test \"one\"\n    PUSH 1\n    ASSERT\n";

#[test]
fn a_folder_is_walked_but_for_what_is_hidden_or_built() {
    let here = folder(&[
        ("b.prov", ONE),
        ("a/c.prov", ONE),
        ("a/b/d.prov", ONE),
        ("none.prov", "HALT\n"),
        // A file without tests is none of this command's business, be it wrong.
        ("wrong.prov", "PUHS 1\n"),
        ("notes.txt", ONE),
        (".hidden/x.prov", ONE),
        ("target/x.prov", ONE),
        ("a/node_modules/x.prov", ONE),
        ("empty/notes.txt", ""),
    ]);
    let list = |arguments: &[&str]| {
        let arguments = [&["--list"], arguments].concat();
        test(here.path(), &arguments).status(0).stdout
    };
    let all = "a/b/d.prov::one\na/c.prov::one\nb.prov::one\n";
    assert_eq!(list(&[]), all);
    assert_eq!(list(&["."]), all);
    assert_eq!(list(&["a"]), "a/b/d.prov::one\na/c.prov::one\n");
    // Who names a folder wants it.
    assert_eq!(list(&["target"]), "target/x.prov::one\n");
    // Each file once, however it is named.
    assert_eq!(
        list(&["b.prov", "./b.prov", "."])
            .matches("b.prov::one")
            .count(),
        1
    );
    assert_eq!(test(here.path(), &[]).status(0).stdout, "3 tests passed\n");
    let empty = test(here.path(), &["empty"]).status(2);
    empty.says(&["there are no tests here", "`.test`"]);
}

#[test]
fn a_wrong_file_is_told_of_and_the_tests_of_the_others_run() {
    let wrong = format!("PUHS 1\n{ONE}");
    let uses = format!(".use \"./b\"\n{ONE}");
    let here = folder(&[("a.prov", ONE), ("b.prov", &wrong), ("c.prov", &uses)]);
    let answer = test(here.path(), &[]).status(2);
    let rest = "the tests of 2 files did not run: b.prov, c.prov\n";
    assert_eq!(answer.stdout, format!("1 test passed; {rest}"));
    // The file that both need is shown once.
    assert_eq!(answer.stderr.matches("error[E004]").count(), 1);
    answer.says(&["b.prov:1:1"]);
    let json = test(here.path(), &["--json"]).status(2).json();
    let fields = ["status", "file", "passed", "failed"].map(|name| &json[name]);
    assert_eq!(
        fields,
        [&json!("error"), &json!("b.prov"), &json!(1), &json!(0)]
    );
    let paths: Vec<_> = json["errors"].as_array().unwrap().iter().collect();
    let paths: Vec<_> = paths
        .iter()
        .map(|one| (&one["path"], &one["file"]))
        .collect();
    let (b, c) = (json!("b.prov"), json!("c.prov"));
    assert_eq!(paths, [(&b, &b), (&c, &b)]);
    assert_eq!(json["errors"][0]["diagnostics"][0]["code"], "E004");
    let listed = test(here.path(), &["--list"]).status(2);
    assert_eq!(listed.stdout, "a.prov::one\n");
    test(here.path(), &["--junit", "out.xml"]).status(2);
    let xml = std::fs::read_to_string(here.path().join("out.xml")).unwrap();
    let report = quick_junit::Report::deserialize_from_str(&xml).unwrap();
    assert_eq!((report.tests, report.failures, report.errors), (3, 0, 2));
    assert!(xml.contains("b.prov:1:1: "), "{xml}");
}

/// As of one file that fails and one that cannot be read, the worst decides.
#[test]
fn a_wrong_file_is_worse_than_a_test_that_fails() {
    let failing = ".test \"no\"\n    PUSH 0\n    ASSERT\n";
    let here = folder(&[("a.prov", failing), ("b.prov", &format!("PUHS 1\n{ONE}"))]);
    test(here.path(), &["a.prov"]).status(1);
    let answer = test(here.path(), &[]).status(2);
    assert!(
        answer
            .stdout
            .contains("1 test failed, 0 passed; the tests of 1 file did not run"),
        "{}",
        answer.stdout
    );
    // By itself, a file is all that there is to tell of.
    for arguments in [&["b.prov"][..], &["nowhere.prov"]] {
        let answer = test(here.path(), arguments).status(2);
        assert_eq!(answer.stdout, "");
        let json = test(here.path(), &[arguments, &["--json"]].concat());
        assert_eq!(json.status(2).json()["status"], "error");
    }
    let answer = test(here.path(), &["nowhere.prov", "a.prov"]).status(2);
    answer.says(&["cannot read nowhere.prov"]);
}

#[test]
fn a_filter_chooses_by_file_and_name() {
    let here = folder(&[("max.prov", MAX), ("other.prov", ONE)]);
    let names = |arguments: &[&str]| {
        let arguments = [&["--list", "--json"], arguments].concat();
        let json = test(here.path(), &arguments).status(0).json();
        let tests = json["tests"].as_array().unwrap().clone();
        let names = tests
            .iter()
            .map(|test| test["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&[]).len(), 6);
    assert_eq!(names(&["--filter", "max.prov"]).len(), 5);
    assert_eq!(names(&["--filter", "wrong"]).len(), 2);
    assert_eq!(names(&["--filter", "one", "--exact"]), ["one"]);
    assert_eq!(names(&["--filter", "other.prov::one", "--exact"]), ["one"]);
    let exact = ["--filter", "max ( 1 2 -- 2 )", "--exact"];
    assert_eq!(names(&exact), ["max ( 1 2 -- 2 )"]);
    assert_eq!(
        test(here.path(), &exact).status(0).stdout,
        "1 test passed\n"
    );
    let none = test(here.path(), &["--filter", "wron", "--exact"]).status(2);
    none.says(&["no test is called `wron`"]);
    let none = test(here.path(), &["--filter", "nothing"]).status(2);
    none.says(&["no test has `nothing` in its name"]);
}

#[test]
fn a_list_says_where_each_test_stands_and_runs_none() {
    let here = folder(&[("max.prov", MAX)]);
    let json = test(here.path(), &["--list", "--json"]).status(0).json();
    let any = named(&json, "any max ( a b -- (a * (a > b) + b * (a <= b)) )");
    assert_eq!(any["file"], "max.prov");
    assert_eq!(
        any["id"],
        "max.prov::any max ( a b -- (a * (a > b) + b * (a <= b)) )"
    );
    assert_eq!((&any["line"], &any["end_line"]), (&json!(16), &json!(16)));
    assert_eq!(
        (&any["kind"], &any["target"]),
        (&json!("case"), &json!("max"))
    );
    assert!(any.get("verdict").is_none(), "{any}");
}

#[test]
fn tests_of_one_name_are_told_apart_from_the_first_line_on() {
    let text = ONE.repeat(2) + ".test \"one #2\"\n    PUSH 0\n    ASSERT\n";
    let here = folder(&[("same.prov", &text)]);
    let list = test(here.path(), &["--list"]).status(0).stdout;
    let names: Vec<&str> = list.lines().collect();
    let unique: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!((names.len(), unique.len()), (3, 3), "{names:?}");
    let json = test(here.path(), &["--json"]).status(1).json();
    assert_eq!((&json["passed"], &json["failed"]), (&json!(2), &json!(1)));
}

#[test]
fn tests_may_come_from_standard_input_once() {
    let run = |arguments: &[&str]| {
        let call = provable(["test"].iter().chain(arguments)).stdin(MAX);
        call.call()
    };
    run(&["-"]).status(1).says(&[]);
    run(&["-", "-"])
        .status(2)
        .says(&["standard input", "one thing only"]);
}
