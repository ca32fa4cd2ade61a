//! Completeness: a run that halts has a satisfying witness. This is also the control of the other modules, since without it a
//! refusal would say nothing.

use crate::support::assert_refused::unchanged_rows;
use crate::support::false_witness::FalseWitness;
use crate::support::{Case, PROGRAMS, assemble, tiny, tiny_circuits};
use provable::circuit::ExecutionTrace;
use provable::circuit::operations::{COP_DIV, COP_GT, COP_MOD, COP_ROTL, COP_SHL, COP_SHR};
use provable::vm::{Inputs, Limits};
use std::collections::BTreeSet;

#[test]
fn every_instruction_has_a_satisfying_row() {
    let circuit = tiny();
    for (name, text, public, secret) in PROGRAMS {
        let case = Case::new(&circuit, &assemble(text), public, secret);
        case.expect_satisfied(name);
    }
}

/// The prover of false witnesses, without a change, is accepted.
#[test]
fn honest_witnesses_are_accepted() {
    let [short, full] = tiny_circuits();
    for (text, public, outputs) in [
        ("", &[][..], &[][..]),
        (
            "PUSH 4294967295,PUSH 2,ADD,WRITE,JC 6,PUSH 9,PUSH 2,PUSH 3,SUB,WRITE",
            &[],
            &[1, 4294967295],
        ),
        (
            "PUSH 2,PUSH 3,LT,WRITE,PUSH 3,PUSH 3,EQ,WRITE,PUSH 9,PUSH 3,GT,WRITE",
            &[],
            &[1, 1, 1],
        ),
        (
            "PUSH 5,STORE 0,PUSH 6,PUSH 0,STORE,LOAD 0,WRITE,PUSH 0,LOAD,WRITE",
            &[],
            &[6, 6],
        ),
        (
            "PUSH 7,MUL 3,ADD 4294967295,WRITE,PUSH 1,ROTL 31,MULHI 6,WRITE,PUSH 9,SUB 10,SWAP 0,WRITE",
            &[],
            &[20, 3, 4294967295],
        ),
        (
            "PUSH 8,PUSH 7,PUT 4294967295,LOADX 4294967295,DUP 0,MUL 3,WRITE,DUP 0,STORE 1,LOAD 1,ADD,WRITE",
            &[],
            &[21, 14],
        ),
        (
            "PUSH 2147483649,PUSH 1,NOP,ROTR,WRITE,PUSH 5,PUSH 4,NOP,STORE,LOAD 4,EQ 0,JNZ 0,PUSH 1,POP,JMP 15",
            &[],
            &[3221225472],
        ),
        ("CALL 3,PUSH 1,HALT,PUSH 7,CALL 6,RET,RET", &[], &[]),
        (
            "READ,READ,DUP 1,SWAP 1,SWAP 2,NOT,WRITE,DUP 0,WRITE,WRITE",
            &[5, 6],
            &[4294967290, 5, 5],
        ),
        (
            "PUSH 1,JZ 0,PUSH 0,JZ 5,HALT,PUSH 0,JNZ 0,PUSH 1,JNZ 10,HALT,PUSH 1,ASSERT,NOP",
            &[],
            &[],
        ),
    ] {
        for circuit in [&short, &full] {
            let tapes = (public, outputs);
            let mut witness =
                FalseWitness::of(circuit, assemble(text), tapes, None, unchanged_rows);
            assert_eq!(witness.violations(), (BTreeSet::new(), 0), "{text}");
        }
    }
}

/// The machine never makes a trace with such a question.
#[test]
fn a_question_without_an_answer_breaks_a_constraint() {
    let circuit = tiny();
    for (op, a, b) in [
        (COP_DIV, 5, 0),
        (COP_DIV, 0, 0),
        (COP_MOD, u32::MAX, 0),
        (COP_SHL, u32::MAX, 63),
        (COP_SHL, 1, 64),
        (COP_SHR, 1, 32),
        (COP_ROTL, 1, 32),
        (COP_ROTL, u32::MAX, 64),
        (COP_MOD + 2, 5, 1),
        (COP_SHR, 0, u32::MAX),
        (0, 5, 6),
        (COP_GT + 1, 5, 6),
    ] {
        let program = assemble("NOP");
        let mut trace =
            ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).unwrap();
        trace.questions.insert((op, a, b), 1);
        let mut case = Case::new(&circuit, &program, &[], &[]);
        case.assignment = trace.commit(&circuit.layout).unwrap();
        case.complete();
        assert!(case.failure().is_some(), "{op} {a} {b}");
    }
}
