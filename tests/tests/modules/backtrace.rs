//! How a run came to a trap, in the terminal and as JSON.

use super::{call, three};
use provable_tests::folder;
use serde_json::json;

#[test]
fn a_trap_shows_the_calls_and_the_copies_that_led_to_it() {
    let here = three();
    let arguments = ["main.prov", "--public", "3,100"];
    for command in ["run", "prove", "profile"] {
        let answer = call(here.path(), &[&[command], &arguments[..]].concat()).status(1);
        let said = answer.stderr.clone();
        let at = |text: &str| {
            said.find(text)
                .unwrap_or_else(|| panic!("no {text}: {said}"))
        };
        let places = [
            at("lib/deep/mul.prov:7:5"),
            at("copied by `.inline` at lib/area.prov:6"),
            at("called from main.prov:6"),
        ];
        assert!(places.is_sorted(), "{said}");
        let json = call(
            here.path(),
            &[&[command, "--json"], &arguments[..]].concat(),
        );
        let json = json.status(1).json();
        let expected = json!([
            { "via": "inline", "file": "lib/area.prov", "line": 6 },
            { "via": "call", "file": "main.prov", "line": 6 },
        ]);
        assert_eq!(json["backtrace"], expected, "{command}");
        assert_eq!(json["backtrace_calls_left"], 0);
        assert_eq!(
            (&json["file"], &json["line"]),
            (&json!("lib/deep/mul.prov"), &json!(7))
        );
    }
}

#[test]
fn of_many_open_calls_the_nearest_are_shown_and_the_others_counted() {
    let text = "\
    CALL deeper
    HALT

.routine deeper ( -- )
    CALL deeper
    RET

.test \"deep\"
    CALL deeper
";
    let here = folder(&[("deep.prov", text)]);
    let arguments = ["run", "deep.prov", "--max-steps", "1000"];
    let answer = call(here.path(), &arguments).status(1);
    assert_eq!(answer.stderr.matches("called from deep.prov:5").count(), 8);
    answer.says(&["1000 steps", "… and 992 open calls before"]);
    let json = call(here.path(), &[&arguments[..], &["--json"]].concat());
    let json = json.status(1).json();
    assert_eq!(json["backtrace"].as_array().unwrap().len(), 32);
    assert_eq!(json["backtrace_calls_left"], 968);
    let tested = call(here.path(), &["test", "deep.prov", "--max-steps", "1000"]).status(1);
    let shown = "    called from deep.prov:5\n";
    assert_eq!(tested.stdout.matches(shown).count(), 8, "{}", tested.stdout);
    assert!(tested.stdout.contains("    … and 992 open calls before\n"));
}

#[test]
fn a_test_that_traps_shows_who_called() {
    let text = "\
.routine outer ( a -- )
    CALL inner
    RET

.routine inner ( a -- )
    ASSERT
    RET

.test \"at most one\" outer ( 0 -- )
.test \"traps\" outer ( 0 -- )
    .traps ASSERT
";
    let here = folder(&[("t.prov", text)]);
    let tested = call(here.path(), &["test", "t.prov", "--filter", "at most"]).status(1);
    let expected = "    at t.prov:6\n    called from t.prov:2\n    called from t.prov:9\n";
    assert!(tested.stdout.contains(expected), "{}", tested.stdout);
    let json = call(here.path(), &["test", "t.prov", "--json"])
        .status(1)
        .json();
    let test = |name: &str| {
        let tests = json["tests"].as_array().unwrap();
        let found = tests
            .iter()
            .find(|one| one["name"].as_str().unwrap().starts_with(name));
        found.unwrap()["trap"].clone()
    };
    let expected = json!([
        { "via": "call", "file": "t.prov", "line": 2 },
        { "via": "call", "file": "t.prov", "line": 9 },
    ]);
    assert_eq!(test("at most")["backtrace"], expected);
    // One that is expected is where it should be.
    assert_eq!(test("traps").get("backtrace"), None);
    assert_eq!(test("traps")["line"], 6);
}
