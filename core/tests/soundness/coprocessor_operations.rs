//! The operations and operands of coprocessor rows: the result of one operation is not the answer of another, a row's second
//! answer is that of ROTL alone, and the word in an operand is the program's.

use crate::support::assert_refused::{assert_refused, carries, forms};
use crate::support::false_witness::{Claim, FalseWitness, fr};
use ark_bls12_381::Fr;
use ark_ff::Field;
use provable::circuit::Family::*;
use provable::circuit::field::pow2;
use provable::circuit::layout::{arithmetic, program};
use provable::circuit::operations::*;

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
