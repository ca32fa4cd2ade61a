//! Lies with a name, each about one thing, and traps claimed to be none. Other names have their lies elsewhere: a skipped
//! step and a free flag in `soundness_families`, an underflow, two stores in the other order, an early HALT and a load
//! of an address never stored in `soundness_fresh`, the tapes in `soundness_fresh_tables`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use provable::circuit::Family::{self, *};
use provable::circuit::encoding::{Entry, encode};
use provable::circuit::layout::leftover;
use provable::circuit::tuple::MEMORY;
use support::assemble;
use support::forger::{Claim, Forger, fr};
use support::lie::{nothing, refused};

/// One row finds another value, of another age.
fn finds(row: usize, value: i64, age: i64) -> impl Fn(usize, &mut Claim) {
    move |at, claim| {
        if at == row {
            (claim.result, claim.age, claim.set) = (fr(value), fr(age), fr(1));
        }
    }
}

const STORED_TWICE: &str = "PUSH 5,STORE 0,PUSH 6,STORE 0,LOAD 0,WRITE";

#[test]
fn a_stale_read() {
    let lie = finds(4, 5, 2);
    refused(STORED_TWICE, (&[], &[5]), &[MemorySum], lie, nothing);
}

/// The second LOAD finds what the first one took.
#[test]
fn a_replayed_read() {
    let text = "PUSH 5,STORE 0,LOAD 0,PUSH 6,STORE 0,LOAD 0,WRITE";
    let lie = finds(5, 5, 3);
    refused(text, (&[], &[5]), &[MemorySum], lie, nothing);
}

#[test]
fn a_read_from_the_future() {
    let text = "PUSH 5,STORE 0,LOAD 0,WRITE,PUSH 6,STORE 0";
    let (early, late) = (finds(2, 6, -4), finds(5, 5, 3));
    let lie = |row, claim: &mut Claim| {
        early(row, claim);
        late(row, claim);
    };
    refused(text, (&[], &[6]), &[RangeSum], lie, nothing);
}

#[test]
fn a_store_that_takes_away_nothing() {
    let lie = |row, claim: &mut Claim| match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    };
    refused(STORED_TWICE, (&[], &[5]), &[MemorySum], lie, nothing);
}

/// Cell 0 begins and ends unset; cell 1 ends with what the row that loads from cell 0 added, traded back.
fn traded_back(value: i64, time: i64) -> impl Fn(&mut Forger<'_>) {
    move |forger| {
        forger.heap_row(0, 0, (fr(0), 0, false), fr(0));
        forger.heap_row(1, 1, (fr(value), time, true), fr(0));
    }
}

/// One address less and one more: with β = 1 this is accepted, so the powers of a challenge are all that stands against
/// it.
#[test]
fn a_value_that_trades_bits_with_an_address() {
    let text = "PUSH 5,PUSH 1,STORE,PUSH 0,LOAD,WRITE";
    let (lie, tables) = (finds(5, 6, 2), traded_back(5, 6));
    refused(text, (&[], &[6]), &[MemorySum], lie, tables);
}

/// Spaces are four apart, and so are the times: the LOAD takes a word of the stack, and the stack's leftovers what the
/// LOAD put back. It does pack to the same number: only the times' ranges stand against this.
#[test]
fn a_time_that_trades_bits_with_a_space() {
    let text = "PUSH 5,PUSH 6,LOAD 1,WRITE";
    let apart = 4 << MEMORY.fields[1].shift;
    let tables = |forger: &mut Forger<'_>| {
        forger.heap_row(0, 0, (fr(0), 0, false), fr(0));
        forger.heap_row(1, 1, (fr(0), 0, false), fr(0));
        let block = forger.case.circuit.layout.stack;
        forger.put(block.at(1, leftover::TIME), fr(3 + apart));
    };
    refused(text, (&[], &[5]), &[RangeSum], finds(2, 5, apart), tables);
}

#[test]
fn an_input_word_out_of_turn() {
    let both = (&[5, 6][..], &[6, 6][..]);
    let lie = finds(0, 6, 0);
    refused("READ,WRITE,READ,WRITE", both, &[MemorySum], lie, nothing);
}

#[test]
fn an_instruction_from_another_address() {
    let text = "PUSH 3,WRITE,PUSH 4,WRITE";
    let lie = |row, claim: &mut Claim| {
        if row == 0 {
            claim.entry = encode(assemble(text).instructions()[2], 2)[0];
            claim.result = claim.entry.operand;
        }
    };
    refused(text, (&[], &[4, 4]), &[FetchSum], lie, nothing);
}

#[test]
fn a_result_that_no_table_gives() {
    for op in [
        "MUL", "DIV", "MOD", "SHL", "SHR", "AND", "OR", "XOR", "EQ", "LT", "GT",
    ] {
        let text = format!("PUSH 7,PUSH 2,{op},WRITE");
        let lie = |row, claim: &mut Claim| {
            if row == 2 {
                claim.result = fr(4);
            }
        };
        refused(&text, (&[], &[4]), &[CoprocessorSum], lie, nothing);
    }
}

#[test]
fn a_return_to_another_place() {
    let lie = |row, claim: &mut Claim| {
        if row == 1 {
            (claim.fill, claim.result) = (fr(3), fr(3));
        }
    };
    let text = "CALL 4,PUSH 1,WRITE,HALT,RET";
    refused(text, (&[], &[]), &[MemorySum], lie, nothing);
}

/// Each half of a return alone: the row takes one address and goes to another, or the call puts away another than its own.
#[test]
fn a_return_that_is_not_what_was_put_away() {
    let text = "CALL 4,PUSH 1,WRITE,HALT,RET";
    let goes = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(3);
        }
    };
    refused(text, (&[], &[]), &[Arithmetic], goes, nothing);
    let puts = |row, claim: &mut Claim| match row {
        0 => claim.fill = fr(3),
        1 => (claim.fill, claim.result) = (fr(3), fr(3)),
        _ => {}
    };
    refused(text, (&[], &[]), &[Spill], puts, nothing);
}

/// What traps has no witness: each program's rows, written by the circuit's rules until one of them has no way on, break
/// the rule that is there for it. (LOAD of nothing and RET of no call are in `soundness_fresh`.)
#[test]
fn a_trap_has_no_witness() {
    let traps: &[(&str, &[Family])] = &[
        ("POP", &[MemorySum]),
        ("NOT", &[CoprocessorSum]),
        ("DUP 0", &[RangeSum]),
        ("SWAP 0", &[RangeSum]),
        ("PUSH 1,DUP 1", &[RangeSum]),
        ("PUSH 1,SWAP 1", &[RangeSum]),
        ("PUSH 1,ADD", &[CarryBit]),
        ("PUSH 1,SUB", &[RangeSum]),
        ("PUSH 1,EQ", &[CoprocessorSum]),
        ("PUSH 1,LT", &[CoprocessorSum]),
        ("PUSH 1,GT", &[CoprocessorSum]),
        ("PUSH 1,MUL", &[CoprocessorSum]),
        ("PUSH 1,AND", &[CoprocessorSum]),
        ("PUSH 1,STORE", &[MemorySum]),
        ("STORE 0", &[MemorySum]),
        ("WRITE", &[MemorySum]),
        ("JZ 1", &[MemorySum]),
        ("JNZ 1", &[MemorySum]),
        ("ASSERT", &[MemorySum]),
        ("PUSH 0,ASSERT", &[FetchSum]),
        ("PUSH 5,PUSH 0,DIV", &[CoprocessorSum]),
        ("PUSH 5,PUSH 0,MOD", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,SHL", &[CoprocessorSum]),
        ("PUSH 5,PUSH 32,SHR", &[CoprocessorSum]),
        ("LOAD 7", &[SetBit]),
        ("PUSH 7,LOAD", &[SetBit]),
        ("READ", &[MemorySum]),
        ("JMP 9", &[FetchSum]),
        ("CALL 9", &[FetchSum]),
    ];
    // A place outside the program has no instruction: the rows say that they halt there.
    let halts = |_, claim: &mut Claim| {
        if claim.entry == Entry::padding() {
            claim.halt();
        }
    };
    for (text, families) in traps {
        refused(text, (&[], &[]), families, halts, nothing);
    }
}
