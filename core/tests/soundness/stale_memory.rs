//! A read takes the value that was stored last. A false witness that reads a stale value, a value from the future, or a cell
//! that was never stored is refused.
//!
//! Each test changes one claim of a run and keeps everything else consistent. It names the constraint families that refuse.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::{Claim, FalseWitness, fr, reads};
use ark_ff::Zero;
use provable::circuit::Family::*;
use provable::circuit::layout::leftover;

const STORED_TWICE: &str = "PUSH 5,STORE 0,PUSH 6,STORE 0,NOP,LOAD 0,WRITE";

#[test]
fn a_stale_read_is_refused() {
    let claims = reads(5, 5, 3);
    assert_refused(
        STORED_TWICE,
        (&[], &[5]),
        &[MemorySum],
        claims,
        unchanged_tables,
    );
}

/// The second LOAD takes the cell that the first LOAD has already taken.
#[test]
fn a_replayed_read_is_refused() {
    let text = "PUSH 5,STORE 0,NOP,LOAD 0,PUSH 6,STORE 0,NOP,LOAD 0,WRITE";
    let claims = reads(7, 5, 5);
    assert_refused(text, (&[], &[5]), &[MemorySum], claims, unchanged_tables);
}

#[test]
fn a_read_from_the_future_is_refused() {
    let text = "PUSH 5,STORE 0,NOP,LOAD 0,WRITE,PUSH 6,STORE 0";
    let (early, late) = (reads(3, 6, -4), reads(6, 5, 4));
    let claims = |row, claim: &mut Claim| {
        early(row, claim);
        late(row, claim);
    };
    assert_refused(text, (&[], &[6]), &[RangeSum], claims, unchanged_tables);
}

/// The second STORE claims a first store, so the old cell stays and can be read.
#[test]
fn a_store_that_removes_no_cell_is_refused() {
    let claims = |row, claim: &mut Claim| match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        5 => (claim.result, claim.age) = (fr(5), fr(3)),
        _ => {}
    };
    assert_refused(
        STORED_TWICE,
        (&[], &[5]),
        &[MemorySum],
        claims,
        unchanged_tables,
    );
}

#[test]
fn a_load_before_the_store_is_refused() {
    let claims = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.result, claim.age, claim.set) = (fr(9), fr(-4), fr(1));
        }
    };
    let text = "LOAD 3,WRITE,PUSH 9,STORE 3";
    assert_refused(text, (&[], &[9]), &[RangeSum], claims, unchanged_tables);
}

#[test]
fn a_load_of_a_cell_never_stored_is_refused() {
    let (text, tapes) = ("LOAD 7,WRITE", (&[][..], &[0][..]));
    assert_refused(text, tapes, &[SetBit], unchanged_rows, unchanged_tables);
    for set in [1, -2] {
        let claims =
            |_, claim: &mut Claim| claim.set = fr(if claim.set.is_zero() { set } else { 1 });
        assert_refused(text, tapes, &[MemorySum], claims, unchanged_tables);
    }
}

#[test]
fn two_stores_in_reverse_order_are_refused() {
    let claims = |row, claim: &mut Claim| match row {
        1 => (claim.result, claim.age, claim.set) = (fr(6), fr(-3), fr(1)),
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        5 => (claim.result, claim.age) = (fr(5), fr(3)),
        _ => {}
    };
    assert_refused(
        STORED_TWICE,
        (&[], &[5]),
        &[RangeSum],
        claims,
        unchanged_tables,
    );
}

/// A word of the stack is popped twice. The word that belongs to the second pop is claimed to be left over.
#[test]
fn a_word_popped_twice_is_refused() {
    // The word under each 0 is in cell 1 both times.
    let text = "PUSH 5,PUSH 0,POP,POP,PUSH 6,PUSH 0,POP,WRITE";
    let stale = |row, claim: &mut Claim| {
        if row == 6 {
            (claim.fill, claim.fill_age) = (fr(5), claim.fill_age + fr(4));
        }
    };
    let left = |witness: &mut FalseWitness<'_>| {
        let block = witness.case.circuit.layout.stack;
        witness.put(block.at(1, leftover::ACTIVE), 1u64);
        witness.put(block.at(1, leftover::VALUE), 6u64);
        witness.put(block.at(1, leftover::TIME), 6u64);
    };
    assert_refused(text, (&[], &[5]), &[MemorySum], stale, left);
    // The first time takes the second's word, or gives the first away.
    let swapped = |row, claim: &mut Claim| match row {
        2 => (claim.fill, claim.fill_age) = (fr(6), claim.fill_age - fr(4)),
        6 => (claim.fill, claim.fill_age) = (fr(5), claim.fill_age + fr(4)),
        _ => {}
    };
    assert_refused(text, (&[], &[5]), &[RangeSum], swapped, unchanged_tables);
}
