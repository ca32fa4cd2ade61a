//! A coprocessor's table answers a question with the result of the operation. A false witness with another result is refused.

use crate::support::assert_refused::{assert_refused, forms, unchanged_tables};
use crate::support::false_witness::tables::digit_tuple;
use crate::support::false_witness::{Claim, FalseWitness, fr};
use ark_bls12_381::Fr;
use ark_ff::Field;
use provable::circuit::Family::{self, *};
use provable::circuit::field::pow2;
use provable::circuit::layout::{arithmetic, bitwise, compare, program};
use provable::circuit::operations::*;

/// Claims this result of an operation on two pushed words, in both of its [`forms`], with a table as the closure fills it.
fn answers(text: &str, result: i64, families: &[Family], table: impl Fn(&mut FalseWitness<'_>)) {
    carries(text, (result, 0), families, table);
}

/// The same with a carry.
fn carries(
    text: &str,
    (result, carry): (i64, i64),
    families: &[Family],
    table: impl Fn(&mut FalseWitness<'_>),
) {
    for (text, row) in forms(text) {
        let claims = |at, claim: &mut Claim| {
            if at == row {
                (claim.result, claim.carry) = (fr(result), fr(carry));
            }
        };
        assert_refused(&text, (&[], &[result as u32]), families, claims, &table);
    }
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

/// The high word of a product is the result of MULHI, and not that of MUL.
#[test]
fn a_wrong_high_word_is_refused() {
    let text = "PUSH 65537,PUSH 65536,MULHI,WRITE";
    let row = |numbers: [i64; 2]| {
        move |witness: &mut FalseWitness<'_>| {
            witness.product(0, (COP_MULHI, 65537, 65536), fr(65536), numbers.map(fr));
        }
    };
    // The high word less one, and the low word with its excess; or the other way round.
    carries(text, (0, 1), &[RangeSum], row([0, (1 << 32) + 65536]));
    carries(text, (2, 1), &[RangeSum], row([2, 65536 - (1 << 32)]));
    // The words of MUL's row.
    carries(text, (65536, 1), &[CoprocessorSum], |witness| {
        witness.product(0, (COP_MUL, 65537, 65536), fr(65536), [1, 65536].map(fr));
    });
}

/// ROTL is the sum of both words of a shift upward. The sum alone does not say which words; the product does.
#[test]
fn a_wrong_rotation_is_refused() {
    let text = "PUSH 4294967295,PUSH 4,ROTL,WRITE";
    let row = |op, factor: i64, numbers: [i64; 2]| {
        move |witness: &mut FalseWitness<'_>| {
            witness.product(0, (op, u32::MAX, 4), fr(factor), numbers.map(fr));
        }
    };
    let whole = (1 << 32) - 1;
    // The product is 15·2^32 + (2^32 − 16), a multiple of 2^32 − 1, as 0 is.
    carries(text, (0, 0), &[ArithmeticTable], row(COP_ROTL, 16, [0, 0]));
    carries(text, (0, 1), &[RangeSum], row(COP_ROTL, 16, [16, -16]));
    carries(text, (0, 0), &[PowerSum], row(COP_ROTL, 0, [0, 0]));
    // Any sum, by a fraction as the high word.
    let high = (fr(16 * whole) - fr(5)) * fr(whole).inverse().unwrap();
    carries(text, (5, 1), &[RangeSum], |witness| {
        witness.product(0, (COP_ROTL, u32::MAX, 4), fr(16), [high, fr(5) - high]);
    });
    // By the second number of another operation's row: 36 of SHL's, 39 of SHR's.
    let text = "PUSH 2147483649,PUSH 1,ROTL,WRITE";
    for (op, numbers) in [(COP_SHL, [1, 2]), (COP_SHR, [1 << 30, 1])] {
        let sum = numbers[0] + numbers[1];
        let truth = i64::from(op == COP_SHL);
        carries(text, (sum + truth, 1), &[CoprocessorSum], move |witness| {
            witness.product(0, (op, 2_147_483_649, 1), fr(2), numbers.map(fr));
        });
    }
}

/// Each row of the arithmetic table answers two numbers. Three of them, from 1 to 8, belong to no instruction, and of those
/// above 32 only 40 does. No row asks for another: neither by the entry of the program, nor by a table that is another program.
#[test]
fn an_operation_that_no_instruction_has_is_refused() {
    let booleans = |number: u64| [0, 1, 2].map(|bit| (number - 1) >> bit & 1 == 1);
    let (a, b) = (0x8000_0009u32, 4u32);
    let mut asked = 0;
    for number in 1..=8u64 {
        let [upward, shift, quotient] = booleans(number);
        let factor = if shift { 1u64 << b } else { u64::from(b) };
        let wide = u64::from(a);
        let [high, low] = match upward {
            true => [(wide * factor) >> 32, (wide * factor) & 0xffff_ffff],
            false => [wide / factor, wide % factor],
        };
        let (result, other) = if quotient { (high, low) } else { (low, high) };
        let rest = if upward { factor } else { factor - low - 1 };
        let table = move |witness: &mut FalseWitness<'_>| {
            let kinds = [upward, shift, quotient].map(i64::from);
            let amount = if shift { i64::from(b) } else { 0 };
            let words = [wide, other, rest].map(Fr::from);
            witness.arithmetic_row(0, kinds, amount, Fr::from(result), words);
        };
        for (op, result) in [(number, result), (number + SECOND, result + other)] {
            if OPERATIONS.contains(&op) {
                continue;
            }
            asked += 1;
            for (text, row) in forms(&format!("PUSH {a},PUSH {b},MUL,WRITE")) {
                let operand =
                    Fr::from(op) + pow2(WORD_SHIFT) * Fr::from(if row == 1 { b } else { 0 });
                let asks = |at, claim: &mut Claim| {
                    if at == row {
                        claim.entry.operand = operand;
                        (claim.result, claim.carry) = (Fr::from(result), Fr::from(other != 0));
                    }
                };
                let tapes = (&[][..], &[result as u32][..]);
                assert_refused(&text, tapes, &[FetchSum], asks, table);
                let both = |witness: &mut FalseWitness<'_>| {
                    table(witness);
                    let operands = witness
                        .case
                        .circuit
                        .layout
                        .program
                        .at(row, program::OPERAND);
                    witness.put(operands, operand);
                };
                assert_refused(&text, tapes, &[ProgramTable], asks, both);
                // The program's own operation is not answered by such a row.
                let only = |at, claim: &mut Claim| {
                    if at == row {
                        (claim.result, claim.carry) = (Fr::from(result), Fr::from(other != 0));
                    }
                };
                assert_refused(&text, tapes, &[CoprocessorSum], only, table);
            }
        }
    }
    assert_eq!(asked, 9);
}

/// The word of an operation is part of its entry's operand.
#[test]
fn another_word_in_an_operand_is_refused() {
    let text = "PUSH 7,MUL 3,WRITE";
    let operand = Fr::from(COP_MUL) + pow2(WORD_SHIFT) * fr(4);
    let claims = |row, claim: &mut Claim| {
        if row == 1 {
            claim.entry.operand = operand;
            claim.result = fr(28);
        }
    };
    let table = |witness: &mut FalseWitness<'_>| {
        witness.product(0, (COP_MUL, 7, 4), fr(4), [0, 28].map(fr));
    };
    assert_refused(text, (&[], &[28]), &[FetchSum], claims, table);
    let both = |witness: &mut FalseWitness<'_>| {
        table(witness);
        let var = witness.case.circuit.layout.program.at(1, program::OPERAND);
        witness.put(var, operand);
    };
    assert_refused(text, (&[], &[28]), &[ProgramTable], claims, both);
    // The operand of the program, and a table's row with another number and b: the tuple would be the same.
    let claims = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(28);
        }
    };
    let moved = |witness: &mut FalseWitness<'_>| {
        // Downward by 2^36: the factor is 4 with this rest.
        let rest = fr(4) - pow2(WORD_SHIFT) * fr(29);
        witness.arithmetic_row(0, [1, 0, 0], 0, fr(28), [fr(7), fr(0), rest]);
        let layout = &witness.case.circuit.layout;
        let upward = layout.arithmetic.at(0, arithmetic::UPWARD);
        witness.put(upward, Fr::from(1u64) - pow2(WORD_SHIFT));
    };
    let both = [ArithmeticTable, RangeSum];
    assert_refused(text, (&[], &[28]), &both, claims, moved);
}
