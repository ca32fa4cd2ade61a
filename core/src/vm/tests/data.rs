//! Words of data: in the heap before the first step.

use super::{inputs, program};
use crate::lang::program::Program;
use crate::vm::replay::{Edit, Recording};
use crate::vm::{
    Ending, Inputs, Limits, Machine, Status, TrapReason, run, run_digested, trace_json,
};

fn with_data(text: &str, data: &[(u32, u32)]) -> Program {
    program(text).with_data(data.iter().copied())
}

#[test]
fn data_are_in_the_heap_when_a_run_starts() {
    let program = with_data(
        "LOAD 5; LOAD 4294967295; STORE 5; LOAD 6",
        &[(u32::MAX, 9), (5, 7)],
    );
    let inputs = Inputs::default();
    let machine = Machine::new(&program, &inputs, Limits::default());
    assert_eq!(machine.heap().collect::<Vec<_>>(), [(5, 7), (u32::MAX, 9)]);
    let outcome = run(&program, &inputs, Limits::default());
    assert_eq!(outcome.stack, [7]);
    assert_eq!(
        outcome.trap().unwrap().reason,
        TrapReason::NeverStored { address: 6 }
    );
    // What the run stores replaces them for this run alone.
    assert_eq!(outcome.heap.get(5), Some(9));
    assert_eq!(program.data(), [(5, 7), (u32::MAX, 9)]);
}

#[test]
fn of_several_words_for_an_address_the_last_counts() {
    let program = with_data("", &[(3, 1), (2, 5), (3, 2), (3, 4)]);
    assert_eq!(program.data(), [(2, 5), (3, 4)]);
    assert_eq!(program.datum(3), Some(4));
    assert_eq!(program.datum(4), None);
}

#[test]
fn data_are_part_of_equality_and_of_the_digest() {
    let plain = program("LOAD 5");
    assert_eq!(plain.clone().with_data([]).digest(), plain.digest());
    assert_eq!(
        hex::encode(plain.digest()),
        "fd1bd67d5ab819115dca3ddb51425c5fe285353c507f444abb017862a54eeda0"
    );
    let one = with_data("LOAD 5", &[(5, 7)]);
    let others = [&[][..], &[(5, 8)], &[(6, 7)], &[(5, 7), (6, 0)], &[(7, 5)]];
    for other in others.map(|data| with_data("LOAD 5", data)) {
        assert_ne!(one, other);
        assert_ne!(one.digest(), other.digest());
    }
}

#[test]
fn the_digest_of_data_is_the_documented_one() {
    use sha2::{Digest, Sha256};
    let mut bytes = b"provable-vm program v1".to_vec();
    bytes.extend(1u64.to_le_bytes());
    bytes.extend([crate::lang::isa::Op::Nop as u8, 0, 0, 0, 0, 0]);
    let plain = <[u8; 32]>::from(Sha256::digest(&bytes));
    assert_eq!(program("NOP").digest(), plain);
    bytes.extend(b"data");
    bytes.extend(2u64.to_le_bytes());
    for word in [1u32, 2, 0x100, 0x0403_0201] {
        bytes.extend(word.to_le_bytes());
    }
    let digest = <[u8; 32]>::from(Sha256::digest(&bytes));
    assert_eq!(
        with_data("NOP", &[(0x100, 0x0403_0201), (1, 2)]).digest(),
        digest
    );
}

#[test]
fn data_over_the_memory_limit_trap_before_the_first_step() {
    let data: Vec<(u32, u32)> = (0..100).map(|page| (page * 64, page)).collect();
    let program = with_data("NOP; HALT", &data);
    let inputs = Inputs::default();
    let limits = Limits {
        max_memory: 10_000,
        ..Limits::default()
    };
    let outcome = run(&program, &inputs, limits);
    let trap = outcome.trap().unwrap();
    assert_eq!(
        trap.reason,
        TrapReason::DataTooLarge {
            count: 100,
            limit: 10_000
        }
    );
    assert_eq!(
        trap.to_string(),
        "the program's data, 100 words, take more than the memory limit of 10000 bytes"
    );
    assert_eq!((outcome.steps, outcome.heap.len()), (0, 0));
    let mut machine = Machine::new(&program, &inputs, limits);
    assert!(!machine.will_step() && machine.has_ended());
    assert_eq!(machine.step(), Err(trap.clone()));
    // The debugger stays there, wherever it is asked to go.
    let mut recording = Recording::new(&program, &inputs, limits);
    for position in [5, 0, 1] {
        assert_eq!(recording.jump(position), 0);
        assert_eq!(recording.machine().ending(), Some(Err(trap)));
    }
    recording.rewind(0);
    assert_eq!(recording.machine().ending(), Some(Err(trap)));
    // What fits exactly runs.
    let page = run(&with_data("", &[(0, 0)]), &inputs, Limits::default());
    let limits = Limits {
        max_memory: page.heap.bytes() * 100,
        ..limits
    };
    assert_eq!(run(&program, &inputs, limits).status, Ending::Halted);
}

#[test]
fn the_first_state_of_a_trace_has_the_data() {
    let program = with_data("PUSH 1; STORE 5", &[(5, 7)]);
    let inputs = inputs(&[], &[]);
    let mut out = Vec::new();
    trace_json(&program, &inputs, Limits::default(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let states: Vec<&str> = text.lines().skip(1).take(3).collect();
    assert_eq!(
        states,
        [
            r#"{"pc":0,"stack":[],"heap":{"5":7},"flags":0},"#,
            r#"{"pc":1,"stack":[1],"heap":{"5":7},"flags":0},"#,
            r#"{"pc":2,"stack":[],"heap":{"5":1},"flags":0}"#,
        ]
    );
    let states = super::trace::states(&program, &inputs, Limits::default());
    let (_, digest) = run_digested(&program, &inputs, Limits::default()).unwrap();
    assert_eq!(digest, super::trace::naive_digest(&states));
}

#[test]
fn a_recording_goes_back_to_the_data() {
    let program = with_data(
        "PUSH 1; STORE 5; PUSH 2; STORE 6; JMP 0",
        &[(5, 7), (900, 3)],
    );
    let inputs = Inputs::default();
    let limits = Limits {
        max_steps: 500,
        ..Limits::default()
    };
    let mut recording = Recording::new(&program, &inputs, limits);
    let heap = |recording: &Recording<'_>| recording.machine().heap().collect::<Vec<_>>();
    recording.jump(400);
    assert_eq!(heap(&recording), [(5, 1), (6, 2), (900, 3)]);
    recording.jump(1);
    assert_eq!(heap(&recording), [(5, 7), (900, 3)]);
    recording.jump(0);
    assert_eq!(heap(&recording), [(5, 7), (900, 3)]);
    recording
        .edit(Edit::Heap {
            address: 900,
            word: 4,
        })
        .unwrap();
    recording.jump(300);
    recording.jump(0);
    assert_eq!(heap(&recording), [(5, 7), (900, 4)]);
}

#[test]
fn a_program_of_data_alone_halts_at_once() {
    let program = with_data("", &[(1, 2)]);
    let inputs = Inputs::default();
    let mut machine = Machine::new(&program, &inputs, Limits::default());
    assert_eq!(machine.step(), Ok(Status::Halted));
    assert_eq!(machine.heap_get(1), Some(2));
}
