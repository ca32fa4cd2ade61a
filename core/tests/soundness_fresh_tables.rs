//! False statements that concern the tapes, the adder and the coprocessors' tables, told as in `soundness_fresh`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::Field;
use provable_core::circuit::Family::*;
use support::forger::{fr, Claim, Forger};
use support::lie::{honestly, nothing, refused};

#[test]
fn the_tapes_are_others() {
    for (text, tapes) in [
        ("READ,WRITE", (&[5, 6][..], &[5][..])),
        ("READ,WRITE", (&[][..], &[0][..])),
        ("READ,READ,POP,WRITE", (&[5][..], &[5][..])),
        ("PUSH 1,WRITE,PUSH 2,WRITE", (&[][..], &[2, 1][..])),
        ("PUSH 1,WRITE", (&[][..], &[1, 0][..])),
        ("PUSH 1,WRITE", (&[][..], &[][..])),
        // The same words on both tapes do not cancel.
        ("NOP", (&[5][..], &[5][..])),
    ] {
        refused(text, tapes, &[MemorySum], honestly, nothing);
    }
}

#[test]
fn a_difference_or_comparison_is_another() {
    let tell = |text: &str, output, result: Fr, carry: Fr, family| {
        let lie = |row, claim: &mut Claim| {
            if row == 2 {
                (claim.result, claim.carry) = (result, carry);
            }
        };
        refused(text, (&[], &[output]), &[family], lie, nothing);
    };
    tell("PUSH 2,PUSH 3,LT,WRITE", 0, fr(-1), fr(0), RangeSum);
    tell(
        "PUSH 3,PUSH 2,LT,WRITE",
        1,
        fr(1 + (1 << 32)),
        fr(1),
        RangeSum,
    );
    tell("PUSH 2,PUSH 3,GT,WRITE", 1, fr(-1), fr(0), RangeSum);
    tell("PUSH 3,PUSH 3,EQ,WRITE", 0, fr(1 << 32), fr(1), RangeSum);
    let eighth = fr(8) * fr(1 << 32).inverse().unwrap();
    tell("PUSH 2,PUSH 3,SUB,WRITE", 7, fr(7), eighth, CarryBit);
}

/// The rows of the coprocessors, chosen by the liar: words a, b, high, low, slack.
#[test]
fn a_coprocessor_answers_wrong() {
    let tell = |text: &str, output: u32, result: i64, family, table: &dyn Fn(&mut Forger<'_>)| {
        let lie = |row, claim: &mut Claim| {
            if row == 2 {
                claim.result = fr(result);
            }
        };
        refused(text, (&[], &[output]), &[family], lie, table);
    };
    let arithmetic = |kinds, factor, words: [i64; 5]| {
        move |forger: &mut Forger<'_>| forger.arithmetic_row(0, kinds, factor, words.map(fr))
    };
    let (mul, div, modulo, shl) = ([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]);
    // Anything, divided by zero.
    let text = "PUSH 5,PUSH 0,DIV,WRITE";
    tell(
        text,
        77,
        77,
        RangeSum,
        &arithmetic(div, 0, [5, 0, 77, 5, -6]),
    );
    // A remainder longer than the divisor; a quotient that is 7/2 in the field and leaves nothing.
    let text = "PUSH 7,PUSH 2,MOD,WRITE";
    tell(
        text,
        3,
        3,
        RangeSum,
        &arithmetic(modulo, 2, [7, 2, 2, 3, -2]),
    );
    tell(text, 0, 0, RangeSum, &|forger| {
        let half = fr(7) * fr(2).inverse().unwrap();
        forger.arithmetic_row(0, modulo, 2, [fr(7), fr(2), half, fr(0), fr(1)]);
    });
    // A product whose low word keeps what belongs in the high one, so that no carry is seen.
    let text = "PUSH 65536,PUSH 65536,MUL,JC 6,PUSH 1,WRITE";
    let whole = 1 << 32;
    tell(
        text,
        1,
        whole,
        RangeSum,
        &arithmetic(mul, 65536, [65536, 65536, 0, whole, 0]),
    );
    let text = "PUSH 1,PUSH 32,SHL,WRITE";
    tell(
        text,
        0,
        0,
        PowerSum,
        &arithmetic(shl, whole, [1, 32, 1, 0, 0]),
    );
    // Kinds that are no booleans: MUL − 6·DIV + 6·MOD is the code of OR, and answers 7·a·b.
    let text = "PUSH 3,PUSH 4,OR,WRITE";
    tell(
        text,
        84,
        84,
        ArithmeticTable,
        &arithmetic([1, -6, 6, 0], 4, [3, 4, 0, 12, 0]),
    );
    // 2·AND − OR is the code of SHR, and answers −a − b + 3·(a AND b).
    let text = "PUSH 1,PUSH 1,SHR,WRITE";
    tell(text, 1, 1, BitwiseTable, &|forger| {
        forger.bitwise_row(0, [2, -1], [1, 1])
    });
}
