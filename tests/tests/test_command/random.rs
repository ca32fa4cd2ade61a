//! Random words: one seed, simple counterexamples, and the same whatever runs beside them.

use super::{MAX, named, test};
use provable_tests::folder;
use serde_json::{Value, json};

#[test]
fn a_seed_gives_the_same_verdicts_whatever_runs_beside() {
    let text = format!(
        "{MAX}.test \"rare\" ( a -- a )\n    DUP\n    AND 0x30000\n    EQ 0x30000\n    JNZ bad\n    HALT\nbad:\n    POP\n    PUSH 0\n"
    );
    let here = folder(&[("max.prov", &text), ("again.prov", &text)]);
    let json = |arguments: &[&str]| {
        let arguments = [&["--json"], arguments].concat();
        test(here.path(), &arguments).status(1).json()
    };
    let first = json(&["max.prov", "--seed", "7"]);
    assert_eq!(first["seed"], 7);
    assert_eq!(json(&["max.prov", "--seed", "7", "--jobs", "1"]), first);
    assert_eq!(json(&["max.prov", "--seed", "7", "--jobs", "9"]), first);
    let rare = |answer: &Value| {
        let mut test = named(answer, "rare ( a -- a )").clone();
        for place in ["file", "id"] {
            test[place] = Value::Null;
        }
        test
    };
    let alone = json(&["max.prov", "--seed", "7", "--filter", "rare"]);
    assert_eq!(rare(&alone), rare(&first));
    let other = json(&["again.prov", "--seed", "7"]);
    assert_eq!(rare(&other), rare(&first));
    // Other words come from another seed: they are found after another number of runs.
    let runs = |seed: &str| rare(&json(&["max.prov", "--seed", seed]))["runs"].clone();
    let differ = ["8", "9", "10", "11"]
        .iter()
        .any(|seed| runs(seed) != rare(&first)["runs"]);
    assert!(differ);
}

#[test]
fn the_seed_is_printed_and_gives_the_failure_again() {
    let here = folder(&[("max.prov", MAX)]);
    let answer = test(here.path(), &["--filter", "wrong for most"]).status(1);
    let (_, rest) = answer.stdout.split_once("(seed ").expect("a seed");
    let (seed, _) = rest.split_once(')').expect("its end");
    let again = test(here.path(), &["--filter", "wrong for most", "--seed", seed]);
    assert_eq!(again.status(1).stdout, answer.stdout);
    // Without random words there is none.
    let fixed = test(here.path(), &["--filter", "wrong max"]).status(1);
    assert!(!fixed.stdout.contains("seed"), "{}", fixed.stdout);
}

#[test]
fn a_counterexample_is_as_simple_as_can_be() {
    let text = "\
.routine half ( a b -- c )
    POP
    DUP
    LT 1000
    JZ wrong
    RET
wrong:
    ADD 1
    RET
.test half ( a b -- a )
";
    let here = folder(&[("half.prov", text)]);
    for seed in ["1", "2", "3"] {
        let json = test(here.path(), &["--json", "--seed", seed])
            .status(1)
            .json();
        let half = named(&json, "half ( a b -- a )");
        assert_eq!(
            half["counterexample"],
            json!({ "a": 1000, "b": 0 }),
            "{half}"
        );
        let difference = json!({ "what": "stack", "expected": [1000], "actual": [1001] });
        assert_eq!(half["difference"], difference);
    }
    let answer = test(here.path(), &["--seed", "1"]).status(1);
    for line in [
        "failed half.prov:10: half ( a b -- a )\n",
        "    expected stack   1000\n",
        "    actual   stack   1001\n",
        "    with a = 1000, b = 0\n",
        "1 test failed, 0 passed (seed 1)\n",
    ] {
        assert!(answer.stdout.contains(line), "{}", answer.stdout);
    }
}

/// A test that passes does so for a hundred words, with the boundaries among them.
#[test]
fn a_hundred_words_are_tried() {
    let here = folder(&[("max.prov", MAX)]);
    let json = test(here.path(), &["--json", "--seed", "1"])
        .status(1)
        .json();
    let any = named(&json, "any max ( a b -- (a * (a > b) + b * (a <= b)) )");
    assert_eq!(
        (&any["verdict"], &any["runs"]),
        (&json!("passed"), &json!(100))
    );
    assert_eq!(named(&json, "max ( 1 2 -- 2 )")["runs"], 1);
}
