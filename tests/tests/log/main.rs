//! The log of every command: what is in it, what never is, and where it goes.

mod command;
mod secrets;
mod server;

use provable_tests::{Answer, provable};
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;

/// Programs, their inputs, and a folder of keys.
fn desk() -> &'static Path {
    static DESK: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = DESK.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        put("sum.prov", "PUSH 10\nPUSH 20\nADD\nWRITE\nHALT\n");
        put("secret.prov", secrets::PROGRAM);
        put("secret.inputs.json", &secrets::inputs());
        put("trap.prov", secrets::TRAP);
        put("trap.inputs.json", &secrets::inputs());
        folder
    });
    folder.path()
}

/// A call of a command among them.
fn call(arguments: &[&str]) -> Answer {
    provable(arguments).in_folder(desk()).call()
}

/// The events of a log in JSON, every line of which must be one.
#[track_caller]
fn events(log: &str) -> Vec<Value> {
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    log.lines().map(read).collect()
}

fn text<'a>(event: &'a Value, pointer: &str) -> &'a str {
    event.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

/// What an event is about: the span that it closes, or its own message, each after its target.
fn name(event: &Value) -> String {
    let target = text(event, "/target");
    let target = target.strip_prefix("provable::").unwrap_or(target);
    match text(event, "/fields/message") {
        "close" => format!("{target}: {}", text(event, "/span/name")),
        message => format!("{target}: {message}"),
    }
}
