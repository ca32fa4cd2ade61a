//! A word has 32 bits and a carry has one. A false witness with a longer word or with a carry that is no bit is refused.

use crate::support::assert_refused::{assert_refused, forms, unchanged_tables};
use crate::support::false_witness::{Claim, FalseWitness, fr};
use crate::support::tiny;
use ark_ff::Field;
use provable::circuit::Family::*;
use provable::circuit::field::pow2;
use provable::circuit::operations::{COP_MUL, COP_XOR};
use std::collections::BTreeSet;

/// x differs from x + 0 by 2^32: as a word, x would have a top limb with one bit more.
#[test]
fn a_word_longer_than_32_bits_is_refused() {
    let text = "SECRET,DUP 0,NOP,PUSH 0,NOP,ADD,EQ,WRITE";
    let whole = 1i64 << 32;
    let claims = |row, claim: &mut Claim| {
        if row < 2 {
            claim.result = fr(whole + 5);
        }
    };
    let table = |witness: &mut FalseWitness<'_>| {
        witness.compare_row(0, [1, 0], fr(0), [5, whole].map(fr));
    };
    let circuit = tiny();
    let mut witness = FalseWitness::new(&circuit, text, (&[], &[0]), claims);
    table(&mut witness);
    assert_eq!(witness.violations().0, BTreeSet::from([TopSum]));
    assert_refused(text, (&[], &[0]), &[RangeSum], claims, table);
}

#[test]
fn a_wrong_difference_is_refused() {
    let eighth = fr(8) * fr(1 << 32).inverse().unwrap();
    // By a word of the stack, and by the operand.
    for (text, row) in forms("PUSH 2,PUSH 3,SUB,WRITE") {
        let claims = |at, claim: &mut Claim| {
            if at == row {
                (claim.result, claim.carry) = (fr(7), eighth);
            }
        };
        assert_refused(&text, (&[], &[7]), &[CarryBit], claims, unchanged_tables);
    }
}

/// A pushed word has no carry, not even a fraction of one.
#[test]
fn a_carry_in_a_pushed_word_is_refused() {
    let part = pow2(32).inverse().unwrap();
    let claims = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.result, claim.carry) = (fr(3), part);
        }
    };
    assert_refused(
        "PUSH 2,WRITE",
        (&[], &[3]),
        &[CarryBit],
        claims,
        unchanged_tables,
    );
}

/// A push that spills another word than the top. PUSH and DUP 0 then push another word, too.
#[test]
fn a_push_that_spills_another_word_is_refused() {
    for (text, word, more) in [
        ("PUSH 2,PUSH 3,WRITE", 4, 1),
        // The next top is `fill`, and r is twice `fill` minus the top.
        ("PUSH 2,DUP 0,WRITE", 3, 2),
    ] {
        let claims = |row, claim: &mut Claim| {
            if row == 1 {
                claim.fill += fr(1);
                claim.result += fr(more);
            }
        };
        assert_refused(text, (&[], &[word]), &[Spill], claims, unchanged_tables);
    }
}

/// A row works on the top itself, so `fill` is the top. With another `fill` an operation would have another first word, and a
/// load another address.
#[test]
fn a_row_that_works_on_another_word_than_the_top_is_refused() {
    for (text, row, fill, result, output) in [
        ("PUSH 7,MUL 3,WRITE", 1, 6, 24, 24),
        ("PUSH 7,XOR 3,WRITE", 1, 6, 2, 2),
        ("PUSH 7,SWAP 0,WRITE", 1, 8, 9, 8),
        (
            "PUSH 7,STORE 1,PUSH 8,STORE 2,PUSH 1,LOADX 0,WRITE",
            5,
            2,
            8,
            9,
        ),
        // The copy stays below: the word that is spilled is another.
        ("PUSH 7,DUP 0,ADD 3,POP,WRITE", 1, 9, 10, 9),
        ("PUSH 7,DUP 0,MUL 3,WRITE", 1, 6, 24, 24),
    ] {
        let claims = |at, claim: &mut Claim| {
            if at == row {
                claim.fill = fr(fill);
                claim.result = fr(result);
                if text.contains("LOADX") {
                    (claim.age, claim.set) = (fr(1), fr(1));
                }
            }
        };
        // The coprocessor is asked for 6 and 3 + 7 − 6.
        let answer = |witness: &mut FalseWitness<'_>| {
            if text.contains("MUL") {
                witness.product(0, (COP_MUL, 6, 4), fr(4), [0, 24].map(fr));
            }
            if text.contains("XOR") {
                witness.bitwise_row(0, COP_XOR, [6, 4], 2);
            }
        };
        assert_refused(text, (&[], &[output]), &[Spill], claims, answer);
    }
}
