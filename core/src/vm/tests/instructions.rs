//! Every instruction: what it leaves on the stack, in the carry flag and in the rest of the state.

use super::{inputs, outcome, program};
use crate::lang::isa::SPECS;
use crate::vm::{Ending, Limits, run};

const MAX: u32 = u32::MAX;

/// Program, stack afterwards (top last).
#[rustfmt::skip]
const STACKS: &[(&str, &[u32])] = &[
    ("",                                             &[]),
    ("PUSH 7",                                       &[7]),
    ("PUSH 4294967295",                              &[MAX]),
    ("PUSH 7; POP",                                  &[]),
    ("PUSH 1; PUSH 2; DUP",                          &[1, 2, 2]),
    ("PUSH 1; PUSH 2; DUP 0",                        &[1, 2, 2]),
    ("PUSH 1; PUSH 2; PUSH 3; DUP 2",                &[1, 2, 3, 1]),
    ("PUSH 1; PUSH 2; SWAP",                         &[2, 1]),
    ("PUSH 1; PUSH 2; PUSH 3; SWAP 2",               &[3, 2, 1]),
    ("PUSH 1; SWAP 0",                               &[1]),
    ("PUSH 2; PUSH 3; ADD",                          &[5]),
    ("PUSH 4294967295; PUSH 2; ADD",                 &[1]),
    ("PUSH 5; PUSH 3; SUB",                          &[2]),
    ("PUSH 3; PUSH 5; SUB",                          &[MAX - 1]),
    ("PUSH 6; PUSH 7; MUL",                          &[42]),
    ("PUSH 65536; PUSH 65537; MUL",                  &[65536]),
    ("PUSH 7; PUSH 2; DIV",                          &[3]),
    ("PUSH 4294967295; PUSH 4294967295; DIV",        &[1]),
    ("PUSH 7; PUSH 2; MOD",                          &[1]),
    ("PUSH 2; PUSH 7; MOD",                          &[2]),
    ("PUSH 12; PUSH 10; AND",                        &[8]),
    ("PUSH 12; PUSH 10; OR",                         &[14]),
    ("PUSH 12; PUSH 10; XOR",                        &[6]),
    ("PUSH 1; NOT",                                  &[MAX - 1]),
    ("PUSH 3; PUSH 31; SHL",                         &[1 << 31]),
    ("PUSH 3; PUSH 0; SHL",                          &[3]),
    ("PUSH 4294967295; PUSH 31; SHR",                &[1]),
    ("PUSH 6; PUSH 1; SHR",                          &[3]),
    ("PUSH 5; PUSH 5; EQ",                           &[1]),
    ("PUSH 5; PUSH 6; EQ",                           &[0]),
    ("PUSH 1; PUSH 4294967295; LT",                  &[1]),
    ("PUSH 5; PUSH 5; LT",                           &[0]),
    ("PUSH 4294967295; PUSH 1; GT",                  &[1]),
    ("PUSH 5; PUSH 5; GT",                           &[0]),
    ("JMP 2; PUSH 1; PUSH 2",                        &[2]),
    ("PUSH 0; JZ 3; PUSH 1; PUSH 2",                 &[2]),
    ("PUSH 9; JZ 3; PUSH 1; PUSH 2",                 &[1, 2]),
    ("PUSH 9; JNZ 3; PUSH 1; PUSH 2",                &[2]),
    ("PUSH 0; JNZ 3; PUSH 1; PUSH 2",                &[1, 2]),
    ("JC 2; PUSH 1; PUSH 2",                         &[1, 2]),
    ("JNC 2; PUSH 1; PUSH 2",                        &[2]),
    ("PUSH 0; PUSH 1; SUB; JC 5; PUSH 1; PUSH 2",    &[MAX, 2]),
    ("PUSH 0; PUSH 1; SUB; JNC 5; PUSH 1; PUSH 2",   &[MAX, 1, 2]),
    ("CALL 3; PUSH 2; HALT; PUSH 1; RET",            &[1, 2]),
    ("CALL 2; HALT; CALL 4; RET; PUSH 1; RET",       &[1]),
    ("JMP 2; RET; CALL 1",                           &[]), // RET to the end of the program
    ("PUSH 7; STORE 5; LOAD 5; LOAD 5",              &[7, 7]),
    ("PUSH 7; PUSH 5; STORE; PUSH 5; LOAD",          &[7]),
    ("PUSH 7; STORE 5; PUSH 8; STORE 5; LOAD 5",     &[8]),
    ("PUSH 0; STORE 4294967295; LOAD 4294967295",    &[0]),
    ("PUSH 1; ASSERT",                               &[]),
    ("PUSH 4294967295; ASSERT",                      &[]),
    ("NOP",                                          &[]),
    ("PUSH 1; HALT; PUSH 2",                         &[1]),
    ("PUSH 1; WRITE",                                &[]),
];

#[test]
fn instructions_leave_these_stacks() {
    for (text, stack) in STACKS {
        let outcome = outcome(text);
        assert_eq!(outcome.status, Ending::Halted, "{text}");
        assert_eq!(outcome.stack, *stack, "{text}");
    }
}

#[test]
fn every_instruction_has_a_specification() {
    let input = ["READ", "SECRET"]; // these are in the test of the tapes
    for spec in SPECS.iter().filter(|spec| !input.contains(&spec.mnemonic)) {
        let named = |text: &str| text.split([' ', ';']).any(|word| word == spec.mnemonic);
        assert!(
            STACKS.iter().any(|(text, _)| named(text)),
            "{}",
            spec.mnemonic
        );
    }
}

#[test]
fn add_sub_and_mul_set_the_carry() {
    #[rustfmt::skip]
    let cases = [
        ("PUSH 4294967295; PUSH 0; ADD",     false),
        ("PUSH 4294967295; PUSH 1; ADD",     true),
        ("PUSH 5; PUSH 5; SUB",              false),
        ("PUSH 5; PUSH 6; SUB",              true),
        ("PUSH 65535; PUSH 65537; MUL",      false), // 2^32 - 1
        ("PUSH 65536; PUSH 65536; MUL",      true),  // 2^32
        ("PUSH 0; PUSH 4294967295; MUL",     false),
        ("PUSH 0; PUSH 1; SUB; PUSH 1; SUB", false), // set, then cleared
    ];
    for (text, carry) in cases {
        assert_eq!(outcome(text).carry, carry, "{text}");
    }
}

#[test]
fn the_tapes_are_read_and_written_in_order() {
    let program = program("READ; WRITE; SECRET; WRITE; READ; WRITE");
    let outcome = run(&program, &inputs(&[1, 2], &[3, 4]), Limits::default());
    assert_eq!(outcome.status, Ending::Halted); // secret words may be left
    assert_eq!(outcome.outputs, [1, 3, 2]);
    assert_eq!((outcome.public_read, outcome.secret_read), (2, 1));
}

#[test]
fn halt_the_end_and_a_jump_to_the_end_all_halt() {
    #[rustfmt::skip]
    let cases = [
        // program          steps  pc
        ("",                0,     0),
        ("HALT",            1,     0), // HALT is a step and leaves pc
        ("NOP; HALT",       2,     1),
        ("NOP",             1,     1), // the end is no step
        ("JMP 2; NOP",      1,     2),
        ("CALL 1",          1,     1),
    ];
    for (text, steps, pc) in cases {
        let outcome = outcome(text);
        assert_eq!(
            (outcome.status, outcome.steps, outcome.pc),
            (Ending::Halted, steps, pc)
        );
    }
}

#[test]
fn open_calls_are_part_of_the_outcome() {
    assert_eq!(outcome("CALL 1; CALL 3; NOP; HALT").calls, [1, 2]);
}
