//! Looking at states, and changing them.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use serde_json::json;

#[test]
fn scopes_hold_the_whole_state() {
    let desk = Desk::new("READ\nSECRET\nSTORE 300\nSTORE 2\nPUSH -1\nPUSH 1\nADD\nWRITE\nHALT\n");
    let inputs = json!({ "public": [10], "secret": ["0xff", 3] });
    let launch = json!({ "program": desk.program, "inputs": inputs, "stopOnEntry": true });
    let mut debugger = Debugger::launched(launch);
    debugger.goto(3);
    assert_eq!(debugger.values("Heap"), ["255  (new)"]);
    debugger.goto(7);
    let heap = debugger.scope("Heap");
    let cells = [("[2]", "10"), ("[300]", "255")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(debugger.variables(heap), cells);
    assert_eq!(debugger.values("Operand stack"), ["0"]);
    assert_eq!(debugger.values("Flags"), ["1  (was 0)"]);
    assert_eq!(
        debugger.values("Tapes"),
        ["1 of 1 read", "1 of 2 read", "0 written"]
    );
    let machine = debugger.scope("Machine");
    let facts = debugger.variables(machine);
    for (name, value) in [
        ("step", "7"),
        ("next instruction", "WRITE"),
        ("last instruction", "ADD"),
        ("last result", "0"),
    ] {
        assert!(
            facts.contains(&(name.into(), value.into())),
            "{name}: {facts:?}"
        );
    }
    let hex =
        json!({ "variablesReference": heap, "start": 1, "count": 1, "format": { "hex": true } });
    let body = debugger.ok("variables", hex);
    assert_eq!(body["variables"].as_array().unwrap().len(), 1);
    assert_eq!(body["variables"][0]["value"], "0xff");
    assert_eq!(body["variables"][0]["evaluateName"], "heap[300]");
    debugger.refused("variables", json!({ "variablesReference": 99 }));
}

#[test]
fn data_are_in_the_heap_from_the_first_state_on() {
    let text = ".data K at 5 7, 8\nPUSH 9\nPUSH 1\nPUT -4\nLOADX -3\nHALT\n";
    let desk = Desk::new(text);
    let launch = json!({ "program": desk.program, "stopOnEntry": true });
    let mut debugger = Debugger::launched(launch);
    assert_eq!(debugger.values("Heap"), ["7", "8"]);
    debugger.goto(3);
    assert_eq!(debugger.values("Heap"), ["1  (was 7)", "8"]);
    let machine = debugger.scope("Machine");
    let facts = debugger.variables(machine);
    for (name, value) in [
        ("next instruction", "LOADX -3"),
        ("last instruction", "PUT -4"),
        ("last result", "stored to heap[5]"),
    ] {
        assert!(
            facts.contains(&(name.into(), value.into())),
            "{name}: {facts:?}"
        );
    }
    debugger.goto(4);
    assert_eq!(debugger.values("Operand stack"), ["8"]);
    debugger.goto(1);
    assert_eq!(debugger.values("Heap"), ["7", "8"]);
}

#[test]
fn a_large_list_comes_in_pages() {
    let text = "PUSH 5000\nagain: DUP\nDUP\nSTORE\nDUP\nPUSH 1\nSUB\nDUP\nJNZ again\nHALT\n";
    let desk = Desk::new(text);
    let mut debugger = Debugger::launched(json!({ "program": desk.program, "stopAtStep": "end" }));
    let heap = debugger.scope("Heap");
    let page =
        json!({ "variablesReference": heap, "filter": "indexed", "start": 4990, "count": 100 });
    let body = debugger.ok("variables", page);
    let names: Vec<&str> = body["variables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 10);
    assert_eq!((names[0], names[9]), ("[4991]", "[5000]"));
    let far = json!({ "variablesReference": heap, "start": u64::MAX, "count": u64::MAX });
    assert_eq!(debugger.ok("variables", far)["variables"], json!([]));
}

#[test]
fn expressions_answer_watches_hovers_and_the_console() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    debugger.goto(8);
    for (expression, value) in [
        ("top", "25"),
        ("heap[3] + N", "30"),
        ("loop", "1"),
        ("step == 8", "1"),
        ("stack", "2 words"),
    ] {
        assert_eq!(debugger.value(expression), value, "{expression}");
    }
    let hover = debugger.ok(
        "evaluate",
        json!({ "expression": "top", "context": "hover" }),
    );
    assert_eq!(hover["result"], "25 = 0x19");
    // The next instruction's row in a proof, by its name or under the pointer.
    let row = debugger.value("row");
    for part in ["depth 2", "bits: ", "Fetch: ", "Times: "] {
        assert!(row.contains(part), "{row}");
    }
    let mnemonic = debugger.ok("stackTrace", json!({ "threadId": 1 }))["stackFrames"][0]["line"]
        .as_u64()
        .and_then(|line| SQUARES.lines().nth(line as usize - 1))
        .and_then(|line| line.split_whitespace().find(|word| !word.ends_with(':')))
        .unwrap();
    let pointed = json!({ "expression": mnemonic, "context": "hover" });
    assert_eq!(debugger.ok("evaluate", pointed)["result"], row.as_str());
    let other = json!({ "expression": "XOR", "context": "hover" });
    debugger.refused("evaluate", other);
    let message = debugger.refused(
        "evaluate",
        json!({ "expression": "heap[9]", "context": "watch" }),
    );
    assert_eq!(message, "nothing was ever stored at address 9");
    let list = debugger.ok(
        "evaluate",
        json!({ "expression": "stack", "context": "repl" }),
    );
    let reference = list["variablesReference"].as_u64().unwrap();
    assert_eq!(debugger.variables(reference)[1], ("[1]".into(), "5".into()));
    let say = |text: &str| json!({ "expression": text, "context": "repl" });
    for (command, step) in [
        ("goto 20", 20),
        ("back", 19),
        ("back 9", 10),
        ("on", 11),
        ("on 4", 15),
        ("goto start", 0),
        ("goto end", 63),
    ] {
        debugger.go_with("evaluate", say(command));
        assert_eq!(debugger.step(), step, "{command}");
    }
    let steps = debugger.ok("evaluate", say("steps"));
    assert_eq!(steps["result"], "step 63 of 63, where the run ends");
    let help = debugger.ok("evaluate", say("help"));
    assert!(help["result"].as_str().unwrap().contains("goto N"));
    debugger.refused("evaluate", say("goto nowhere"));
    let body = debugger.ok("completions", json!({ "text": "1 + st", "column": 7 }));
    let labels: Vec<&str> = body["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["step", "stack"]);
    assert_eq!(
        (&body["targets"][0]["start"], &body["targets"][0]["length"]),
        (&json!(5), &json!(2))
    );
    let body = debugger.ok("completions", json!({ "text": "go", "column": 3 }));
    assert_eq!(body["targets"][0]["label"], "goto");
}

#[test]
fn setting_a_word_makes_another_run_and_says_so() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    debugger.goto(62);
    let stack = debugger.scope("Operand stack");
    let answer = debugger.ok(
        "setVariable",
        json!({ "variablesReference": stack, "name": "[0]", "value": "1 + 1" }),
    );
    assert_eq!(answer["value"], "2");
    debugger.event("invalidated");
    assert!(debugger.printed("important").contains("what if"));
    let threads = debugger.ok("threads", json!({}));
    assert_eq!(
        threads["threads"][0]["name"],
        "squares (what if, from step 62)"
    );
    assert_eq!(debugger.go("continue"), "end");
    // The past is the program's own; stepping on from it comes to the changed word again.
    debugger.goto(61);
    assert_eq!(debugger.value("top"), "0");
    debugger.go("next");
    assert_eq!(debugger.value("top"), "2");
    debugger.goto(64);
    let refused = json!({ "variablesReference": stack, "name": "[0]", "value": "1" });
    assert!(
        debugger
            .refused("setVariable", refused)
            .contains("step back first")
    );
    // A change further back forgets this one.
    debugger.goto(8);
    debugger.ok(
        "setExpression",
        json!({ "expression": "heap[3]", "value": "7" }),
    );
    assert_eq!(debugger.value("heap[3]"), "7");
    debugger.goto(62);
    assert_eq!(debugger.value("top"), "0");
    for (name, value) in [("carry", "1"), ("stack[1]", "'a'"), ("heap[1000]", "0")] {
        debugger.ok(
            "setExpression",
            json!({ "expression": name, "value": value }),
        );
    }
    assert_eq!(
        (debugger.value("carry"), debugger.value("stack[1]")),
        ("1".into(), "97".into())
    );
    for (name, value) in [
        ("carry", "2"),
        ("depth", "1"),
        ("secret[0]", "1"),
        ("stack[9]", "1"),
        ("top", "what"),
    ] {
        debugger.refused(
            "setExpression",
            json!({ "expression": name, "value": value }),
        );
    }
    let flags = debugger.scope("Flags");
    debugger.ok(
        "setVariable",
        json!({ "variablesReference": flags, "name": "C", "value": "0" }),
    );
    assert_eq!(debugger.value("C"), "0");
    debugger.go_with("restart", json!({}));
    let threads = debugger.ok("threads", json!({}));
    assert_eq!(threads["threads"][0]["name"], "squares");
    debugger.goto(62);
    assert_eq!(debugger.value("top"), "0");
    assert_eq!(debugger.go("continue"), "exception");
}

#[test]
fn the_disassembly_is_the_program_and_no_more() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let body = debugger.ok(
        "disassemble",
        json!({ "memoryReference": "1", "instructionOffset": -2, "instructionCount": 20 }),
    );
    let list = body["instructions"].as_array().unwrap();
    let drawn: Vec<String> = list
        .iter()
        .map(|one| {
            format!(
                "{} {}",
                one["address"].as_str().unwrap(),
                one["instruction"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(drawn.len(), 20);
    assert_eq!(drawn[..4], ["-1 ", "0 PUSH 5", "1 DUP 0", "2 CALL square"]);
    assert_eq!(drawn[17], "16 (the end of the program)");
    assert_eq!(list[0]["presentationHint"], "invalid");
    assert_eq!(list[14]["symbol"], "square");
    assert_eq!(list[14]["line"], 15);
    debugger.refused(
        "disassemble",
        json!({ "memoryReference": "here", "instructionCount": 1 }),
    );
    let frames = debugger.ok("stackTrace", json!({ "threadId": 1, "levels": 1 }));
    assert_eq!(frames["stackFrames"][0]["instructionPointerReference"], "0");
    let wild = json!({ "memoryReference": i64::MAX.to_string(), "offset": i64::MAX, "instructionCount": 3 });
    debugger.ok("disassemble", wild);
}

#[test]
fn deep_recursion_comes_in_pages_of_frames() {
    let desk = Desk::new("down: CALL down\n");
    let mut debugger = Debugger::launched(json!({ "program": desk.program, "stopAtStep": 5000 }));
    let page = json!({ "threadId": 1, "startFrame": 4998, "levels": 20 });
    let body = debugger.ok("stackTrace", page);
    assert_eq!(body["totalFrames"], 5001);
    let frames = body["stackFrames"].as_array().unwrap();
    let names: Vec<&str> = frames
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["down", "down", "squares"]);
}
