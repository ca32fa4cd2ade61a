//! A session, written down message by message, that a second client replays: a script without a library.
//! `RECORD=1 cargo test -p provable-tests --test dap transcript` writes it anew.

use super::{Desk, SQUARES};
use provable_tests::dap::Debugger;
use provable_tests::{binary, root};
use serde_json::{Value, json};
use std::process::Command;

/// What the session is: requests, and whether each leads somewhere.
fn session() -> Vec<(&'static str, Value, Option<&'static str>)> {
    let source = json!({ "path": "$PROGRAM" });
    let thread = || json!({ "threadId": 1 });
    let stopped = Some("stopped");
    vec![
        (
            "initialize",
            json!({ "adapterID": "provable", "linesStartAt1": true, "columnsStartAt1": true }),
            None,
        ),
        (
            "launch",
            json!({ "program": "$PROGRAM", "stopOnEntry": true }),
            Some("initialized"),
        ),
        (
            "setBreakpoints",
            json!({ "source": source, "breakpoints": [{ "line": 4, "condition": "top < 4" }] }),
            None,
        ),
        (
            "setDataBreakpoints",
            json!({ "breakpoints": [{ "dataId": "heap:3", "accessType": "write" }] }),
            None,
        ),
        (
            "setExceptionBreakpoints",
            json!({ "filters": ["trap"] }),
            None,
        ),
        ("configurationDone", Value::Null, stopped),
        ("threads", Value::Null, None),
        ("continue", thread(), stopped),
        ("continue", thread(), stopped),
        ("continue", thread(), stopped),
        ("stepIn", thread(), stopped),
        ("stackTrace", thread(), None),
        ("scopes", json!({ "frameId": 1 }), None),
        ("variables", json!({ "variablesReference": 1 }), None),
        ("variables", json!({ "variablesReference": 2 }), None),
        ("stepBack", thread(), stopped),
        ("reverseContinue", thread(), stopped),
        (
            "evaluate",
            json!({ "expression": "heap[3] + step", "context": "watch" }),
            None,
        ),
        (
            "evaluate",
            json!({ "expression": "goto end", "context": "repl" }),
            stopped,
        ),
        ("exceptionInfo", thread(), None),
        ("stepBack", thread(), stopped),
        (
            "setVariable",
            json!({ "variablesReference": 1, "name": "[0]", "value": "3" }),
            None,
        ),
        ("continue", thread(), stopped),
        ("threads", Value::Null, None),
        ("restart", Value::Null, stopped),
        (
            "disassemble",
            json!({ "memoryReference": "0", "instructionCount": 4 }),
            None,
        ),
        ("fly", Value::Null, None),
        ("disconnect", Value::Null, None),
    ]
}

#[test]
fn a_script_without_a_library_replays_the_session() {
    let file = root().join("tests/tests/dap/transcript.jsonl");
    let desk = Desk::new(SQUARES);
    let program = desk.program.display().to_string();
    if std::env::var_os("RECORD").is_some() {
        std::fs::write(&file, record(&program)).unwrap();
    }
    let replayed = Command::new("node")
        .arg(root().join("tests/tests/dap/replay.mjs"))
        .arg(binary())
        .arg(&file)
        .arg(&program)
        .output()
        .expect("node starts");
    let said = String::from_utf8_lossy(&replayed.stderr);
    assert!(replayed.status.success(), "{said}");
}

/// Plays the session and writes down every message of both sides, one a line.
fn record(program: &str) -> String {
    let mut debugger = Debugger::spawn();
    let mut lines = Vec::new();
    for (command, arguments, leads_to) in session() {
        let plain = arguments.to_string().replace("$PROGRAM", program);
        let seq = debugger.ask(command, serde_json::from_str(&plain).unwrap());
        let message =
            json!({ "seq": seq, "type": "request", "command": command, "arguments": arguments });
        lines.push(json!({ "to": message }).to_string());
        let mut is_answered = false;
        let mut is_there = leads_to.is_none();
        while !(is_answered && is_there) {
            let message = debugger.receive().expect("a message");
            is_answered |= message["request_seq"] == seq;
            is_there |= leads_to.is_some_and(|event| message["event"] == event);
            lines.push(
                json!({ "from": message })
                    .to_string()
                    .replace(program, "$PROGRAM"),
            );
        }
        if command == "setVariable" {
            // It is told of after the answer.
            let message = debugger.receive().expect("a message");
            lines.push(json!({ "from": message }).to_string());
        }
    }
    lines.join("\n") + "\n"
}
