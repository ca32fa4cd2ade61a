//! Every trap: its reason, its place, and the state that it leaves as it was.

use super::{inputs, outcome, program};
use crate::lang::isa::{Op, SPECS};
use crate::lang::program::{Instruction, Program};
use crate::vm::TrapReason::{self, *};
use crate::vm::{Inputs, Limits, Machine, Outcome, Status, Trap, run};

fn underflow(needs: u64, depth: usize) -> TrapReason {
    StackUnderflow { needs, depth }
}

fn assert_traps(outcome: &Outcome, reason: TrapReason, stack: &[u32], text: &str) {
    let pc = outcome.pc;
    // The programs of these tests have one instruction a line.
    assert_eq!(
        outcome.trap(),
        Some(&Trap {
            reason,
            pc,
            line: Some(pc + 1)
        }),
        "{text}"
    );
    assert_eq!(outcome.stack, stack, "{text}");
}

#[test]
fn each_trap_has_its_reason_and_counts_as_a_step() {
    let outside = |target, length| JumpOutside { target, length };
    #[rustfmt::skip]
    let cases: &[(&str, TrapReason, &[u32])] = &[
        ("PUSH 7; PUSH 0; DIV",    DivisionByZero,                      &[7, 0]),
        ("PUSH 7; PUSH 0; MOD",    DivisionByZero,                      &[7, 0]),
        ("PUSH 7; PUSH 32; SHL",   ShiftTooLong { distance: 32 },       &[7, 32]),
        ("PUSH 7; PUSH 4294967295; SHR", ShiftTooLong { distance: u32::MAX }, &[7, u32::MAX]),
        ("LOAD 3",                 NeverStored { address: 3 },          &[]),
        ("PUSH 3; LOAD",           NeverStored { address: 3 },          &[3]),
        ("PUSH 1; STORE 2; LOAD 3", NeverStored { address: 3 },         &[]), // its page is there
        ("PUSH 0; ASSERT",         AssertionFailed,                     &[0]),
        ("RET",                    NoOpenCall,                          &[]),
        ("CALL 2; NOP; RET; RET",  NoOpenCall,                          &[]),
        ("READ",                   PublicInputExhausted { read: 0 },    &[]),
        ("SECRET",                 SecretInputExhausted { read: 0 },    &[]),
        ("JMP 2",                  outside(2, 1),                       &[]),
        ("PUSH 0; JZ 3",           outside(3, 2),                       &[0]),
        ("PUSH 1; JNZ 3",          outside(3, 2),                       &[1]),
        ("JNC 4294967295",         outside(u32::MAX, 1),                &[]),
        ("PUSH 0; PUSH 1; SUB; JC 5", outside(5, 4),                    &[u32::MAX]),
        ("CALL 2",                 outside(2, 1),                       &[]),
        ("PUSH 1; DUP 1",          underflow(2, 1),                     &[1]),
        ("PUSH 1; SWAP",           underflow(2, 1),                     &[1]),
        ("SWAP 0",                 underflow(1, 0),                     &[]),
        ("PUSH 1; DUP 4294967295", underflow(1 << 32, 1),               &[1]),
        ("PUSH 1; SWAP 4294967295", underflow(1 << 32, 1),              &[1]),
        ("PUSH 1; STORE",          underflow(2, 1),                     &[1]),
        ("LOAD",                   underflow(1, 0),                     &[]),
        ("PUSH 7; DIV 0",          DivisionByZero,                      &[7]),
        ("PUSH 7; MOD 0",          DivisionByZero,                      &[7]),
        ("PUSH 7; SHL 32",         ShiftTooLong { distance: 32 },       &[7]),
        ("PUSH 7; SHR 40",         ShiftTooLong { distance: 40 },       &[7]),
        ("PUSH 7; ROTL 32",        ShiftTooLong { distance: 32 },       &[7]),
        ("PUSH 7; ROTR 4294967295", ShiftTooLong { distance: u32::MAX }, &[7]),
        ("PUSH 7; PUSH 32; ROTL",  ShiftTooLong { distance: 32 },       &[7, 32]),
        ("PUSH 7; PUSH 33; ROTR",  ShiftTooLong { distance: 33 },       &[7, 33]),
        ("ADD 1",                  underflow(1, 0),                     &[]),
        ("PUSH 1; ADD",            underflow(2, 1),                     &[1]),
        ("PUSH 3; LOADX",          NeverStored { address: 3 },          &[3]),
        ("PUSH 3; LOADX -1",       NeverStored { address: 2 },          &[3]),
        ("PUSH 3; LOADX -4",       NoAddress { base: 3, offset: -4 },   &[3]),
        ("PUSH 4294967295; LOADX 1", NoAddress { base: u32::MAX, offset: 1 }, &[u32::MAX]),
        ("PUSH 0; LOADX -2147483648", NoAddress { base: 0, offset: i32::MIN }, &[0]),
        ("PUSH 3; PUSH 9; PUT -4", NoAddress { base: 3, offset: -4 },   &[3, 9]),
        ("PUSH 4294967294; PUSH 9; PUT 2", NoAddress { base: u32::MAX - 1, offset: 2 }, &[u32::MAX - 1, 9]),
        ("LOADX 1",                underflow(1, 0),                     &[]),
        ("PUSH 1; PUT",            underflow(2, 1),                     &[1]),
    ];
    for (text, reason, stack) in cases {
        let outcome = outcome(text);
        assert_traps(&outcome, reason.clone(), stack, text);
        let takes_all = !text.contains("CALL 2;");
        let length = program(text).instructions().len() as u64;
        assert!(
            !takes_all || outcome.steps == length,
            "{text}: {} steps",
            outcome.steps
        );
    }
}

#[test]
fn jumps_not_taken_may_point_anywhere() {
    for text in [
        "PUSH 1; JZ 99",
        "PUSH 0; JNZ 99",
        "JC 99",
        "PUSH 0; PUSH 1; SUB; JNC 99",
    ] {
        assert_eq!(outcome(text).trap(), None, "{text}");
    }
}

#[test]
fn every_instruction_traps_on_one_word_too_few() {
    for spec in &SPECS {
        let operand = Some(match spec.op {
            Op::Dup | Op::Swap => 3,
            _ => 0,
        });
        for operand in [operand, None] {
            let needs = spec.op.effect(operand).needs;
            let Some(depth) = needs.checked_sub(1) else {
                continue;
            };
            let push = Instruction {
                op: Op::Push,
                operand: Some(1),
            };
            let last = Instruction {
                op: spec.op,
                operand,
            };
            let all = std::iter::repeat_n(push, depth as usize).chain([last]);
            let program = Program::new(all.zip(1..));
            let outcome = run(&program, &Inputs::default(), Limits::default());
            let stack = vec![1; depth as usize];
            assert_traps(
                &outcome,
                underflow(needs, stack.len()),
                &stack,
                spec.mnemonic,
            );
        }
    }
}

#[test]
fn an_operand_that_is_needed_and_missing_traps() {
    for op in [Op::Push, Op::Jmp, Op::Jc, Op::Jnc, Op::Call] {
        let program = Program::new([(Instruction { op, operand: None }, 1)]);
        let outcome = run(&program, &Inputs::default(), Limits::default());
        assert_traps(&outcome, OperandMissing, &[], op.spec().mnemonic);
    }
}

#[test]
fn public_input_left_unread_traps_where_the_program_halts() {
    #[rustfmt::skip]
    let cases = [
        // program             steps  pc  line
        ("READ; HALT",         2,     1,  Some(2)), // the HALT is the instruction that traps
        ("READ; NOP",          2,     2,  Some(2)), // the end is no instruction, so no step
        ("",                   0,     0,  None),
    ];
    for (text, steps, pc, line) in cases {
        let outcome = run(&program(text), &inputs(&[1, 2, 3], &[]), Limits::default());
        let left = 3 - outcome.public_read;
        let trap = Trap {
            reason: PublicInputUnread { left },
            pc,
            line,
        };
        assert_eq!(
            (outcome.trap(), outcome.steps),
            (Some(&trap), steps),
            "{text}"
        );
    }
}

#[test]
fn a_trap_keeps_outputs_flags_and_calls() {
    let outcome = outcome("PUSH 0; PUSH 1; SUB; WRITE; CALL 5; PUSH 0; ASSERT");
    assert_eq!(outcome.outputs, [u32::MAX]);
    assert!(outcome.carry);
    assert_eq!(
        (outcome.calls, outcome.stack, outcome.pc),
        (vec![5], vec![0], 6)
    );
}

#[test]
fn a_run_that_ended_repeats_its_answer() {
    let (halts, traps, inputs) = (program("HALT; NOP"), program("NOP; RET"), Inputs::default());
    let mut machine = Machine::new(&halts, &inputs, Limits::default());
    for _ in 0..3 {
        assert_eq!(machine.step(), Ok(Status::Halted));
        assert_eq!(
            (machine.steps(), machine.pc(), machine.has_ended()),
            (1, 0, true)
        );
    }
    let mut machine = Machine::new(&traps, &inputs, Limits::default());
    assert_eq!(machine.step(), Ok(Status::Running));
    for _ in 0..3 {
        assert_eq!(
            machine.step(),
            Err(Trap {
                reason: NoOpenCall,
                pc: 1,
                line: Some(2)
            })
        );
        assert_eq!((machine.steps(), machine.pc()), (2, 1));
    }
}

#[test]
fn messages_name_place_and_reason() {
    #[rustfmt::skip]
    let cases = [
        ("PUSH 1; ADD",  "line 2 (instruction 1): the instruction needs 2 words, the stack holds 1"),
        ("DUP",          "line 1 (instruction 0): the instruction needs 1 word, the stack holds 0"),
        ("LOAD 9",       "line 1 (instruction 0): nothing was ever stored at address 9"),
        ("JMP 9",        "line 1 (instruction 0): jump to 9, outside the program, which ends at 1"),
        ("PUSH 1; LOADX -2", "line 2 (instruction 1): 1 and the offset -2 make no address; addresses are from 0 to 4294967295"),
        ("READ",         "line 1 (instruction 0): no public input is left; 0 words were read"),
    ];
    for (text, message) in cases {
        assert_eq!(outcome(text).trap().unwrap().to_string(), message);
    }
}
