//! Every instruction: what it leaves on the stack, in the carry flag and in the rest of the state.

use super::{inputs, outcome, program};
use crate::lang::isa::{OperandKind, SPECS};
use crate::vm::{Ending, Limits, Outcome, run};

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
    ("PUSH 2147483649; PUSH 1; ROTL",                &[3]),
    ("PUSH 5; PUSH 0; ROTL",                         &[5]),
    ("PUSH 3; PUSH 31; ROTL",                        &[0x8000_0001]),
    ("PUSH 3; PUSH 1; ROTR",                         &[0x8000_0001]),
    ("PUSH 5; PUSH 0; ROTR",                         &[5]),
    ("PUSH 1; PUSH 31; ROTR",                        &[2]),
    ("PUSH 65536; PUSH 65537; MULHI",                &[1]),
    ("PUSH 4294967295; PUSH 4294967295; MULHI",      &[MAX - 1]),
    ("PUSH 4294967295; PUSH 1; MULHI",               &[0]),
    ("PUSH 7; STORE 5; PUSH 5; LOADX",               &[7]),
    ("PUSH 7; STORE 5; PUSH 2; LOADX 3",             &[7]),
    ("PUSH 7; STORE 5; PUSH 9; LOADX -4",            &[7]),
    ("PUSH 7; STORE 0; PUSH 2147483648; LOADX -2147483648", &[7]),
    ("PUSH 7; STORE 4294967295; PUSH 2147483648; LOADX 2147483647", &[7]),
    ("PUSH 5; PUSH 7; PUT; LOAD 5",                  &[5, 7]),
    ("PUSH 5; PUSH 7; PUT 3; LOAD 8",                &[5, 7]),
    ("PUSH 5; PUSH 7; PUT -5; LOAD 0",               &[5, 7]),
    ("PUSH 5; PUSH 7; PUT; PUSH 8; PUT; LOADX",      &[8]),
    // With an operand, which is the second word.
    ("PUSH 4294967295; ADD 2",                       &[1]),
    ("PUSH 3; SUB 5",                                &[MAX - 1]),
    ("PUSH 6; MUL 7",                                &[42]),
    ("PUSH 7; DIV 2",                                &[3]),
    ("PUSH 7; MOD 2",                                &[1]),
    ("PUSH 12; AND 10",                              &[8]),
    ("PUSH 12; OR 10",                               &[14]),
    ("PUSH 12; XOR 10",                              &[6]),
    ("PUSH 3; SHL 31",                               &[1 << 31]),
    ("PUSH 6; SHR 1",                                &[3]),
    ("PUSH 5; EQ 5",                                 &[1]),
    ("PUSH 5; EQ 0",                                 &[0]),
    ("PUSH 1; LT 4294967295",                        &[1]),
    ("PUSH 5; LT 5",                                 &[0]),
    ("PUSH 4294967295; GT 1",                        &[1]),
    ("PUSH 5; GT 5",                                 &[0]),
    ("PUSH 2147483649; ROTL 1",                      &[3]),
    ("PUSH 3; ROTR 1",                               &[0x8000_0001]),
    ("PUSH 65536; MULHI 65537",                      &[1]),
    ("PUSH 9; PUSH 3; SUB 1",                        &[9, 2]), // the word below stays
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
    let input = ["READ", "SECRET", "SHA256"]; // these have tests of their own
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
fn an_operation_of_two_words_does_the_same_with_an_operand() {
    let binary = SPECS
        .iter()
        .filter(|spec| spec.operand == OperandKind::OptionalWord);
    for mnemonic in binary.map(|spec| spec.mnemonic) {
        for (a, b) in [
            (7, 3),
            (3, 7),
            (MAX, 31),
            (0, 0),
            (1 << 31, 1),
            (5, 32),
            (MAX, MAX),
        ] {
            let on_stack = outcome(&format!("PUSH {a}; PUSH {b}; {mnemonic}"));
            let written = outcome(&format!("PUSH {a}; {mnemonic} {b}"));
            let reason = |outcome: &Outcome| outcome.trap().map(|trap| trap.reason.clone());
            assert_eq!(reason(&on_stack), reason(&written), "{a} {mnemonic} {b}");
            assert_eq!(on_stack.carry, written.carry, "{a} {mnemonic} {b}");
            match reason(&written) {
                Some(_) => assert_eq!(written.stack, [a], "{a} {mnemonic} {b}"),
                None => assert_eq!(on_stack.stack, written.stack, "{a} {mnemonic} {b}"),
            }
        }
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
        ("PUSH 4294967295; ADD 1",           true),
        ("PUSH 5; SUB 6",                    true),
        ("PUSH 65536; MUL 65536",            true),
        ("PUSH 0; SUB 1; MULHI 9; ROTL 3",   true),  // kept
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
