//! RET returns to the address that the last open CALL saved. A false witness that returns elsewhere is refused.

use crate::support::assert_refused::{assert_refused, unchanged_tables};
use crate::support::false_witness::{Claim, fr};
use provable::circuit::Family::*;

#[test]
fn a_return_to_another_address_is_refused() {
    let claims = |row, claim: &mut Claim| {
        if row == 1 {
            (claim.fill, claim.result) = (fr(3), fr(3));
        }
    };
    let text = "CALL 4,PUSH 1,WRITE,HALT,RET";
    assert_refused(text, (&[], &[]), &[MemorySum], claims, unchanged_tables);
}

/// Each half alone: RET takes one address and goes to another; or CALL saves another address than its own.
#[test]
fn a_return_that_differs_from_the_saved_address_is_refused() {
    let text = "CALL 4,PUSH 1,WRITE,HALT,RET";
    let goes = |row, claim: &mut Claim| {
        if row == 1 {
            claim.result = fr(3);
        }
    };
    assert_refused(text, (&[], &[]), &[Arithmetic], goes, unchanged_tables);
    let puts = |row, claim: &mut Claim| match row {
        0 => claim.fill = fr(3),
        1 => (claim.fill, claim.result) = (fr(3), fr(3)),
        _ => {}
    };
    assert_refused(text, (&[], &[]), &[Spill], puts, unchanged_tables);
}

/// RET takes the address that a later CALL, with −1 open calls, saves.
#[test]
fn a_return_without_a_call_is_refused() {
    let claims = |row, claim: &mut Claim| {
        if row == 0 {
            (claim.fill, claim.fill_age, claim.result) = (fr(2), fr(-3), fr(2));
        }
    };
    let text = "RET,CALL 3,JMP 1,HALT";
    assert_refused(text, (&[], &[]), &[RangeSum], claims, unchanged_tables);
}
