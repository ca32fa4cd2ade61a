//! Runs, with the digests of their traces.

use crate::folder::lines;
use crate::texts;
use provable::vm::run_digested;
use provable::{Inputs, Limits, Program};
use serde_json::{Value, json};

/// A text with its public and secret input.
const MORE: [(&str, &[u32], &[u32]); 7] = [
    ("", &[], &[]),
    ("HALT", &[], &[]),
    ("PUSH 1\nSUB 2\nJC 4\nHALT\nPUSH 7\nWRITE", &[], &[]),
    ("PUSH 1\nPUSH 0\nDIV", &[], &[]),
    ("READ", &[1, 2], &[]),
    ("HALT", &[5], &[]),
    (
        ".data S at 0 1, 2, 3, 4, 5, 6, 7, 8\n.data B at 64 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0\nPUSH S\nPUSH B\nSHA256\nLOADX 7\nWRITE",
        &[],
        &[],
    ),
];

/// The file.
pub fn vectors() -> Vec<u8> {
    let proved = texts::PROVED.iter();
    let proved = proved.filter(|run| !run.0.starts_with("sum-"));
    let runs = proved.map(|run| (run.1, run.2, run.3)).chain(MORE);
    let entries: Vec<Value> = runs
        .map(|(text, public, secret)| run(text, public, secret))
        .collect();
    lines(&[("runs", entries)])
}

fn run(text: &str, public: &[u32], secret: &[u32]) -> Value {
    let program: Program = text.parse().unwrap();
    let inputs = Inputs::new(public, secret);
    let (outcome, digest) = run_digested(&program, &inputs, Limits::default()).unwrap();
    json!({
        "text": text,
        "public": public,
        "secret": secret,
        "halts": outcome.trap().is_none(),
        "steps": outcome.steps,
        "outputs": outcome.outputs,
        "trace_digest": hex::encode(digest),
    })
}
