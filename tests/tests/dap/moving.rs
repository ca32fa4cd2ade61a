//! Moving, in both directions of time.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use serde_json::json;

#[test]
fn next_goes_over_a_routine_and_step_back_comes_back_over_it() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    assert_eq!(debugger.frames(), ["squares:2"]);
    assert_eq!(debugger.go("next"), "step");
    assert_eq!(debugger.go("next"), "step");
    assert_eq!(debugger.frames(), ["squares:4"]);
    assert_eq!(debugger.go("next"), "step");
    assert_eq!(
        (debugger.step(), debugger.frames()),
        (6, vec!["squares:5".into()])
    );
    assert_eq!(debugger.go("stepBack"), "step");
    assert_eq!(
        (debugger.step(), debugger.frames()),
        (2, vec!["squares:4".into()])
    );
    assert_eq!(debugger.disconnect(), 0);
}

#[test]
fn step_in_out_and_back_by_instructions_know_routines() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    debugger.goto(2);
    assert_eq!(debugger.go("stepIn"), "step");
    assert_eq!(debugger.frames(), ["square:15", "squares:4"]);
    assert_eq!(debugger.go("stepOut"), "step");
    assert_eq!(
        (debugger.step(), debugger.frames()),
        (6, vec!["squares:5".into()])
    );
    let one = json!({ "threadId": 1, "granularity": "instruction" });
    assert_eq!(debugger.go_with("stepBack", one), "step");
    assert_eq!(debugger.frames(), ["square:17", "squares:4"]);
    // Within the routine one steps back in it, and out of its beginning to the CALL.
    debugger.go("stepBack");
    debugger.go("stepBack");
    assert_eq!(debugger.frames(), ["square:15", "squares:4"]);
    debugger.go("stepBack");
    assert_eq!(debugger.frames(), ["squares:4"]);
}

#[test]
fn step_back_works_at_the_end_and_step_in_at_the_beginning() {
    let desk = Desk::new("PUSH 1\nWRITE\nHALT\n");
    let mut debugger = Debugger::at_entry(&desk.program);
    assert_eq!(debugger.go("stepBack"), "entry");
    assert_eq!(debugger.go("reverseContinue"), "entry");
    assert_eq!(debugger.go("continue"), "end");
    assert_eq!(debugger.printed("stdout"), "1\n");
    assert!(debugger.printed("console").contains("halted after 3 steps"));
    assert_eq!(debugger.go("stepBack"), "step");
    assert_eq!(
        (debugger.step(), debugger.frames()),
        (2, vec!["squares:3".into()])
    );
    assert_eq!(debugger.go("next"), "end");
    // What was written is printed once.
    assert_eq!(debugger.printed("stdout"), "");
    debugger.ok("continue", json!({ "threadId": 1 }));
    assert_eq!(debugger.event("exited")["exitCode"], 0);
    debugger.event("terminated");
    assert_eq!(debugger.disconnect(), 0);
}

#[test]
fn goto_reaches_any_step_and_any_line_that_runs() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    assert_eq!(debugger.goto(20), "goto");
    assert_eq!(debugger.step(), 20);
    assert_eq!(debugger.goto(7), "goto");
    assert_eq!(debugger.step(), 7);
    assert_eq!(debugger.goto(1_000_000), "exception");
    assert_eq!(debugger.step(), 63);
    debugger.goto(20);
    let source = json!({ "path": desk.program });
    let targets = debugger.ok("gotoTargets", json!({ "source": source, "line": 4 }));
    let id = |at: usize| targets["targets"][at]["id"].clone();
    assert_eq!(targets["targets"][0]["line"], 4);
    let mut seen = Vec::new();
    for at in [0, 0, 1, 1, 1] {
        let target = json!({ "threadId": 1, "targetId": id(at) });
        assert_eq!(debugger.go_with("goto", target), "goto");
        seen.push((debugger.step(), debugger.value("pc")));
    }
    let expected = [26, 38, 26, 14, 2].map(|step| (step, "2".to_owned()));
    assert_eq!(seen, expected);
    // Where the run never comes, one stays.
    let target = json!({ "threadId": 1, "targetId": id(1) });
    assert_eq!(debugger.go_with("goto", target), "goto");
    assert_eq!(debugger.step(), 2);
    assert!(
        debugger
            .printed("important")
            .contains("does not come there")
    );
    debugger.refused("goto", json!({ "threadId": 1, "targetId": 9999 }));
    debugger.refused("goto", json!({ "threadId": 1, "targetId": -1 }));
}

#[test]
fn a_long_movement_is_paused_and_answers_meanwhile() {
    let desk = Desk::new("again: JMP again\n");
    let limit = 1_000_000_000_000_000u64;
    let mut debugger = Debugger::begun(json!({ "program": desk.program, "stepLimit": limit }));
    debugger.ok("configurationDone", json!({}));
    assert_eq!(
        debugger.refused("stackTrace", json!({ "threadId": 1 })),
        "notStopped"
    );
    assert_eq!(
        debugger.refused("evaluate", json!({ "expression": "top" })),
        "notStopped"
    );
    assert_eq!(
        debugger.refused("next", json!({ "threadId": 1 })),
        "notStopped"
    );
    debugger.ok("threads", json!({}));
    assert_eq!(debugger.go("pause"), "pause");
    let here = debugger.step();
    assert_eq!(debugger.go("next"), "step");
    assert_eq!(debugger.step(), here + 1);
    // A breakpoint that is set on the way is hit.
    debugger.ok("continue", json!({ "threadId": 1 }));
    debugger.break_at(&desk.program, json!([{ "line": 1 }]));
    assert_eq!(debugger.stopped()["reason"], "breakpoint");
    debugger.break_at(&desk.program, json!([]));
    debugger.ok("continue", json!({ "threadId": 1 }));
    assert_eq!(debugger.disconnect(), 0);
}
