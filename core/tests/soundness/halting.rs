//! False statements about public output, or about halting at all, told by a prover that writes every row and table
//! itself. Each lie is consistent everywhere but in the one place that it is about, so what refuses it is exact.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_ff::{Field, Zero};
use provable::circuit::Family::*;
use provable::circuit::encoding::Entry;
use provable::circuit::layout::{heap, program};
use provable::circuit::tuple::EMPTY;
use std::collections::BTreeSet;
use support::forger::{Claim, Forger, fr};
use support::lie::{circuits, honestly, nothing, refused};
use support::{assemble, tiny};

/// The control: the same prover, telling the truth, is accepted. Else a refusal would say nothing.
#[test]
fn the_truth_is_accepted() {
    let [short, full] = circuits();
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
            let mut forger = Forger::of(circuit, assemble(text), tapes, None, honestly);
            assert_eq!(forger.objections(), (BTreeSet::new(), 0), "{text}");
        }
    }
}

/// POP of nothing: the cell below the stack is the one that the last PUSH, now at depth −1, will put there.
#[test]
fn a_stack_goes_below_zero() {
    let (text, tapes) = ("POP,PUSH 9,WRITE,PUSH 7", (&[][..], &[9][..]));
    let tell = |taken: i64, put: i64, family| {
        let lie = |row, claim: &mut Claim| match row {
            0 => (claim.fill, claim.fill_age) = (fr(5), fr(taken)),
            3 => claim.fill_age = fr(put),
            _ => {}
        };
        refused(text, tapes, &[family], lie, nothing);
    };
    tell(0, 0, MemorySum);
    // Taken from the future, or put there with a time of the past.
    tell(-4, 0, RangeSum);
    tell(0, 4, RangeSum);
    tell(-2, 2, RangeSum);
}

#[test]
fn a_computed_store_pops_two_words_of_one() {
    let lie = |row, claim: &mut Claim| {
        if row == 2 {
            (claim.fill, claim.fill_age) = (fr(5), fr(-2));
        }
    };
    refused("PUSH 4,STORE,PUSH 1", (&[], &[]), &[RangeSum], lie, nothing);
}

#[test]
fn the_empty_stack_has_a_top() {
    let circuit = tiny();
    let objections = Forger::new(&circuit, "LOAD", (&[], &[]), honestly).objections();
    assert_eq!(objections, (BTreeSet::from([SetBit]), 1));
    let as_a_word = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(0);
        }
    };
    let text = "PUSH 1,SWAP 1,WRITE";
    refused(text, (&[], &[0]), &[MemorySum], as_a_word, nothing);
    // 2^33 + 1 as a sum with two carries.
    let carried = |row, claim: &mut Claim| {
        if row == 1 {
            (claim.result, claim.carry) = (fr(1), fr(2));
        }
    };
    assert_eq!(EMPTY, 2 << 32);
    let text = "PUSH 1,ADD,WRITE";
    refused(text, (&[], &[1]), &[CarryBit, MemorySum], carried, nothing);
}

#[test]
fn a_word_is_loaded_before_it_is_stored() {
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.result, claim.age, claim.set) = (fr(9), fr(-4), fr(1));
        }
    };
    let text = "LOAD 3,WRITE,PUSH 9,STORE 3";
    refused(text, (&[], &[9]), &[RangeSum], lie, nothing);
}

#[test]
fn a_word_that_was_never_stored_is_zero() {
    let (text, tapes) = ("LOAD 7,WRITE", (&[][..], &[0][..]));
    refused(text, tapes, &[SetBit], honestly, nothing);
    for set in [1, -2] {
        let lie = |_, claim: &mut Claim| claim.set = fr(if claim.set.is_zero() { set } else { 1 });
        refused(text, tapes, &[MemorySum], lie, nothing);
    }
}

const STORED_TWICE: &str = "PUSH 5,STORE 0,PUSH 6,STORE 0,LOAD 0,WRITE";

#[test]
fn two_stores_happen_in_the_other_order() {
    let lie = |row, claim: &mut Claim| match row {
        1 => (claim.result, claim.age, claim.set) = (fr(6), fr(-3), fr(1)),
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    };
    refused(STORED_TWICE, (&[], &[5]), &[RangeSum], lie, nothing);
}

#[test]
fn a_heap_cell_begins_twice() {
    let lie = |row, claim: &mut Claim| match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    };
    // The lowest limb is −1, or the next one makes up for it.
    for higher in [false, true] {
        let twice = |forger: &mut Forger<'_>| {
            forger.heap_row(0, 0, (fr(6), 4, true), fr(0));
            forger.heap_row(1, 0, (fr(5), 5, true), fr(0));
            if higher {
                let layout = &forger.case.circuit.layout;
                let base = fr(1 << layout.capacities.range_bits);
                let limb = layout.heap.at(1, heap::LIMB);
                forger.put(limb, -base.inverse().unwrap());
            }
            forger.heap_row(2, 1, (fr(0), 0, false), fr(0));
            forger.heap_row(3, 2, (fr(0), 0, false), fr(0));
        };
        refused(STORED_TWICE, (&[], &[5]), &[RangeSum], lie, twice);
    }
}

/// RET finds the address that a later CALL, with −1 calls open, leaves.
#[test]
fn a_return_without_a_call() {
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.fill, claim.fill_age, claim.result) = (fr(2), fr(-3), fr(2));
        }
    };
    let text = "RET,CALL 3,JMP 1,HALT";
    refused(text, (&[], &[]), &[RangeSum], lie, nothing);
}

#[test]
fn a_run_that_never_halts() {
    for text in ["JMP 0", "NOP,JNC 0"] {
        let objecting = refused(text, (&[], &[]), &[Boundary], honestly, nothing);
        assert_eq!(objecting, 1, "{text}");
    }
}

#[test]
fn a_run_halts_early() {
    let text = "PUSH 1,WRITE,PUSH 2,WRITE";
    let lie = |row, claim: &mut Claim| {
        if row >= 2 {
            claim.halt();
        }
    };
    refused(text, (&[], &[1]), &[FetchSum], lie, nothing);
}

/// A jump past the end halts there, or the table's padding is said to hold something.
#[test]
fn a_jump_leaves_the_program() {
    let halts = |row, claim: &mut Claim| {
        if row >= 1 {
            claim.halt();
        }
    };
    for target in ["2", "5", "31", "32", "16777216", "4294967295"] {
        let text = format!("JMP {target}");
        refused(&text, (&[], &[]), &[FetchSum], halts, nothing);
    }
    let to_padding = |row, claim: &mut Claim| match row {
        0 => claim.entry.operand = fr(5),
        _ => claim.halt(),
    };
    let padded = |forger: &mut Forger<'_>| {
        let table = forger.case.circuit.layout.program;
        forger.put(table.at(0, program::OPERAND), 5u64);
        forger.put(table.at(5, program::BITS), Entry::halt(5).bits);
        forger.put(table.at(5, program::OPERAND), 5u64);
    };
    refused("JMP 5", (&[], &[]), &[FetchSum], to_padding, nothing);
    refused("JMP 5", (&[], &[]), &[ProgramTable], to_padding, padded);
}

#[test]
fn another_program_is_committed() {
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            claim.entry.operand = fr(3);
            claim.result = fr(3);
        }
    };
    let other = |forger: &mut Forger<'_>| {
        let operand = forger.case.circuit.layout.program.at(0, program::OPERAND);
        forger.put(operand, 3u64);
    };
    refused("PUSH 2,WRITE", (&[], &[3]), &[ProgramTable], lie, other);
    refused("PUSH 2,WRITE", (&[], &[3]), &[FetchSum], lie, nothing);
}
