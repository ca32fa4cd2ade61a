//! Breakpoints of every kind, from both sides.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use serde_json::{Value, json};

/// The steps at which the program stops, on the way to the end and on the way back.
fn both_ways(debugger: &mut Debugger) -> (Vec<u64>, Vec<u64>) {
    debugger.goto(0);
    let mut ahead = Vec::new();
    while !matches!(debugger.go("continue").as_str(), "exception" | "end") {
        ahead.push(debugger.step());
    }
    let mut back = Vec::new();
    while debugger.go("reverseContinue") != "entry" {
        back.push(debugger.step());
    }
    back.reverse();
    (ahead, back)
}

/// They are the same, and these.
#[track_caller]
fn stops(debugger: &mut Debugger, expected: &[u64]) {
    let (ahead, back) = both_ways(debugger);
    assert_eq!(ahead, expected);
    assert_eq!(back, expected);
}

#[test]
fn a_breakpoint_on_a_line_without_an_instruction_moves_to_the_next() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let set = debugger.break_at(
        &desk.program,
        json!([{ "line": 1 }, { "line": 4 }, { "line": 18 }]),
    );
    let lines: Vec<(&Value, &Value)> = set
        .iter()
        .map(|one| (&one["verified"], &one["line"]))
        .collect();
    assert_eq!(
        lines,
        [
            (&json!(true), &json!(2)),
            (&json!(true), &json!(4)),
            (&json!(false), &Value::Null)
        ]
    );
    assert!(
        set[2]["message"]
            .as_str()
            .unwrap()
            .contains("no instruction")
    );
    assert_eq!(debugger.go("continue"), "breakpoint");
    assert_eq!(debugger.frames(), ["squares:4"]);
    let locations = json!({ "source": { "path": desk.program }, "line": 1, "endLine": 4 });
    let body = debugger.ok("breakpointLocations", locations);
    assert_eq!(
        body["breakpoints"],
        json!([{ "line": 2 }, { "line": 3 }, { "line": 4 }])
    );
    let other = debugger.break_at(
        std::path::Path::new("/nowhere.prov"),
        json!([{ "line": 1 }]),
    );
    assert_eq!(other[0]["verified"], false);
    // At the beginning there is a breakpoint too, which says so.
    debugger.goto(1);
    assert_eq!(debugger.go("reverseContinue"), "breakpoint");
    assert_eq!(debugger.step(), 0);
}

#[test]
fn conditions_and_hit_counts_hold_in_both_directions() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let at = |rule: Value| {
        let mut one = json!({ "line": 4 });
        one.as_object_mut()
            .unwrap()
            .extend(rule.as_object().unwrap().clone());
        json!([one])
    };
    debugger.break_at(&desk.program, at(json!({})));
    stops(&mut debugger, &[2, 14, 26, 38, 50]);
    debugger.break_at(
        &desk.program,
        at(json!({ "condition": "top < 4 && depth == 2" })),
    );
    stops(&mut debugger, &[26, 38, 50]);
    debugger.break_at(&desk.program, at(json!({ "hitCondition": "% 2" })));
    stops(&mut debugger, &[14, 38]);
    debugger.break_at(&desk.program, at(json!({ "hitCondition": "3" })));
    stops(&mut debugger, &[26]);
    debugger.break_at(
        &desk.program,
        at(json!({ "condition": "top != 4", "hitCondition": ">= 2" })),
    );
    stops(&mut debugger, &[26, 38, 50]);
    // One that has no value does not stop, and says so.
    debugger.break_at(&desk.program, at(json!({ "condition": "heap[9] == 1" })));
    stops(&mut debugger, &[]);
    assert!(
        debugger
            .printed("important")
            .contains("nothing was ever stored at address 9")
    );
    for wrong in [
        json!({ "condition": "top ==" }),
        json!({ "hitCondition": "often" }),
        json!({ "logMessage": "{" }),
    ] {
        let set = debugger.break_at(&desk.program, at(wrong));
        assert_eq!(set[0]["verified"], false, "{set:?}");
        assert!(set[0]["message"].is_string());
    }
}

#[test]
fn log_points_print_on_the_way_forward_and_stop_nowhere() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let log =
        json!([{ "line": 7, "logMessage": "{stack[1]} squared is {top}", "condition": "top > 4" }]);
    debugger.break_at(&desk.program, log);
    assert_eq!(debugger.go("continue"), "exception");
    let said = "5 squared is 25\n4 squared is 16\n3 squared is 9\n";
    assert_eq!(debugger.printed("console"), said);
    assert_eq!(debugger.go("reverseContinue"), "entry");
    assert_eq!(debugger.printed("console"), "");
}

#[test]
fn breakpoints_on_labels_and_instructions_stop_the_run() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let body = debugger.ok(
        "setFunctionBreakpoints",
        json!({ "breakpoints": [{ "name": "square", "condition": "top == 2" }, { "name": "squar" }, { "name": "N" }] }),
    );
    assert_eq!(body["breakpoints"][0]["line"], 15);
    let message = body["breakpoints"][1]["message"].as_str().unwrap();
    assert!(message.contains("did you mean square"), "{message}");
    assert_eq!(
        body["breakpoints"][2]["verified"], false,
        "a constant is no place"
    );
    assert_eq!(debugger.go("continue"), "function breakpoint");
    stops(&mut debugger, &[39]);
    debugger.ok("setFunctionBreakpoints", json!({ "breakpoints": [] }));
    let body = debugger.ok(
        "setInstructionBreakpoints",
        json!({ "breakpoints": [{ "instructionReference": "13", "offset": 2, "hitCondition": "<= 2" }, { "instructionReference": "99" }] }),
    );
    assert_eq!(body["breakpoints"][0]["line"], 17);
    assert_eq!(body["breakpoints"][1]["verified"], false);
    stops(&mut debugger, &[5, 17]);
}

#[test]
fn heap_cells_are_watched_for_reads_and_writes() {
    let desk = Desk::new("PUSH 7\nSTORE 3\nLOAD 3\nSTORE 4\nPUSH 3\nLOAD\nPUSH 3\nSTORE\nHALT\n");
    let mut debugger = Debugger::at_entry(&desk.program);
    let info = debugger.ok("dataBreakpointInfo", json!({ "name": "heap[1 + 2]" }));
    assert_eq!(info["description"], "heap[3]");
    let id = info["dataId"].clone();
    let heap = debugger.scope("Heap");
    let same = debugger.ok(
        "dataBreakpointInfo",
        json!({ "name": "[3]", "variablesReference": heap }),
    );
    assert_eq!(same["dataId"], id);
    let none = debugger.ok("dataBreakpointInfo", json!({ "name": "depth" }));
    assert_eq!(none["dataId"], Value::Null);
    let watch = |debugger: &mut Debugger, access: &str, condition: &str| {
        let one = json!({ "dataId": id, "accessType": access, "condition": condition });
        let set = debugger.ok("setDataBreakpoints", json!({ "breakpoints": [one] }));
        assert_eq!(set["breakpoints"][0]["verified"], true);
    };
    watch(&mut debugger, "write", "");
    stops(&mut debugger, &[2, 8]);
    watch(&mut debugger, "read", "");
    stops(&mut debugger, &[3, 6]);
    watch(&mut debugger, "readWrite", "");
    stops(&mut debugger, &[2, 3, 6, 8]);
    watch(&mut debugger, "readWrite", "depth == 0");
    stops(&mut debugger, &[2, 8]);
    debugger.goto(0);
    assert_eq!(debugger.go("continue"), "data breakpoint");
    let set = debugger.ok(
        "setDataBreakpoints",
        json!({ "breakpoints": [{ "dataId": "stack:1" }] }),
    );
    assert_eq!(set["breakpoints"][0]["verified"], false);
}

#[test]
fn a_trap_is_an_exception_if_its_filter_is_on() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let seq = debugger.ask("continue", json!({ "threadId": 1 }));
    debugger.answer(seq);
    let stopped = debugger.stopped();
    assert_eq!(
        (&stopped["reason"], &stopped["text"]),
        (&json!("exception"), &json!("division by zero"))
    );
    let info = debugger.ok("exceptionInfo", json!({ "threadId": 1 }));
    assert_eq!(info["exceptionId"], "trap");
    assert_eq!(info["description"], "division by zero");
    assert_eq!(debugger.frames(), ["squares:13"]);
    debugger.go("stepBack");
    debugger.refused("exceptionInfo", json!({ "threadId": 1 }));
    debugger.ok(
        "setExceptionBreakpoints",
        json!({ "filters": ["assertion", "limit"] }),
    );
    assert_eq!(debugger.go("continue"), "end");
    debugger.refused("setExceptionBreakpoints", json!({ "filters": ["raised"] }));
}
