//! Breakpoints in routines, in their copies, and on variables.

use super::{Folder, at, stops};
use provable_tests::dap::Debugger;
use serde_json::json;
use std::path::Path;

#[test]
fn a_breakpoint_within_stops_a_step_over_a_copy_both_ways() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    let set = debugger.break_at(&files.path("lib.prov"), json!([{ "line": 12 }]));
    assert_eq!(set[0]["verified"], true, "{set:?}");
    debugger.goto(9);
    assert_eq!(debugger.go("next"), "breakpoint");
    at(
        &mut debugger,
        10,
        &["lib.double lib.prov:12", "main main.prov:10"],
    );
    debugger.goto(13);
    assert_eq!(debugger.go("stepBack"), "breakpoint");
    at(
        &mut debugger,
        12,
        &["lib.double lib.prov:12", "main main.prov:11"],
    );
    // One before the copy is none of its business.
    debugger.break_at(&files.path("lib.prov"), json!([]));
    debugger.break_at(&files.program, json!([{ "line": 9 }]));
    debugger.goto(11);
    assert_eq!(debugger.go("stepBack"), "step");
    at(&mut debugger, 9, &["main main.prov:10"]);
}

#[test]
fn breakpoints_bind_to_every_copy_of_a_line_in_any_file() {
    let files = Folder::three();
    let (lib, deep) = (files.path("lib.prov"), files.path("deep.prov"));
    let mut debugger = Debugger::at_entry(&files.program);
    debugger.break_at(&lib, json!([{ "line": 12 }]));
    stops(&mut debugger, &[10, 12]);
    debugger.break_at(&lib, json!([{ "line": 12, "hitCondition": "2" }]));
    stops(&mut debugger, &[12]);
    // The names of a condition are those of its file.
    debugger.break_at(&lib, json!([{ "line": 12, "condition": "top == LIMIT" }]));
    stops(&mut debugger, &[12]);
    let set = debugger.break_at(&lib, json!([{ "line": 12, "condition": "top == BASE" }]));
    assert_eq!(set[0]["verified"], false);
    // A line that makes a copy, in two copies itself.
    debugger.break_at(&lib, json!([{ "line": 11 }]));
    stops(&mut debugger, &[9, 11]);
    debugger.goto(10);
    assert_eq!(debugger.go("continue"), "breakpoint");
    at(
        &mut debugger,
        11,
        &["lib.double lib.prov:11", "main main.prov:11"],
    );
    // Those of one file leave those of another.
    let set = debugger.break_at(&files.program, json!([{ "line": 10 }, { "line": 12 }]));
    assert_eq!(set.len(), 2);
    stops(&mut debugger, &[9, 11, 13]);
    debugger.break_at(&lib, json!([]));
    debugger.break_at(&files.program, json!([]));
    debugger.break_at(&deep, json!([{ "line": 1 }]));
    debugger.goto(0);
    debugger.go("continue");
    let all = [
        "deep.twice deep.prov:2",
        "lib.double lib.prov:11",
        "main main.prov:10",
    ];
    at(&mut debugger, 9, &all);
    stops(&mut debugger, &[9, 11]);
    debugger.break_at(&deep, json!([]));
    let set = debugger.break_at(&lib, json!([{ "line": 22 }]));
    let message = set[0]["message"].as_str().unwrap();
    assert!(message.contains("lib.unused is not part"), "{message}");
    let set = debugger.break_at(Path::new("/nowhere.prov"), json!([{ "line": 1 }]));
    let message = set[0]["message"].as_str().unwrap();
    assert!(
        message.contains("not part of the program main.prov"),
        "{message}"
    );
    let source = json!({ "path": lib });
    let body = debugger.ok(
        "breakpointLocations",
        json!({ "source": source, "line": 1, "endLine": 13 }),
    );
    let lines: Vec<u64> = body["breakpoints"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["line"].as_u64())
        .collect();
    assert_eq!(lines, [5, 6, 7, 8, 11, 12]);
    let targets = debugger.ok("gotoTargets", json!({ "source": source, "line": 12 }));
    let targets = targets["targets"].as_array().unwrap();
    assert_eq!(targets.len(), 4, "two copies, two directions: {targets:?}");
    assert!(
        targets[2]["label"]
            .as_str()
            .unwrap()
            .contains("main.prov line 11")
    );
    let target = json!({ "threadId": 1, "targetId": targets[2]["id"] });
    debugger.goto(0);
    assert_eq!(debugger.go_with("goto", target), "goto");
    at(
        &mut debugger,
        12,
        &["lib.double lib.prov:12", "main main.prov:11"],
    );
    // A line that makes a copy is gone to, and not what it copies.
    let targets = debugger.ok("gotoTargets", json!({ "source": source, "line": 11 }));
    let target = json!({ "threadId": 1, "targetId": targets["targets"][1]["id"] });
    assert_eq!(debugger.go_with("goto", target), "goto");
    at(
        &mut debugger,
        9,
        &["lib.double lib.prov:11", "main main.prov:10"],
    );
}

#[test]
fn breakpoints_on_routines_stop_in_calls_and_in_copies() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    let mut set = |name: &str| {
        let one = json!({ "breakpoints": [{ "name": name }] });
        let body = debugger.ok("setFunctionBreakpoints", one);
        (body["breakpoints"][0].clone(), debugger.value("step"))
    };
    let (near, _) = set("lib.doubel");
    assert!(
        near["message"]
            .as_str()
            .unwrap()
            .contains("did you mean lib.double")
    );
    let (unused, _) = set("lib.unused");
    assert!(
        unused["message"]
            .as_str()
            .unwrap()
            .contains("does not reach")
    );
    for (name, expected) in [
        ("lib.area", &[3][..]),
        ("lib.double", &[9, 11]),
        // Which the main file does not know by itself.
        ("deep.twice", &[9, 11]),
        ("math.mul64", &[17]),
    ] {
        let one = json!({ "breakpoints": [{ "name": name }] });
        let body = debugger.ok("setFunctionBreakpoints", one);
        assert_eq!(body["breakpoints"][0]["verified"], true, "{name}");
        stops(&mut debugger, expected);
    }
}

#[test]
fn variables_are_watched_by_their_names() {
    let files = Folder::three();
    let mut debugger = Debugger::at_entry(&files.program);
    for (name, expected) in [("counter", &[8][..]), ("lib.last", &[6])] {
        let info = debugger.ok("dataBreakpointInfo", json!({ "name": name }));
        assert!(info["dataId"].is_string(), "{info}");
        let one = json!({ "dataId": info["dataId"], "accessType": "write" });
        debugger.ok("setDataBreakpoints", json!({ "breakpoints": [one] }));
        stops(&mut debugger, expected);
    }
}
