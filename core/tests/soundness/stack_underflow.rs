//! A stack has no word below its bottom. A false witness that pops, reads or computes with a word below it is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::tables::digit_tuple;
use crate::support::false_witness::{Claim, FalseWitness, fr};
use provable::circuit::Family::*;
use provable::circuit::operations::{COP_AND, EMPTY};

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

/// The address of a STORE is the only word. The word that SWAP finds below it is 2^33, and is claimed to be one.
#[test]
fn a_computed_store_with_one_word_is_refused() {
    let text = "PUSH 4,NOP,STORE,PUSH 1,PUSH 2";
    let claims = |row, claim: &mut Claim| match row {
        2 => claim.result = fr(7),
        // The last row of STORE pops a word that a later PUSH spills.
        4 => (claim.fill, claim.fill_age) = (fr(5), fr(-2)),
        _ => {}
    };
    let families = [MemorySum, RangeSum];
    assert_refused(text, (&[], &[]), &families, claims, unchanged_tables);
    // PUT with one word: the address is 2^33.
    let text = "PUSH 4,PUT 0,PUSH 1";
    assert_refused(
        text,
        (&[], &[]),
        &[RangeSum],
        unchanged_rows,
        unchanged_tables,
    );
}

#[test]
fn the_top_of_an_empty_stack_is_refused_as_an_operand() {
    let as_a_word = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(0);
        }
    };
    let text = "PUSH 1,SWAP 1,WRITE";
    assert_refused(text, (&[], &[0]), &[MemorySum], as_a_word, unchanged_tables);
    // 2^33 + 1 as a sum with two carries: of the word below, or of the top and the operand.
    assert_eq!(EMPTY, 2 << 32);
    for (text, row, families) in [
        ("PUSH 1,NOP,ADD,WRITE", 2, &[CarryBit, MemorySum][..]),
        ("PUSH 1,ADD,WRITE", 0, &[CarryBit, MemorySum]),
        ("DUP 0,ADD 1,WRITE", 0, &[CarryBit]),
    ] {
        let carried = |at, claim: &mut Claim| {
            if at == row {
                (claim.result, claim.carry) = (fr(1), fr(2));
            }
        };
        assert_refused(text, (&[], &[1]), families, carried, unchanged_tables);
    }
    // 2^33 − 2^32 as a difference, with a carry of −1.
    for (text, row, families) in [
        (
            "PUSH 4294967295,NOP,SUB,WRITE",
            2,
            &[CarryBit, MemorySum][..],
        ),
        ("PUSH 4294967295,SUB,WRITE", 0, &[CarryBit, MemorySum]),
        ("DUP 0,SUB 4294967295,WRITE", 0, &[CarryBit]),
    ] {
        let carried = |at, claim: &mut Claim| {
            if at == row {
                (claim.result, claim.carry) = (fr(1), fr(-1));
            }
        };
        assert_refused(text, (&[], &[1]), families, carried, unchanged_tables);
    }
    // 2^33 as a word with a carry of ±2, where a row only looks at the top.
    for text in ["SWAP 0", "DUP 0", "DUP 0,NOP,POP"] {
        let carried = |at, claim: &mut Claim| {
            if at == 0 {
                (claim.result, claim.carry) = (fr(0), fr(-2));
            }
        };
        assert_refused(text, (&[], &[]), &[CarryBit], carried, unchanged_tables);
    }
}

/// Below a single word stands 2^33, as in the top over an empty stack. No table accepts it as an operand.
#[test]
fn a_coprocessor_operand_below_the_stack_is_refused() {
    let bottom = 1i64 << 33;
    let assert_answer_refused =
        |text: &str, result: i64, family, table: &dyn Fn(&mut FalseWitness<'_>)| {
            // The word in the operand of a row that works on the top, and a word above the bottom.
            let apart = text.replace(',', ",NOP,");
            let copy = format!(
                "DUP 0,{}",
                text.replace("PUSH 8,", "").replace(',', "") + " 8"
            );
            for (text, row) in [(text, 0), (&apart, 2), (&copy, 0)] {
                let claims = |at, claim: &mut Claim| {
                    if at == row {
                        claim.result = fr(result);
                    }
                };
                assert_refused(text, (&[], &[]), &[family], claims, table);
            }
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
