//! Completeness at a tiny tier: what the interpreter accepts has a satisfying assignment. And what it never makes, a
//! trace with a question that has no answer, has none, and an error for it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use provable::circuit::tuple::{COP_DIV, COP_GT, COP_MOD, COP_SHL, COP_SHR};
use provable::circuit::witness::ExecutionTrace;
use provable::vm::{Inputs, Limits};
use support::{Case, assemble, tiny};

#[test]
fn every_instruction_has_a_satisfying_row() {
    let circuit = tiny();
    for (name, text, public, secret) in support::PROGRAMS {
        let case = Case::new(&circuit, &assemble(text), public, secret);
        case.expect_satisfied(name);
    }
}

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
