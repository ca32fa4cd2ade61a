//! The results of tests where they belong: at the lines of the tests, at the trap, and behind the lines that a failing run
//! came to.

use crate::project::{BASE, Project, has_error, line, three};
use serde_json::{Value, json};

const TESTED: &str = "\
.use \"./base\"
.test base.half ( 8 -- 4 )
.test \"wrong\" base.half ( 9 -- 5 )
.test \"also wrong\" base.half ( 6 -- 5 )
";

fn tested() -> Project {
    let mut project = Project::new(&[("t.prov", TESTED), ("base.prov", BASE)]);
    project.open("t.prov");
    project.open("base.prov");
    project
}

/// The values behind the lines of a file.
fn values(project: &mut Project, name: &str) -> Vec<String> {
    let hints = project.hints(name).into_iter();
    hints.filter(|one| one.contains('⇒')).collect()
}

#[test]
fn the_values_of_the_first_failing_run_are_shown_where_it_came_until_the_next_run() {
    let mut project = tested();
    project.test("t.prov", None).unwrap();
    assert_eq!(values(&mut project, "t.prov"), ["2: ⇒ 4"]);
    assert_eq!(values(&mut project, "base.prov"), ["1: ⇒ 2", "2: ⇒ 4"]);
    let params = json!({
        "textDocument": { "uri": project.uri("base.prov") },
        "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 3 } },
    });
    let hints = project.client.request("textDocument/inlayHint", params);
    let told = hints.to_string();
    assert!(
        told.contains("the failing run of the test wrong base.half ( 9 -- 5 ) of t.prov"),
        "{told}"
    );

    // Comments move the lines and change nothing; another program has no values until it is the same again.
    let base = project.uri("base.prov");
    project
        .client
        .replace(&base, 2, &format!("# moved\n{BASE}"));
    assert_eq!(values(&mut project, "base.prov"), ["2: ⇒ 2", "3: ⇒ 4"]);
    project.client.replace(&base, 3, &BASE.replace("2", "3"));
    assert_eq!(values(&mut project, "base.prov"), Vec::<String>::new());
    project.client.replace(&base, 4, BASE);
    assert_eq!(values(&mut project, "base.prov"), ["1: ⇒ 2", "2: ⇒ 4"]);

    // One that fails alone has its own values, and one that passes has none.
    project
        .test("t.prov", Some("also wrong base.half ( 6 -- 5 )"))
        .unwrap();
    assert_eq!(values(&mut project, "base.prov"), ["1: ⇒ 2", "2: ⇒ 3"]);
    assert_eq!(values(&mut project, "t.prov"), ["3: ⇒ 3"]);
    project
        .test("t.prov", Some("base.half ( 8 -- 4 )"))
        .unwrap();
    assert_eq!(values(&mut project, "base.prov"), Vec::<String>::new());
}

#[test]
fn what_ran_last_is_behind_the_lines() {
    let text = "PUSH 7\nCALL next\nWRITE\nHALT\n.routine next ( a -- b )\nADD 1\nRET\n.test next ( 1 -- 1 )\n";
    let mut project = Project::new(&[("t.prov", text)]);
    project.open("t.prov");
    project.complete("provable.run", "t.prov");
    assert_eq!(
        values(&mut project, "t.prov"),
        ["0: ⇒ 7", "1: ⇒ 8", "5: ⇒ 8"]
    );
    project.test("t.prov", None).unwrap();
    assert_eq!(values(&mut project, "t.prov"), ["5: ⇒ 2", "7: ⇒ 2"]);
    project.complete("provable.run", "t.prov");
    assert_eq!(
        values(&mut project, "t.prov"),
        ["0: ⇒ 7", "1: ⇒ 8", "5: ⇒ 8"]
    );
}

#[test]
fn the_values_of_a_failing_run_with_random_words_are_those_of_the_words_that_are_told() {
    let text = ".test same ( a -- a )\n.routine same ( a -- b )\nAND 0xFF\nRET\n";
    let mut project = Project::new(&[("t.prov", text)]);
    project.open("t.prov");
    let results = project.test("t.prov", None).unwrap();
    let word = results["tests"][0]["counterexample"]["a"].as_u64().unwrap();
    assert!(word > 255, "{results:#}");
    assert_eq!(
        values(&mut project, "t.prov"),
        [
            format!("0: ⇒ {}", word & 255),
            format!("2: ⇒ {}", word & 255)
        ]
    );
}

#[test]
fn a_result_is_stale_when_the_linked_program_is_another_and_fresh_when_it_is_the_same() {
    let mut project = tested();
    let uri = project.uri("t.prov");
    project.test("t.prov", None).unwrap();
    let states = |project: &mut Project| -> Vec<String> {
        let listed = project.client.execute("provable.tests", &uri).unwrap();
        let tests = listed["tests"].as_array().unwrap().iter();
        tests
            .map(|one| one["state"].as_str().unwrap().to_owned())
            .collect()
    };
    let marks = |project: &mut Project| -> Vec<String> {
        let hints = project.hints("t.prov").into_iter();
        hints.filter(|one| one.contains(['✓', '✗'])).collect()
    };
    let fresh = marks(&mut project);
    assert!(fresh[0].starts_with("1: ✓ passed"), "{fresh:?}");
    assert!(
        fresh[1].starts_with("2: ✗ failed: the stack differs"),
        "{fresh:?}"
    );
    project.until("t.prov", 1, |found| has_error(found, "the test failed"));

    let base = project.uri("base.prov");
    project
        .client
        .replace(&base, 2, &format!("# a comment\n{BASE}"));
    assert_eq!(states(&mut project), ["fresh"; 3]);
    project
        .client
        .replace(&base, 3, &BASE.replace("DIV", "MUL"));
    assert_eq!(states(&mut project), ["stale"; 3]);
    let stale = marks(&mut project);
    assert!(
        stale.iter().all(|one| one.contains(" stale: ")),
        "{stale:?}"
    );
    // What may hold no longer is no diagnostic.
    project.until("t.prov", 1, |found| !has_error(found, "the test failed"));
    project.client.replace(&base, 4, BASE);
    assert_eq!(marks(&mut project), fresh);
    project.until("t.prov", 1, |found| has_error(found, "the test failed"));
    // What a test expects is a part of it.
    project
        .client
        .replace(&uri, 2, &TESTED.replace("9 -- 5", "9 -- 4"));
    let listed = project.client.execute("provable.tests", &uri).unwrap();
    assert_eq!(
        listed["tests"][1].get("state"),
        None,
        "another test: {listed:#}"
    );
}

#[test]
fn a_trap_of_a_test_is_told_at_the_test_with_the_place_and_the_lines_that_copied_it() {
    let base = ".routine zero ( a -- b )\nPUSH 0\nDIV\nRET\n";
    let text =
        ".use \"./base\"\n.routine f ( a -- b )\n.inline base.zero\nRET\n\n.test f ( 1 -- 1 )\n";
    let mut project = Project::new(&[("t.prov", text), ("base.prov", base)]);
    project.open("t.prov");
    let results = project.test("t.prov", None).unwrap();
    let trap = &results["tests"][0]["trap"];
    assert_eq!(trap["kind"], "DIVISION");
    assert_eq!(trap["places"][0]["uri"], project.uri("base.prov"));
    let found = project.until("t.prov", 1, |found| has_error(found, "the test failed"));
    let failed = found.iter().find(|one| one["code"] == "test").unwrap();
    assert_eq!(line(failed), 5);
    let told = failed["message"].as_str().unwrap();
    assert!(told.contains("it trapped: division by zero"), "{told}");
    let related = failed["relatedInformation"].as_array().unwrap().iter();
    let related: Vec<String> = related
        .map(|one| {
            let place = &one["location"];
            let name = place["uri"].as_str().unwrap().rsplit('/').next().unwrap();
            format!(
                "{} {name}:{}",
                one["message"].as_str().unwrap(),
                line(place)
            )
        })
        .collect();
    assert_eq!(
        related,
        ["it trapped here base.prov:2", "copied here t.prov:2"]
    );
}

#[test]
fn a_file_without_tests_lists_none_and_has_none_to_run() {
    let mut project = three();
    project.open("main.prov");
    let uri = project.uri("main.prov");
    let refused = project.test("main.prov", None).unwrap_err();
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("has no tests"),
        "{refused}"
    );
    let listed = project.client.execute("provable.tests", &uri).unwrap();
    assert_eq!(listed, json!({ "tests": [] }));
    assert_eq!(project.client.status(&uri)["run"]["answer"], Value::Null);
}
