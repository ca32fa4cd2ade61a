//! How sessions begin and end.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use provable_tests::{binary, example};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn every_offered_request_is_answered() {
    let mut debugger = Debugger::spawn();
    let offered = debugger.ok("initialize", json!({ "adapterID": "provable" }));
    for capability in [
        "supportsStepBack",
        "supportsDataBreakpoints",
        "supportsGotoTargetsRequest",
        "supportsSetVariable",
    ] {
        assert_eq!(offered[capability], true, "{capability}");
    }
    assert_eq!(
        offered["exceptionBreakpointFilters"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let message = debugger.refused("attach", json!({}));
    assert!(message.contains("\"request\": \"launch\""), "{message}");
    debugger.refused("threads", json!({}));
    debugger.refused("initialize", json!({ "pathFormat": "uri" }));
    assert_eq!(debugger.disconnect(), 0);
    assert_eq!(Debugger::spawn().end(), 0, "a client that goes at once");
}

#[test]
fn a_launch_that_fails_is_refused_with_the_reason_and_its_position() {
    let desk = Desk::new("PUSH 1\nPUHS 2\n");
    let mut debugger = Debugger::spawn();
    debugger.ok("initialize", json!({ "adapterID": "provable" }));
    let program = desk.program.display().to_string();
    let message = debugger.refused("launch", json!({ "program": program }));
    assert!(
        message.contains("squares.prov:2:1") && message.contains("PUHS"),
        "{message}"
    );
    let message = debugger.refused("launch", json!({ "program": "/nowhere.prov" }));
    assert!(message.contains("/nowhere.prov"), "{message}");
    for wrong in [
        json!({}),
        json!({ "program": 7 }),
        json!({ "program": "-" }),
        json!({ "program": program, "stopAtStep": "soon" }),
    ] {
        debugger.refused("launch", wrong);
    }
    std::fs::write(&desk.program, "SECRET\nHALT\n").unwrap();
    let inputs = json!({ "program": program, "inputs": { "secret": ["hunter2"] } });
    let message = debugger.refused("launch", inputs);
    assert!(
        message.contains("secret") && !message.contains("hunter2"),
        "{message}"
    );
    // The session is still there to be begun.
    debugger.ok(
        "launch",
        json!({ "program": program, "inputs": { "secret": [7] }, "stopAtStep": 1 }),
    );
    debugger.ok("configurationDone", json!({}));
    debugger.stopped();
    assert_eq!(debugger.value("top"), "7");
    debugger.refused("launch", json!({ "program": program }));
}

#[test]
fn inputs_beside_the_program_are_found_and_others_can_be_named() {
    let mut debugger =
        Debugger::launched(json!({ "program": example("gcd.prov"), "stopAtStep": "end" }));
    assert!(debugger.printed("console").contains("halted after"));
    let desk = Desk::new("READ\nWRITE\n");
    let other = desk.folder.path().join("other.json");
    std::fs::write(&other, "{\"public\": [5]}").unwrap();
    let mut debugger = Debugger::launched(
        json!({ "program": desk.program, "inputs": other, "stopAtStep": "end" }),
    );
    assert_eq!(debugger.printed("stdout"), "5\n");
}

#[test]
fn a_session_begins_at_a_step_at_the_end_or_without_debugging() {
    let desk = Desk::new(SQUARES);
    let program = &desk.program;
    let mut debugger = Debugger::launched(json!({ "program": program, "stopAtStep": 17 }));
    assert_eq!(debugger.step(), 17);
    let mut debugger = Debugger::launched(json!({ "program": program, "stopAtStep": "end" }));
    assert_eq!(
        debugger.ok("exceptionInfo", json!({}))["description"],
        "division by zero"
    );
    for launch in [
        json!({ "program": program, "noDebug": true }),
        json!({ "program": program, "stopOnEnd": false }),
    ] {
        let mut debugger = Debugger::begun(launch);
        debugger.ok("configurationDone", json!({}));
        assert_eq!(debugger.event("exited")["exitCode"], 1);
        debugger.event("terminated");
        assert_eq!(debugger.printed("stdout"), "25\n16\n9\n4\n1\n");
        assert!(debugger.printed("stderr").contains("division by zero"));
    }
    let mut debugger = Debugger::launched(json!({ "program": program, "stepLimit": 10 }));
    assert_eq!(
        debugger.ok("exceptionInfo", json!({}))["exceptionId"],
        "limit"
    );
    // A breakpoint on the first instruction is hit before anything is run.
    let mut debugger = Debugger::begun(json!({ "program": program }));
    debugger.break_at(program, json!([{ "line": 2 }]));
    debugger.ok("configurationDone", json!({}));
    assert_eq!(debugger.stopped()["reason"], "breakpoint");
    assert_eq!(debugger.step(), 0);
}

#[test]
fn restarting_reads_the_program_again_and_keeps_breakpoints() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let set = debugger.break_at(&desk.program, json!([{ "line": 13 }]));
    debugger.goto(30);
    std::fs::write(&desk.program, "PUHS 1\n").unwrap();
    let message = debugger.refused("restart", json!({}));
    assert!(message.contains("PUHS"), "{message}");
    assert_eq!(debugger.step(), 30, "the session goes on as it was");
    std::fs::write(&desk.program, format!("\n{SQUARES}")).unwrap();
    assert_eq!(debugger.go_with("restart", json!({})), "entry");
    let changed = debugger.event("breakpoint");
    assert_eq!(changed["breakpoint"]["id"], set[0]["id"]);
    assert_eq!(changed["breakpoint"]["line"], 13);
    assert_eq!(debugger.step(), 0);
    assert_eq!(debugger.go("continue"), "breakpoint");
    assert_eq!(debugger.frames(), ["squares:13"]);
    debugger.ok("terminate", json!({}));
    debugger.event("terminated");
    assert_eq!(debugger.disconnect(), 0);
}

#[test]
fn lines_and_columns_count_as_the_client_says() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::spawn();
    debugger.ok(
        "initialize",
        json!({ "linesStartAt1": false, "columnsStartAt1": false }),
    );
    debugger.ok(
        "launch",
        json!({ "program": desk.program, "stopOnEntry": true }),
    );
    let set = debugger.break_at(&desk.program, json!([{ "line": 3 }]));
    assert_eq!(set[0]["line"], 3);
    debugger.ok("configurationDone", json!({}));
    debugger.stopped();
    debugger.go("continue");
    assert_eq!(debugger.frames(), ["squares:3"]);
    let frames = debugger.ok("stackTrace", json!({ "threadId": 1 }));
    assert_eq!(frames["stackFrames"][0]["column"], 4);
    assert_eq!(debugger.step(), 2);
}

#[test]
fn sessions_over_a_port_are_independent() {
    let mut process = Command::new(binary())
        .args(["dap", "--port", "0"])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let port = line
        .trim()
        .strip_prefix("listening on 127.0.0.1:")
        .expect(&line)
        .parse()
        .unwrap();
    let desk = Desk::new(SQUARES);
    let launch = json!({ "program": desk.program, "stopOnEntry": true });
    let mut two = [Debugger::connect(port), Debugger::connect(port)];
    for (debugger, step) in two.iter_mut().zip([7, 9]) {
        debugger.begin(launch.clone());
        debugger.ok("configurationDone", json!({}));
        debugger.stopped();
        debugger.goto(step);
    }
    for (debugger, step) in two.iter_mut().zip([7, 9]) {
        assert_eq!(debugger.step(), step);
        debugger.ok("disconnect", Value::Null);
        assert_eq!(
            debugger.receive(),
            None,
            "the connection ends with the session"
        );
    }
    process.kill().unwrap();
    process.wait().unwrap();
}
