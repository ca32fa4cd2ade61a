//! The limits of a run.

use super::{inputs, program};
use crate::vm::{Ending, Inputs, Limits, Outcome, TrapReason, run};

fn with(text: &str, limits: Limits) -> Outcome {
    run(&program(text), &Inputs::default(), limits)
}

fn steps(max_steps: u64) -> Limits {
    Limits {
        max_steps,
        ..Limits::default()
    }
}

#[test]
fn a_run_may_take_as_many_steps_as_the_limit_and_no_more() {
    assert_eq!(with("NOP; NOP; HALT", steps(3)).status, Ending::Halted);
    assert_eq!(with("NOP; NOP", steps(2)).status, Ending::Halted); // the end is no step
    let outcome = with("NOP; NOP; HALT", steps(2));
    assert_eq!(
        outcome.trap().unwrap().reason,
        TrapReason::StepLimit { limit: 2 }
    );
    assert_eq!((outcome.steps, outcome.pc), (2, 2));
    assert_eq!(with("HALT", steps(0)).steps, 0);
    assert_eq!(with("JMP 0", steps(1000)).steps, 1000);
}

#[test]
fn every_kind_of_growth_is_bounded_by_the_memory_limit() {
    let limit = 64 * 1024;
    #[rustfmt::skip]
    let cases = [
        ("the stack",  "PUSH 1; JMP 0"),
        ("DUP",        "PUSH 1; DUP; JMP 1"),
        ("calls",      "CALL 0"),
        ("the heap",   "PUSH 0; DUP; DUP; STORE; PUSH 999983; ADD; JMP 1"),
        ("the output", "PUSH 1; WRITE; JMP 0"),
        ("loads",      "PUSH 1; STORE 0; LOAD 0; JMP 2"),
    ];
    for (what, text) in cases {
        let outcome = with(
            text,
            Limits {
                max_memory: limit,
                ..Limits::default()
            },
        );
        assert_eq!(
            outcome.trap().unwrap().reason,
            TrapReason::MemoryLimit { limit },
            "{what}"
        );
        let words = outcome.stack.len() + outcome.calls.len() + outcome.outputs.len();
        assert!(words * 4 + outcome.heap.bytes() <= limit, "{what}");
        assert!(words * 4 + outcome.heap.bytes() > limit - 512, "{what}");
    }
}

#[test]
fn a_read_over_the_memory_limit_consumes_no_input() {
    let limits = Limits {
        max_memory: 4,
        ..Limits::default()
    };
    for text in ["PUSH 1; READ", "PUSH 1; SECRET"] {
        let outcome = run(&program(text), &inputs(&[1], &[1]), limits);
        assert_eq!(
            outcome.trap().unwrap().reason,
            TrapReason::MemoryLimit { limit: 4 }
        );
        assert_eq!((outcome.public_read, outcome.secret_read), (0, 0));
    }
}

#[test]
fn a_store_on_an_existing_page_needs_no_memory() {
    let text = "PUSH 1; STORE 0; PUSH 2; STORE 1; PUSH 3; STORE 0; LOAD 0";
    let page = with("PUSH 1; STORE 0", Limits::default()).heap.bytes();
    let outcome = with(
        text,
        Limits {
            max_memory: page + 4,
            ..Limits::default()
        },
    );
    assert_eq!((outcome.status, outcome.stack), (Ending::Halted, vec![3]));
    let outcome = with(
        "PUSH 1; STORE 0",
        Limits {
            max_memory: page - 1,
            ..Limits::default()
        },
    );
    assert_eq!(outcome.stack, [1]);
}
