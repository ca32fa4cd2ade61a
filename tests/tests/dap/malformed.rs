//! Whatever a client sends, it is answered as far as it can be, and the session goes on.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use serde_json::{Value, json};

/// Every request, for what all of them have to bear.
const REQUESTS: [&str; 28] = [
    "setBreakpoints",
    "setFunctionBreakpoints",
    "setInstructionBreakpoints",
    "dataBreakpointInfo",
    "setDataBreakpoints",
    "setExceptionBreakpoints",
    "breakpointLocations",
    "stackTrace",
    "scopes",
    "variables",
    "setVariable",
    "setExpression",
    "evaluate",
    "completions",
    "disassemble",
    "gotoTargets",
    "goto",
    "provable/goto",
    "stepBack",
    "exceptionInfo",
    "restart",
    "initialize",
    "launch",
    "attach",
    "source",
    "modules",
    "",
    "\u{0}",
];

#[test]
fn a_message_with_a_number_is_answered() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    for (number, message) in (1000..).zip([
        json!({}),
        json!({ "type": "request" }),
        json!({ "type": "response", "command": "next" }),
        json!({ "type": "request", "command": 7 }),
        json!({ "type": "request", "command": "fly" }),
        json!({ "type": "request", "command": "variables", "arguments": [] }),
    ]) {
        let mut message: Value = message;
        message["seq"] = json!(number);
        debugger.send(&message);
        let answer = debugger.answer(number);
        assert_eq!(answer["success"], false, "{answer}");
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
    assert_eq!(debugger.go("next"), "step");
}

#[test]
fn arguments_of_every_shape_are_refused_or_taken() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    let strange = [
        json!(null),
        json!(7),
        json!([]),
        json!({}),
        json!({ "line": -1, "endLine": i64::MAX, "source": {}, "targetId": i64::MIN, "variablesReference": u64::MAX }),
        json!({ "line": i64::MIN, "source": { "path": "\u{0}" }, "breakpoints": [{ "line": i64::MAX }], "name": "", "value": "" }),
        json!({ "breakpoints": [{ "name": "", "dataId": "heap:", "instructionReference": "0x", "offset": i64::MIN }] }),
        json!({ "expression": "(", "text": "é{", "column": i64::MIN, "context": "repl", "name": "[", "value": "]", "variablesReference": 1 }),
        json!({ "text": "é", "column": i64::MAX, "memoryReference": "-9", "instructionCount": 3, "instructionOffset": i64::MIN }),
        json!({ "startFrame": u64::MAX, "levels": u64::MAX, "filters": [1], "granularity": "century" }),
    ];
    for command in REQUESTS {
        for arguments in &strange {
            let seq = debugger.ask(command, arguments.clone());
            debugger.answer(seq);
        }
    }
    // Some of these lead somewhere.
    debugger.ok("pause", json!({}));
    debugger.ok("threads", json!({}));
    debugger.forget();
    debugger.go_with("restart", json!({}));
    assert_eq!(debugger.goto(5), "goto");
    assert_eq!(debugger.disconnect(), 0);
}

#[test]
fn a_frame_that_is_no_message_is_skipped() {
    let desk = Desk::new(SQUARES);
    let mut debugger = Debugger::at_entry(&desk.program);
    debugger.send_bytes(b"GET / HTTP/1.1\r\n\r\nContent-Length: many\r\n\r\n");
    debugger.send_bytes(b"Content-Length: 3\r\n\r\n{{{");
    assert!(
        debugger.event("output")["output"]
            .as_str()
            .unwrap()
            .contains("no JSON")
    );
    debugger.send_bytes(b"Content-Length: 2\r\n\r\n\xff\xfe");
    debugger.event("output");
    debugger.send(&json!("text"));
    debugger.event("output");
    debugger.send_bytes(format!("Content-Length: {}\r\n\r\n", 5 << 20).as_bytes());
    debugger.send_bytes(&vec![b' '; 5 << 20]);
    assert!(
        debugger.event("output")["output"]
            .as_str()
            .unwrap()
            .contains("too large")
    );
    let deep = "[".repeat(100_000);
    debugger.send_bytes(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes());
    debugger.event("output");
    assert_eq!(debugger.go("next"), "step");
    // Half a message, and the client is gone.
    debugger.send_bytes(b"Content-Length: 99\r\n\r\n{");
    assert_eq!(debugger.end(), 0);
}
