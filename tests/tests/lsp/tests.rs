//! Tests that stand in programs, in an editor.

use crate::project::{BASE, Project, errors, has_error, line};
use serde_json::{Value, json};

const TESTED: &str = ".use \"./base\"\n.test base.half ( 8 -- 4 )\n.test \"wrong\" base.half ( 8 -- 5 )\n.test \"by zero\" ( 1 -- 1 )\nCALL trap 0\n.routine trap ( a -- b ) N\nPUSH N\nDIV\nRET\n";

#[test]
fn tests_are_listed_run_and_told_at_their_lines() {
    let mut project = Project::new(&[("t.prov", TESTED), ("base.prov", BASE)]);
    assert_eq!(errors(&project.open("t.prov")), Vec::<&str>::new());
    let uri = project.uri("t.prov");
    let listed = project.client.execute("provable.tests", &uri).unwrap();
    let names: Vec<&str> = listed["tests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "base.half ( 8 -- 4 )",
            "wrong base.half ( 8 -- 5 )",
            "by zero ( 1 -- 1 )"
        ]
    );
    assert_eq!(listed["tests"][0]["line"], 2);
    assert_eq!(listed["tests"][0]["kind"], "case");
    let lenses = project.client.lenses(&uri);
    let count = |title: &str| lenses.iter().filter(|one| *one == title).count();
    assert_eq!(
        (count("Run All Tests"), count("Run Test"), count("Run")),
        (1, 3, 0)
    );

    let results = project.test("t.prov", None).unwrap();
    assert_eq!(
        (&results["passed"], &results["failed"]),
        (&json!(1), &json!(2)),
        "{results:#}"
    );
    let found = project.until("t.prov", 1, |found| has_error(found, "the test failed"));
    let at: Vec<u64> = found
        .iter()
        .filter(|one| one["code"] == "test")
        .map(line)
        .collect();
    assert_eq!(at, [2, 3]);
    let trapped = found
        .iter()
        .find(|one| line(one) == 3 && one["code"] == "test")
        .unwrap();
    let related = &trapped["relatedInformation"][0]["location"];
    assert_eq!(line(related), 7, "{trapped}");
    let hints = project.hints("t.prov");
    assert!(
        hints.iter().any(|one| one.starts_with("1: ✓ passed")),
        "{hints:?}"
    );
    assert!(
        hints
            .iter()
            .any(|one| one.starts_with("2: ✗ failed: the stack differs")),
        "{hints:?}"
    );

    // One test alone, by its id; the results of the others stay.
    let id = listed["tests"][1]["id"].as_str().unwrap().to_owned();
    let results = project.test("t.prov", Some(&id)).unwrap();
    assert_eq!(results["tests"].as_array().unwrap().len(), 1, "{results:#}");
    let again = project.client.execute("provable.tests", &uri).unwrap();
    assert_eq!(again["tests"][0]["verdict"], "passed");
    assert_eq!(again["tests"][0]["state"], "fresh");

    // How often each line was executed, for a client that shows the results itself.
    let params = json!({
        "command": "provable.test",
        "arguments": [{ "uri": uri, "id": id, "coverage": true, "shown": true }],
    });
    let asked = project.client.ask("workspace/executeCommand", params);
    let coverage = project.client.answer(asked).unwrap()["coverage"].take();
    let of = |name: &str| {
        let uri = project.uri(name);
        let mut files = coverage.as_array().unwrap().iter();
        files.find(|one| one["uri"] == uri).unwrap()["lines"].clone()
    };
    assert_eq!(of("t.prov"), json!([[7, 0], [8, 0], [9, 0]]));
    let lines = of("base.prov");
    let executed = lines.as_array().unwrap().iter();
    assert!(executed.into_iter().any(|one| one[1] == 1), "{coverage:#}");

    // What a test runs changed: its result is stale, and no diagnostic any more.
    std::fs::write(project.path("base.prov"), BASE.replace("PUSH 2", "PUSH 1")).unwrap();
    let again = project.client.execute("provable.tests", &uri).unwrap();
    let states: Vec<&Value> = again["tests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["state"])
        .collect();
    assert_eq!(states, ["stale", "stale", "fresh"]);
}

#[test]
fn a_test_that_never_ends_keeps_nothing_waiting_and_can_be_cancelled() {
    let mut project = Project::new(&[("t.prov", ".test \"endless\"\nagain:\nJMP again\n")]);
    project.client.settings = json!({ "limits": { "steps": u64::MAX } });
    let settings = json!({ "settings": null });
    project
        .client
        .notify("workspace/didChangeConfiguration", settings);
    project.open("t.prov");
    let uri = project.uri("t.prov");
    let params = json!({ "command": "provable.test", "arguments": [{ "uri": uri }] });
    let asked = project
        .client
        .ask("workspace/executeCommand", params.clone());
    project.client.wait("$/progress", |params| {
        params["value"]["message"]
            .as_str()
            .is_some_and(|one| one.contains("endless"))
    });
    project.client.status(&uri);
    project.client.execute("provable.cancel", &uri).unwrap();
    let refused = project.client.answer(asked).unwrap_err();
    assert!(
        refused["message"].as_str().unwrap().contains("cancelled"),
        "{refused}"
    );
    // By the request too. The token tells this job from the one before.
    let mut params = params;
    params["workDoneToken"] = json!("mine");
    let asked = project.client.ask("workspace/executeCommand", params);
    project.client.wait("$/progress", |params| {
        let message = params["value"]["message"].as_str();
        params["token"] == "mine" && message.is_some_and(|one| one.contains("endless"))
    });
    project
        .client
        .notify("$/cancelRequest", json!({ "id": asked }));
    project.client.answer(asked).unwrap_err();
    project.client.progress("mine");
    assert_eq!(project.client.status(&uri)["activity"], Value::Null);
}

#[test]
fn a_test_with_random_words_says_how_many_runs_it_passed() {
    let text = ".routine same ( a -- a )\n    RET\n.test same ( a -- a )\n.test same ( 7 -- 7 )\n";
    let mut project = Project::new(&[("t.prov", text)]);
    project.open("t.prov");
    project.test("t.prov", None).unwrap();
    let hints = project.hints("t.prov");
    let told = |line: &str, words: &str| {
        let mut hints = hints.iter();
        hints.any(|one| one.starts_with(line) && one.contains(words))
    };
    assert!(told("2:", "passed, 100 runs, "), "{hints:?}");
    assert!(told("3:", "passed, 4 steps"), "{hints:?}");
}
