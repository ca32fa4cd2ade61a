//! Which files are debugged, and what is said when they change.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use serde_json::{Value, json};
use std::path::Path;

const ECHO: &str = "READ\nWRITE\n";

/// Launches in an adapter whose own folder is this one, and gives the source's path and what the program wrote.
fn launched(folder: &Path, arguments: Value) -> (String, String) {
    let mut debugger = Debugger::spawn_in(folder);
    debugger.begin(arguments);
    debugger.ok("configurationDone", json!({}));
    debugger.stopped();
    let body = debugger.ok("stackTrace", json!({ "threadId": 1 }));
    let path = body["stackFrames"][0]["source"]["path"].as_str().unwrap();
    (path.to_owned(), debugger.printed("stdout"))
}

/// A folder of folders: `here` with other inputs, `there` with a program and its inputs.
fn folders() -> (tempfile::TempDir, String) {
    let root = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("here/other.json", "{\"public\": [1]}");
    put("there/other.json", "{\"public\": [2]}");
    put("there/echo.inputs.json", "{\"public\": [3]}");
    put("there/echo.prov", ECHO);
    let program = root.path().join("there/echo.prov");
    (root, program.display().to_string())
}

#[test]
fn a_relative_program_has_an_absolute_source() {
    let (root, program) = folders();
    let (here, there) = (root.path().join("here"), root.path().join("there"));
    for (folder, arguments) in [
        (&there, json!({ "program": "echo.prov" })),
        (&there, json!({ "program": "./echo.prov" })),
        (
            &root.path().to_path_buf(),
            json!({ "program": "there/echo.prov" }),
        ),
        (&here, json!({ "program": "echo.prov", "cwd": there })),
        (&here, json!({ "program": program, "cwd": here })),
        (
            &root.path().to_path_buf(),
            json!({ "program": "echo.prov", "cwd": "there" }),
        ),
    ] {
        let mut arguments = arguments;
        arguments["stopAtStep"] = json!("end");
        let (path, wrote) = launched(folder, arguments.clone());
        assert_eq!(
            (path.as_str(), wrote.as_str()),
            (program.as_str(), "3\n"),
            "{arguments}"
        );
    }
    // Upwards too, where the way there may lead over a link.
    let up = json!({ "program": "../there/echo.prov", "stopAtStep": "end" });
    let real = Path::new(&program).canonicalize().unwrap();
    assert_eq!(launched(&here, up).0, real.display().to_string());
}

#[test]
fn a_breakpoint_by_absolute_path_is_set_in_a_relative_program() {
    let (root, program) = folders();
    let mut debugger = Debugger::spawn_in(&root.path().join("there"));
    debugger.begin(json!({ "program": "echo.prov" }));
    let set = debugger.break_at(Path::new(&program), json!([{ "line": 2 }]));
    assert_eq!(set[0]["verified"], true, "{set:?}");
    assert_eq!(set[0]["source"]["path"], program.as_str());
}

#[test]
fn relative_inputs_follow_the_program_or_the_folder_that_the_client_names() {
    let (root, program) = folders();
    let here = root.path().join("here");
    for (arguments, wrote) in [
        (json!({ "program": program, "inputs": "other.json" }), "2\n"),
        (
            json!({ "program": program, "inputs": "other.json", "cwd": here }),
            "1\n",
        ),
        (
            json!({ "program": program, "inputs": here.join("other.json") }),
            "1\n",
        ),
        (
            json!({ "program": program, "inputs": { "public": [4] } }),
            "4\n",
        ),
    ] {
        let mut arguments = arguments;
        arguments["stopAtStep"] = json!("end");
        assert_eq!(launched(&here, arguments.clone()).1, wrote, "{arguments}");
    }
    let mut debugger = Debugger::spawn_in(&here);
    debugger.ok("initialize", json!({ "adapterID": "provable" }));
    let missing = json!({ "program": program, "inputs": "missing.json" });
    let message = debugger.refused("launch", missing);
    let sought = Path::new(&program).with_file_name("missing.json");
    assert!(message.contains(&sought.display().to_string()), "{message}");
}

#[test]
fn a_library_is_not_launched_and_the_refusal_says_what_runs_its_tests() {
    let here =
        provable_tests::folder(&[("lib.prov", ".routine f ( -- )\n    RET\n.test f ( -- )\n")]);
    let program = here.path().join("lib.prov").display().to_string();
    let mut debugger = Debugger::spawn_in(here.path());
    debugger.ok("initialize", json!({ "adapterID": "provable" }));
    let message = debugger.refused("launch", json!({ "program": program }));
    assert!(
        message.contains("is a library: it has no instructions of its own to run"),
        "{message}"
    );
    assert!(message.contains("`provable test "), "{message}");
}

/// What was said next in the category for what must not be missed.
fn important(debugger: &mut Debugger) -> String {
    loop {
        let body = debugger.event("output");
        if body["category"] == "important" {
            return body["output"].as_str().unwrap().to_owned();
        }
    }
}

#[test]
fn an_edit_during_a_session_is_announced_once() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    debugger.ok("threads", json!({}));
    assert_eq!(debugger.printed("important"), "");
    std::fs::write(&desk.program, format!("; moved down\n{SQUARES}")).unwrap();
    // At the next request, after its answer.
    debugger.ok("threads", json!({}));
    let said = important(&mut debugger);
    let name = desk.program.display().to_string();
    assert!(said.contains(&name) && said.contains("restart"), "{said}");
    // And not again.
    debugger.go("next");
    debugger.ok("threads", json!({}));
    debugger.ok("threads", json!({}));
    assert_eq!(debugger.printed("important"), "");
    // Back to what runs.
    std::fs::write(&desk.program, SQUARES).unwrap();
    debugger.ok("threads", json!({}));
    assert!(important(&mut debugger).contains("again"));
    // At the next stop, before it.
    std::fs::write(&desk.program, format!("\n\n{SQUARES}")).unwrap();
    debugger.ok("next", json!({ "threadId": 1 }));
    debugger.stopped();
    assert!(debugger.printed("important").contains("has changed"));
    // What is read again is what runs.
    debugger.go_with("restart", json!({}));
    debugger.ok("threads", json!({}));
    debugger.ok("threads", json!({}));
    assert_eq!(debugger.printed("important"), "");
}

#[test]
fn an_edit_of_the_inputs_is_announced() {
    let desk = Desk::new(ECHO);
    let inputs = desk.program.with_extension("inputs.json");
    std::fs::write(&inputs, "{\"public\": [5]}").unwrap();
    let mut debugger = Debugger::at_entry(&desk.program);
    std::fs::write(&inputs, "{\"public\": [55]}").unwrap();
    debugger.ok("threads", json!({}));
    let said = important(&mut debugger);
    assert!(
        said.contains("squares.inputs.json") && said.contains("inputs"),
        "{said}"
    );
    // Words that were given are in no file.
    let given =
        json!({ "program": desk.program, "inputs": { "public": [5] }, "stopOnEntry": true });
    let mut debugger = Debugger::launched(given);
    std::fs::write(&inputs, "{\"public\": [6]}").unwrap();
    debugger.ok("threads", json!({}));
    debugger.ok("threads", json!({}));
    assert_eq!(debugger.printed("important"), "");
}

#[test]
fn a_number_of_steps_that_is_negative_is_refused_and_one_too_large_is_the_end() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    debugger.goto(5);
    for command in ["goto -1", "back -1", "on -1", "goto -7 + 8"] {
        let asked = json!({ "expression": command, "context": "repl" });
        let message = debugger.refused("evaluate", asked);
        assert!(message.contains("not negative"), "{message}");
        assert_eq!(debugger.step(), 5);
    }
    debugger.refused("provable/goto", json!({ "step": -1 }));
    let message = Debugger::spawn().refused(
        "launch",
        json!({ "program": desk.program, "stopAtStep": -1 }),
    );
    assert!(
        message.contains("stopAtStep is a number of steps"),
        "{message}"
    );
    let huge = json!({ "expression": "goto 99999999999999999999999", "context": "repl" });
    debugger.ok("evaluate", huge);
    assert_eq!(debugger.stopped()["reason"], "exception");
}

#[test]
fn a_breakpoint_that_can_never_be_hit_says_so() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    for never in ["0", "== 0", "= 0", "<= 0", "< 0", "< 1", "% 0"] {
        let set = debugger.break_at(&desk.program, json!([{ "line": 3, "hitCondition": never }]));
        let message = set[0]["message"].as_str().unwrap_or_default();
        assert_eq!(set[0]["verified"], false, "{never}");
        assert!(message.contains("the first is 1"), "{never}: {message}");
    }
    for sometimes in ["1", "<= 1", "< 2", ">= 0", "> 0"] {
        let set = debugger.break_at(
            &desk.program,
            json!([{ "line": 3, "hitCondition": sometimes }]),
        );
        assert_eq!(set[0]["verified"], true, "{sometimes}");
    }
    for line in [0, -1, i64::MIN] {
        let set = debugger.break_at(&desk.program, json!([{ "line": line }]));
        let message = set[0]["message"].as_str().unwrap_or_default();
        assert!(message.contains("the first is 1"), "{line}: {message}");
        let source = json!({ "path": desk.program });
        let targets = debugger.ok("gotoTargets", json!({ "source": source, "line": line }));
        assert_eq!(targets["targets"], json!([]));
    }
}
