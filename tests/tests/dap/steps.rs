//! Steps and names where a line is several instructions, where a copy has a loop, and where routines have arguments.

use provable_tests::dap::Debugger;
use serde_json::{Value, json};

/// Pushes data, copies a routine that loops, and calls one that calls itself.
const PROGRAM: &str = "\
.data K 1, 2, 3
    .push K
    .inline sum
    CALL shift 3
    .inline shift 4
    PUSH 3
    CALL down
    .inline nothing
    HALT

.routine sum ( a b c -- d )
    ADD
    ADD
    JMP over
again:
    NOP
over:
    DUP
    PUSH 100
    GT
    JNZ done
    DUP
    ADD
    JMP again
done:
    RET

.routine shift ( a -- b ) n
    PUSH n
    SHL
    RET

.routine down ( a -- )
    DUP
    JNZ more
    POP
    RET
more:
    PUSH 1
    SUB
    CALL down
    RET

.routine nothing ( -- )
    RET
";

fn at_entry() -> (tempfile::TempDir, Debugger) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("main.prov");
    std::fs::write(&program, PROGRAM).unwrap();
    let debugger = Debugger::at_entry(&program);
    (folder, debugger)
}

fn lines(debugger: &mut Debugger) -> (u64, Vec<String>) {
    (debugger.step(), debugger.frames())
}

#[test]
fn steps_back_visit_what_steps_over_visited() {
    let (_folder, mut debugger) = at_entry();
    let mut ahead = vec![lines(&mut debugger)];
    while debugger.go("next") != "end" {
        ahead.push(lines(&mut debugger));
    }
    let shown: Vec<&str> = ahead.iter().map(|(_, frames)| frames[0].as_str()).collect();
    // The copy of a routine that is empty has no instructions.
    let expected = [2, 3, 4, 5, 6, 7, 9].map(|line| format!("main:{line}"));
    assert_eq!(shown, expected);
    let mut back = Vec::new();
    while debugger.go("stepBack") != "entry" {
        back.push(lines(&mut debugger));
    }
    back.push(lines(&mut debugger));
    back.reverse();
    assert_eq!(back, ahead);
}

#[test]
fn steps_in_a_copy_with_a_loop_come_back_the_same_way() {
    let (_folder, mut debugger) = at_entry();
    debugger.go("next");
    debugger.go("stepIn");
    let mut ahead = vec![lines(&mut debugger)];
    assert_eq!(ahead[0].1, ["sum:12", "main:3"]);
    loop {
        debugger.go("next");
        let here = lines(&mut debugger);
        if here.1.len() == 1 {
            break;
        }
        ahead.push(here);
    }
    assert!(ahead.len() > 20, "the loop turns: {ahead:?}");
    // The program is out of the copy: back into it by instructions, and then line by line.
    debugger.go_with(
        "stepBack",
        json!({ "threadId": 1, "granularity": "instruction" }),
    );
    let mut back = vec![lines(&mut debugger)];
    while back.len() < ahead.len() {
        debugger.go("stepBack");
        back.push(lines(&mut debugger));
    }
    back.reverse();
    assert_eq!(back, ahead);
    debugger.go("stepBack");
    assert_eq!(debugger.frames(), ["main:3"]);
}

#[test]
fn arguments_have_values_in_a_routine_and_in_a_copy() {
    let (folder, mut debugger) = at_entry();
    let program = folder.path().join("main.prov");
    let set = debugger.break_at(&program, json!([{ "line": 30, "condition": "n == 4" }]));
    assert_eq!(set[0]["verified"], true, "{set:?}");
    debugger.go("continue");
    assert_eq!(debugger.frames(), ["shift:30", "main:5"]);
    assert_eq!(debugger.value("n"), "4");
    debugger.break_at(&program, json!([{ "line": 30 }]));
    debugger.goto(0);
    debugger.go("continue");
    assert_eq!(debugger.frames(), ["shift.3:30", "main:4"]);
    assert_eq!(debugger.value("n"), "3");
    let outside = json!({ "expression": "n", "frameId": 2 });
    let message = debugger.refused("evaluate", outside);
    assert!(message.contains("nothing is called n"), "{message}");
}

#[test]
fn labels_are_those_of_the_routine_or_copy_that_the_program_is_in() {
    let (_folder, mut debugger) = at_entry();
    debugger.go("next");
    debugger.go("stepIn");
    // PUSH three times, ADD, ADD, JMP, NOP.
    assert_eq!(
        (debugger.value("again"), debugger.value("over")),
        ("6".into(), "7".into())
    );
    let body = debugger.ok(
        "disassemble",
        json!({ "memoryReference": "5", "instructionCount": 1 }),
    );
    let one = &body["instructions"][0];
    assert_eq!(
        (&one["instruction"], &one["line"]),
        (&json!("JMP sum_1.over"), &json!(14))
    );
    let set = debugger.ok(
        "setFunctionBreakpoints",
        json!({ "breakpoints": [{ "name": "sum_1.over" }] }),
    );
    assert_eq!(set["breakpoints"][0]["line"], 18);
}

#[test]
fn a_deep_recursion_has_a_frame_for_each_call() {
    let (_folder, mut debugger) = at_entry();
    let named = json!({ "breakpoints": [{ "name": "down", "condition": "top == 0" }] });
    debugger.ok("setFunctionBreakpoints", named);
    debugger.go("continue");
    let frames = debugger.frames();
    assert_eq!(
        frames,
        ["down:34", "down:41", "down:41", "down:41", "main:7"]
    );
    let part = json!({ "threadId": 1, "startFrame": 3, "levels": 9 });
    let body = debugger.ok("stackTrace", part);
    let names: Vec<&Value> = body["stackFrames"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(
        (names, &body["totalFrames"]),
        (vec![&json!("down"), &json!("main")], &json!(5))
    );
}
