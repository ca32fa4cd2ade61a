//! The digest and the file of a trace, compared with the definition.

use super::{inputs, program};
use crate::lang::program::Program;
use crate::vm::{Inputs, Limits, Machine, run_digested, run_traced, trace_json};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::convert::Infallible;

#[derive(Serialize, Debug, PartialEq)]
pub(super) struct State {
    pc: u32,
    stack: Vec<u32>,
    heap: BTreeMap<u32, u32>,
    flags: u8,
}

pub(super) fn captured(machine: &Machine<'_>) -> State {
    State {
        pc: machine.pc(),
        stack: machine.stack().to_vec(),
        heap: machine.heap().collect(),
        flags: u8::from(machine.carry()),
    }
}

pub(super) fn states(program: &Program, inputs: &Inputs, limits: Limits) -> Vec<State> {
    let mut states = Vec::new();
    let observer = |machine: &Machine<'_>| {
        states.push(captured(machine));
        Ok::<_, Infallible>(())
    };
    let _ = run_traced(program, inputs, limits, observer);
    states
}

pub(super) fn naive_digest(states: &[State]) -> [u8; 32] {
    let bytes: Vec<u8> = states
        .iter()
        .flat_map(|state| bincode::serialize(state).unwrap())
        .collect();
    Sha256::digest(bytes).into()
}

const PROGRAMS: &[&str] = &[
    "",
    "HALT",
    "PUSH 3; PUSH 1; SUB; DUP; JNZ 1; HALT",
    "PUSH 1; STORE 4294967295; PUSH 2; STORE 0; PUSH 3; STORE 63; PUSH 4; STORE 64; PUSH 5; STORE 1",
    "PUSH 0; PUSH 1; SUB; STORE 7; RET",
    "READ; SECRET; ADD; WRITE",
];

#[test]
fn the_digest_equals_that_of_the_naive_definition() {
    let inputs = inputs(&[7], &[9]);
    for text in PROGRAMS {
        let program = program(text);
        let states = states(&program, &inputs, Limits::default());
        let (outcome, digest) = run_digested(&program, &inputs, Limits::default()).unwrap();
        assert_eq!(digest, naive_digest(&states), "{text}");
        assert_eq!(states.len() as u64, outcome.steps + 1, "{text}");
    }
}

#[test]
fn the_encoding_is_the_documented_one() {
    // pc u32, stack length u64 and words, heap length u64 and pairs, flags u8, all little-endian: by hand.
    let mut bytes = Vec::new();
    for (pc, stack) in [(0u32, &[][..]), (1, &[7u32])] {
        bytes.extend(pc.to_le_bytes());
        bytes.extend((stack.len() as u64).to_le_bytes());
        bytes.extend(stack.iter().flat_map(|word| word.to_le_bytes()));
        bytes.extend(0u64.to_le_bytes());
        bytes.push(0);
    }
    let (_, digest) =
        run_digested(&program("PUSH 7"), &Inputs::default(), Limits::default()).unwrap();
    assert_eq!(digest, <[u8; 32]>::from(Sha256::digest(bytes)));
}

#[test]
fn a_trace_holds_a_state_for_halt_and_one_for_the_end() {
    let pcs = |text: &str| {
        let states = states(&program(text), &Inputs::default(), Limits::default());
        states.iter().map(|state| state.pc).collect::<Vec<_>>()
    };
    assert_eq!(pcs("NOP; HALT"), [0, 1, 1]);
    assert_eq!(pcs("NOP; NOP"), [0, 1, 2]);
    assert_eq!(pcs("NOP; RET"), [0, 1, 1]); // a trap is a step
    assert_eq!(pcs(""), [0]);
}

#[test]
fn the_file_holds_every_state_and_the_end() {
    let text = |program_text| {
        let mut out = Vec::new();
        let inputs = inputs(&[], &[]);
        trace_json(&program(program_text), &inputs, Limits::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let expected = r#"{"states":[
{"pc":0,"stack":[],"heap":{},"flags":0},
{"pc":1,"stack":[7],"heap":{},"flags":0},
{"pc":2,"stack":[],"heap":{"5":7},"flags":0},
{"pc":2,"stack":[],"heap":{"5":7},"flags":0}
],"status":"halted","steps":3,"outputs":[],"trap":null}
"#;
    assert_eq!(text("PUSH 7; STORE 5; HALT"), expected);
    let trapped: serde_json::Value = serde_json::from_str(&text("PUSH 1; WRITE; RET")).unwrap();
    assert_eq!(trapped["status"], "trapped");
    assert_eq!(trapped["outputs"], serde_json::json!([1]));
    assert_eq!(trapped["trap"]["line"], 3);
    assert_eq!(trapped["states"].as_array().unwrap().len(), 4);
}

#[test]
fn an_observer_can_stop_the_run() {
    let program = program("JMP 0");
    let mut seen = 0;
    let stopped = run_traced(&program, &Inputs::default(), Limits::default(), |_| {
        seen += 1;
        if seen == 5 { Err("enough") } else { Ok(()) }
    });
    assert_eq!(stopped.err(), Some("enough"));
}
