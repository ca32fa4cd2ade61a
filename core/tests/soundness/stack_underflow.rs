//! A stack has no word below its bottom. A false witness that pops, reads or computes with a word below it is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::tables::digit_tuple;
use crate::support::false_witness::{Claim, FalseWitness, fr};
use crate::support::tiny;
use provable::circuit::Family::*;
use provable::circuit::operations::{COP_AND, EMPTY};
use std::collections::BTreeSet;

/// POP on an empty stack takes the cell that the last PUSH, at depth −1, puts there later.
#[test]
fn a_pop_of_the_empty_stack_is_refused() {
    let (text, tapes) = ("POP,PUSH 9,WRITE,PUSH 7", (&[][..], &[9][..]));
    let assert_pop_refused = |taken: i64, put: i64, family| {
        let claims = |row, claim: &mut Claim| match row {
            0 => (claim.fill, claim.fill_age) = (fr(5), fr(taken)),
            3 => claim.fill_age = fr(put),
            _ => {}
        };
        assert_refused(text, tapes, &[family], claims, unchanged_tables);
    };
    assert_pop_refused(0, 0, MemorySum);
    // The cell is removed from the future, or added with a time of the past.
    assert_pop_refused(-4, 0, RangeSum);
    assert_pop_refused(0, 4, RangeSum);
    assert_pop_refused(-2, 2, RangeSum);
}

#[test]
fn a_computed_store_with_one_word_is_refused() {
    let claims = |row, claim: &mut Claim| {
        if row == 2 {
            (claim.fill, claim.fill_age) = (fr(5), fr(-2));
        }
    };
    assert_refused(
        "PUSH 4,STORE,PUSH 1",
        (&[], &[]),
        &[RangeSum],
        claims,
        unchanged_tables,
    );
}

#[test]
fn the_top_of_an_empty_stack_is_refused_as_an_operand() {
    let circuit = tiny();
    let violations = FalseWitness::new(&circuit, "LOAD", (&[], &[]), unchanged_rows).violations();
    assert_eq!(violations, (BTreeSet::from([SetBit]), 1));
    let as_a_word = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(0);
        }
    };
    let text = "PUSH 1,SWAP 1,WRITE";
    assert_refused(text, (&[], &[0]), &[MemorySum], as_a_word, unchanged_tables);
    // 2^33 + 1 as a sum with two carries.
    let carried = |row, claim: &mut Claim| {
        if row == 1 {
            (claim.result, claim.carry) = (fr(1), fr(2));
        }
    };
    assert_eq!(EMPTY, 2 << 32);
    let text = "PUSH 1,ADD,WRITE";
    assert_refused(
        text,
        (&[], &[1]),
        &[CarryBit, MemorySum],
        carried,
        unchanged_tables,
    );
}

/// Below a single word stands 2^33, which no table accepts as an operand.
#[test]
fn a_coprocessor_operand_below_the_stack_is_refused() {
    let bottom = 1i64 << 33;
    let assert_answer_refused =
        |text: &str, result: i64, family, table: &dyn Fn(&mut FalseWitness<'_>)| {
            let claims = |row, claim: &mut Claim| {
                if row == 1 {
                    claim.result = fr(result);
                }
            };
            assert_refused(text, (&[], &[]), &[family], claims, table);
        };
    assert_answer_refused("PUSH 8,DIV", bottom / 8, RangeSum, &|witness| {
        let words = [bottom, 0, 7].map(fr);
        witness.arithmetic_row(0, [0, 0, 1], 0, fr(bottom / 8), words);
    });
    assert_answer_refused("PUSH 8,AND", 0, DigitSum, &|witness| {
        witness.bitwise_row(0, COP_AND, [0, 8], 0);
        let layout = &witness.case.circuit.layout;
        let (bits, width) = (layout.capacities.digit_bits(), layout.bitwise.width);
        let op = fr((1 << bits) / 3);
        let top = fr(bottom >> (32 - bits));
        let var = layout.bitwise.at(0, width - 1);
        witness.put(var, digit_tuple(op, [top, fr(0)], fr(0)));
    });
    assert_answer_refused("PUSH 8,GT", 1, RangeSum, &|witness| {
        witness.compare_row(0, [0, 1], fr(0), [fr(8), fr(bottom - 8)]);
    });
}
