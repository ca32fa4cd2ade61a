//! False statements that concern the tapes, the adder and the coprocessors' tables, told as in `soundness_fresh`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::Fr;
use ark_ff::Field;
use provable_core::circuit::layout::{bitwise, leftover, step};
use provable_core::circuit::tuple::{Space, COP_DIV, TIME_BITS};
use provable_core::circuit::Family::*;
use std::collections::BTreeSet;
use support::forger::{fr, Claim, Forger};
use support::lie::{honestly, nothing, refused};
use support::tiny;

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

/// Under a single word lies 2^33, which no table takes for an operand.
#[test]
fn a_coprocessor_takes_the_bottom_of_the_stack() {
    let (bottom, quotient) = (1i64 << 33, 1i64 << 30);
    let lie = |row, claim: &mut Claim| {
        if row == 1 && claim.entry.operand == fr(COP_DIV as i64) {
            claim.result = fr(quotient);
        }
    };
    refused("PUSH 8,DIV", (&[], &[]), &[RangeSum], lie, |forger| {
        let words = [bottom, 8, quotient, 0, 7].map(fr);
        forger.arithmetic_row(0, [0, 1, 0, 0], 8, words);
    });
    refused("PUSH 8,AND", (&[], &[]), &[NibbleSum], lie, |forger| {
        forger.bitwise_row(0, [1, 0], [0, 8]);
        let top = forger
            .case
            .circuit
            .layout
            .bitwise
            .at(0, bitwise::NIBBLE + 7);
        forger.put(top, 32u64);
    });
}

/// A cell that is left over claims a time that carries into its key, and so takes away an input word nobody read; or it
/// counts −1 and puts there an output word nobody wrote.
#[test]
fn a_leftover_reaches_another_space() {
    let leave = |space: Space, active: i64, word: u64| {
        move |forger: &mut Forger<'_>| {
            let block = forger.case.circuit.layout.stack;
            let here = Space::Stack.base_integer() + 5;
            let there = space.base_integer() + u64::from(active == 1);
            forger.put(block.at(5, leftover::ACTIVE), fr(active));
            forger.put(block.at(5, leftover::VALUE), word);
            let time = fr((there - here) as i64) * fr(1 << TIME_BITS);
            forger.put(block.at(5, leftover::TIME), time);
        }
    };
    let swallowed = leave(Space::Input, 1, 6);
    refused(
        "READ,WRITE",
        (&[5, 6], &[5]),
        &[RangeSum],
        honestly,
        swallowed,
    );
    let minted = leave(Space::Output, -1, 9);
    let both = [RangeSum, Leftovers];
    refused("NOP", (&[], &[9]), &both, honestly, minted);
}

/// x is no x + 0: it is 2^32 longer, by a top limb that is a fraction and in the table only when it is scaled.
#[test]
fn a_word_has_more_than_its_bits() {
    let circuit = tiny();
    let text = "SECRET,DUP 0,PUSH 0,ADD,EQ,WRITE";
    let whole = 1i64 << 32;
    let mut forger = Forger::new(&circuit, text, (&[], &[0]), |row, claim| match row {
        0 => claim.result = fr(whole + 5),
        1 => claim.result = fr(whole + 5),
        _ => {}
    });
    assert_eq!(forger.objections().0, BTreeSet::from([RangeSum]));
    // 63/16 · 2^30 and what is missing from it, which five limbs can hold.
    let (step, last) = (
        circuit.layout.step,
        circuit.layout.capacities.word_limbs() - 1,
    );
    for (row, word) in [(0, whole + 5), (1, whole + 5), (4, whole)] {
        forger.limbs(&step, row, step::LIMB, fr(word - (63 << 26)));
        let fraction = fr(63) * fr(16).inverse().unwrap();
        forger.put(step.at(row, step::LIMB + last), fraction);
    }
    assert_eq!(forger.objections().0, BTreeSet::from([RangeSum]));
}
