//! A word has 32 bits and a carry has one. A false witness with a longer word or with a carry that is no bit is refused.

use crate::support::assert_refused::{assert_refused, unchanged_tables};
use crate::support::false_witness::{Claim, FalseWitness, fr};
use crate::support::tiny;
use ark_ff::Field;
use provable::circuit::Family::*;
use provable::circuit::field::pow2;
use std::collections::BTreeSet;

/// x differs from x + 0 by 2^32: as a word, x would have a top limb with one bit more.
#[test]
fn a_word_longer_than_32_bits_is_refused() {
    let text = "SECRET,DUP 0,PUSH 0,ADD,EQ,WRITE";
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
    let claims = |row, claim: &mut Claim| {
        if row == 2 {
            (claim.result, claim.carry) = (fr(7), eighth);
        }
    };
    let text = "PUSH 2,PUSH 3,SUB,WRITE";
    assert_refused(text, (&[], &[7]), &[CarryBit], claims, unchanged_tables);
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
    for (text, word) in [("PUSH 2,PUSH 3,WRITE", 4), ("PUSH 2,DUP 0,WRITE", 3)] {
        let claims = |row, claim: &mut Claim| {
            if row == 1 {
                claim.fill += fr(1);
                claim.result += fr(1);
            }
        };
        assert_refused(text, (&[], &[word]), &[Spill], claims, unchanged_tables);
    }
}
