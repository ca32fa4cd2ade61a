//! Completeness at a tiny tier: what the interpreter accepts has a satisfying assignment.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{assemble, tiny, Case};

#[test]
fn every_instruction_has_a_satisfying_row() {
    let circuit = tiny();
    for (name, text, public, secret) in support::PROGRAMS {
        let case = Case::new(&circuit, &assemble(text), public, secret);
        case.expect_satisfied(name);
    }
}
