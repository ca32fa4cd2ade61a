//! A coprocessor's table answers a question with the result of the operation. A false witness with another result is refused.

use crate::support::assert_refused::{assert_refused, carries, forms, unchanged_tables};
use crate::support::false_witness::tables::digit_tuple;
use crate::support::false_witness::{Claim, FalseWitness, fr};
use ark_bls12_381::Fr;
use ark_ff::Field;
use provable::circuit::Family::{self, *};
use provable::circuit::layout::{arithmetic, bitwise, compare};
use provable::circuit::operations::*;

/// Claims this result of an operation on two pushed words, in both of its [`forms`], with a table as the closure fills it.
fn answers(text: &str, result: i64, families: &[Family], table: impl Fn(&mut FalseWitness<'_>)) {
    carries(text, (result, 0), families, table);
}

#[test]
fn a_result_without_a_table_row_is_refused() {
    for op in [
        "MUL", "MULHI", "DIV", "MOD", "SHL", "SHR", "ROTL", "AND", "OR", "XOR", "EQ", "LT", "GT",
    ] {
        let text = format!("PUSH 7,PUSH 2,{op},WRITE");
        for (text, row) in forms(&text) {
            let claims = |at, claim: &mut Claim| {
                if at == row {
                    claim.result = fr(4);
                }
            };
            let tapes = (&[][..], &[4][..]);
            assert_refused(&text, tapes, &[CoprocessorSum], claims, unchanged_tables);
        }
    }
}

#[test]
fn a_wrong_product_or_quotient_is_refused() {
    let half = fr(7) * fr(2).inverse().unwrap();
    let product = |question, factor, numbers: [Fr; 2]| {
        move |witness: &mut FalseWitness<'_>| witness.product(0, question, fr(factor), numbers)
    };
    // Anything, divided by zero.
    let text = "PUSH 5,PUSH 0,DIV,WRITE";
    let numbers = [77, 5].map(fr);
    carries(
        text,
        (77, 1),
        &[RangeSum],
        product((COP_DIV, 5, 0), 0, numbers),
    );
    // By another divisor: then b is that one.
    let numbers = [5, 0].map(fr);
    answers(
        text,
        5,
        &[CoprocessorSum],
        product((COP_DIV, 5, 1), 1, numbers),
    );
    // A remainder larger than the divisor, or below zero.
    let text = "PUSH 7,PUSH 2,MOD,WRITE";
    let numbers = [2, 3].map(fr);
    carries(
        text,
        (3, 1),
        &[RangeSum],
        product((COP_MOD, 7, 2), 2, numbers),
    );
    let text = "PUSH 7,PUSH 2,DIV,WRITE";
    let numbers = [4, -1].map(fr);
    carries(
        text,
        (4, 1),
        &[RangeSum],
        product((COP_DIV, 7, 2), 2, numbers),
    );
    // The quotient 7/2 in the field, with the remainder 0. It is no word: neither beside the result, nor as the result, which no row
    // can have.
    let text = "PUSH 7,PUSH 2,MOD,WRITE";
    let numbers = [half, fr(0)];
    carries(
        text,
        (0, 1),
        &[RangeSum],
        product((COP_MOD, 7, 2), 2, numbers),
    );
    let text = "PUSH 7,PUSH 2,DIV,WRITE";
    answers(
        text,
        4,
        &[CoprocessorSum, RangeSum],
        product((COP_DIV, 7, 2), 2, numbers),
    );
    // A product whose low word has the excess of the high word, so that there is no carry; or half of it.
    let text = "PUSH 65536,PUSH 65536,MUL,JC 6,PUSH 1,WRITE";
    let whole = 1 << 32;
    for (high, low) in [
        (fr(0), fr(whole)),
        (fr(2).inverse().unwrap(), fr(whole / 2)),
    ] {
        let families: &[Family] = match high == fr(0) {
            true => &[RangeSum],
            false => &[CoprocessorSum, RangeSum],
        };
        for (text, row) in forms(text) {
            let claims = |at, claim: &mut Claim| {
                if at == row {
                    (claim.result, claim.carry) = (low, fr(0));
                }
            };
            let table = product((COP_MUL, 65536, 65536), 65536, [high, low]);
            assert_refused(&text, (&[], &[1]), families, claims, table);
        }
    }
    // The power of another amount.
    let text = "PUSH 1,PUSH 32,SHL,WRITE";
    let numbers = [0, 0].map(fr);
    answers(text, 0, &[PowerSum], product((COP_SHL, 1, 32), 0, numbers));
    let text = "PUSH 9,PUSH 1,SHR,WRITE";
    let numbers = [3, 0].map(fr);
    answers(text, 3, &[PowerSum], product((COP_SHR, 9, 1), 3, numbers));
}

/// Each selector in turn is no boolean, and the row still has the number of an operation.
#[test]
fn a_product_selector_that_is_no_boolean_is_refused() {
    let row = |kinds: [Fr; 3], amount, result, words: [i64; 3]| {
        move |witness: &mut FalseWitness<'_>| {
            witness.arithmetic_row(0, [0; 3], amount, fr(result), words.map(fr));
            for (index, kind) in kinds.into_iter().enumerate() {
                let layout = &witness.case.circuit.layout;
                let var = layout.arithmetic.at(0, arithmetic::UPWARD + index);
                witness.put(var, kind);
            }
        }
    };
    let only = &[ArithmeticTable];
    // Upward is 4: 4·a·factor = 7·result − 3·a.
    let table = row([4, 0, 0].map(fr), 0, 35, [7, 0, 116]);
    carries("PUSH 7,PUSH 8,DIV,WRITE", (35, 0), only, table);
    // Shift is 2: b is 2·2 − 4.
    let table = row([0, 2, 0].map(fr), 2, 1, [5, 1, 2]);
    carries("PUSH 5,PUSH 0,DIV,WRITE", (1, 1), only, table);
    // Upward, with −1/4 of an exchange of high and low word.
    let quarter = -fr(4).inverse().unwrap();
    let table = row([fr(1), fr(0), quarter], 0, 1, [6_700_417, 1, 641]);
    carries("PUSH 6700417,PUSH 641,MOD,WRITE", (1, 1), only, table);
    // The selectors are booleans, and the product is another.
    let table = row([1, 0, 0].map(fr), 0, 7, [2, 0, 3]);
    carries("PUSH 2,PUSH 3,MUL,WRITE", (7, 0), only, table);
}

#[test]
fn a_wrong_bitwise_result_is_refused() {
    // A row may have OR in one digit and AND in the others. No instruction has that operation.
    let text = "PUSH 5,PUSH 3,AND,WRITE";
    let first = |op: u64, [x, y]: [i64; 2], result: i64| {
        move |witness: &mut FalseWitness<'_>| {
            let layout = &witness.case.circuit.layout;
            let (at, bits) = (
                layout.bitwise.at(0, bitwise::DIGIT),
                layout.capacities.digit_bits(),
            );
            assert_eq!(bits, 2, "a row's last digit but one");
            let op = fr(op as i64 & 3);
            witness.bitwise_row(0, COP_AND, [5, 3], 1);
            witness.put(at, digit_tuple(op, [x, y].map(fr), fr(result)));
        }
    };
    answers(text, 3, &[CoprocessorSum], first(COP_OR, [1, 3], 3));
    // A wrong digit; one that compensates its neighbour; one whose result compensates b.
    answers(text, 3, &[DigitSum], first(COP_AND, [1, 3], 3));
    let text = "PUSH 4,PUSH 3,AND,WRITE";
    answers(text, 1, &[CoprocessorSum], first(COP_AND, [1, 3], 1));
    let text = "PUSH 5,PUSH 3,SHR,WRITE";
    answers(text, 1, &[DigitSum], |witness| {
        witness.bitwise_row(0, COP_SHR, [5, 3], 1);
    });
}

#[test]
fn a_wrong_comparison_is_refused() {
    let whole = 1 << 32;
    let row = |kinds, carry: Fr, words: [i64; 2]| {
        move |witness: &mut FalseWitness<'_>| witness.compare_row(0, kinds, carry, words.map(fr))
    };
    let (lt, eq, gt) = ([0, 0], [1, 0], [0, 1]);
    let text = "PUSH 2,PUSH 3,LT,WRITE";
    answers(text, 0, &[RangeSum], row(lt, fr(0), [3, -1]));
    let text = "PUSH 3,PUSH 2,LT,WRITE";
    answers(text, 1, &[RangeSum], row(lt, fr(1), [2, 1 + whole]));
    let text = "PUSH 2,PUSH 3,GT,WRITE";
    answers(text, 1, &[RangeSum], row(gt, fr(0), [3, -1]));
    let text = "PUSH 3,PUSH 3,EQ,WRITE";
    answers(text, 0, &[RangeSum], row(eq, fr(1), [3, whole]));
    // Other words; or b larger by what a − b is smaller.
    answers(text, 0, &[CoprocessorSum], row(eq, fr(0), [2, 1]));
    let both = [CoprocessorSum, RangeSum];
    answers(text, 0, &both, row(eq, fr(0), [3 + whole, -whole]));
    // A fraction as the carry makes them equal.
    let text = "PUSH 3,PUSH 2,EQ,WRITE";
    let fraction = -fr(whole).inverse().unwrap();
    answers(text, 1, &[CompareTable], row(eq, fraction, [2, 0]));
    // −1 for EQ and 1 for GT gives the number of EQ, and answers 1 for words that differ.
    answers(text, 1, &[CompareTable], row([-1, 1], fr(0), [2, 1]));
    // A half for GT gives the number of EQ, and answers 0 for equal words.
    let text = "PUSH 3,PUSH 3,EQ,WRITE";
    let half = fr(2).inverse().unwrap();
    answers(text, 0, &[CompareTable], |witness| {
        witness.compare_row(0, [0, 0], fr(0), [3, 0].map(fr));
        let gt = witness.case.circuit.layout.compare.at(0, compare::KIND + 1);
        witness.put(gt, half);
    });
    // EQ and GT together give the number of no operation.
    let text = "PUSH 2,PUSH 3,GT,WRITE";
    answers(
        text,
        1,
        &[CoprocessorSum],
        row([1, 1], fr(1), [3, -1 + whole]),
    );
}
