//! Programs of several files.

mod breakpoints;
mod stories;

use provable_tests::dap::Debugger;
use serde_json::{Value, json};
use std::path::PathBuf;

const MAIN: &str = r#".use "./lib"
.use "std@1/math"
.const BASE 3
.var counter
    PUSH BASE
    PUSH 4
    CALL lib.area
    STORE counter
    PUSH 10
    .inline lib.double
    .inline lib.double
    WRITE
    PUSH 7
    PUSH 9
    CALL math.mul64
    POP
    WRITE
    LOAD counter
    CALL lib.check
    HALT
"#;

const LIB: &str = r#".use "./deep"
.const LIMIT 20
.var last
.routine area ( a b -- c )
    MUL
    DUP
    STORE last
    RET

.routine double ( a -- b )
    .inline deep.twice
    ADD
    RET

.routine check ( a -- )
    PUSH LIMIT
    GT
    ASSERT
    RET

.routine unused ( -- )
    RET
"#;

const DEEP: &str = ".routine twice ( a -- a a )\n    DUP\n    RET\n";

/// A folder of files, of which the first is the program.
struct Folder {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let program = folder.path().join(files[0].0);
        Folder { folder, program }
    }

    fn three() -> Folder {
        Folder::new(&[("main.prov", MAIN), ("lib.prov", LIB), ("deep.prov", DEEP)])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The frames, as `name file:line`.
fn places(debugger: &mut Debugger) -> Vec<String> {
    let body = debugger.ok("stackTrace", json!({ "threadId": 1 }));
    let frames = body["stackFrames"].as_array().unwrap();
    assert_eq!(body["totalFrames"], frames.len());
    let place = |frame: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let (name, file) = (text(&frame["name"]), text(&frame["source"]["name"]));
        format!("{name} {file}:{}", frame["line"])
    };
    frames.iter().map(place).collect()
}

/// Where the program is: its step and its frames.
fn here(debugger: &mut Debugger) -> (u64, Vec<String>) {
    (debugger.step(), places(debugger))
}

#[track_caller]
fn at(debugger: &mut Debugger, step: u64, expected: &[&str]) {
    assert_eq!(
        here(debugger),
        (step, expected.iter().map(|one| (*one).to_owned()).collect())
    );
}

/// The steps at which the program stops, on the way to the end and on the way back.
#[track_caller]
fn stops(debugger: &mut Debugger, expected: &[u64]) {
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
    assert_eq!((ahead.as_slice(), back.as_slice()), (expected, expected));
}
