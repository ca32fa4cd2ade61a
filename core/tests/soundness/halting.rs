//! A run ends with HALT, once and for all. A false witness that halts early, never, inside an instruction, or that goes on after
//! HALT is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::{Claim, fr};
use provable::circuit::Family::*;
use provable::circuit::encoding::Bit;

#[test]
fn a_run_that_never_halts_is_refused() {
    for text in ["JMP 0", "NOP,JNC 0"] {
        let violated = assert_refused(
            text,
            (&[], &[]),
            &[Boundary],
            unchanged_rows,
            unchanged_tables,
        );
        assert_eq!(violated, 1, "{text}");
    }
}

#[test]
fn a_run_that_halts_early_is_refused() {
    let text = "PUSH 1,WRITE,PUSH 2,WRITE";
    let claims = |row, claim: &mut Claim| {
        if row >= 2 {
            claim.halt();
        }
    };
    assert_refused(text, (&[], &[1]), &[FetchSum], claims, unchanged_tables);
}

/// Between the rows of a STORE, before the address is popped.
#[test]
fn a_halt_inside_a_store_is_refused() {
    let claims = |row, claim: &mut Claim| {
        if row >= 5 {
            claim.halt();
        }
    };
    assert_refused(
        "PUSH 5,PUSH 4,NOP,STORE,PUSH 1,WRITE",
        (&[], &[]),
        &[FetchSum],
        claims,
        unchanged_tables,
    );
}

/// The last row has HALT's mark but is another instruction. A JMP to itself lacks only the mark; the distance of another jump
/// is another one.
#[test]
fn a_last_row_that_is_no_halt_is_refused() {
    for text in [
        "PUSH 1,DUP 0,POP,JMP 1",
        "JMP 0",
        "JMP 1,JMP 0",
        "JNC 1,JNC 0",
    ] {
        let marked = |row, claim: &mut Claim| {
            if row == 31 {
                // With Drop the row takes nothing and puts nothing.
                let mark = [Bit::Jz, Bit::Drop, Bit::Here];
                claim.entry.bits |= mark.iter().fold(0, |sum, bit| sum | 1 << *bit as u32);
                claim.entry.bits &= !(1 << Bit::Push as u32);
                claim.fill = claim.top;
            }
        };
        assert_refused(text, (&[], &[]), &[FetchSum], marked, unchanged_tables);
        let halts = |row, claim: &mut Claim| {
            if row == 31 {
                claim.halt();
            }
        };
        assert_refused(text, (&[], &[]), &[FetchSum], halts, unchanged_tables);
    }
}

/// Some control bits are no columns but differences of counters. A halted row claims such a bit and reads or writes.
#[test]
fn a_halt_that_reads_or_writes_is_refused() {
    let with = |bit: Bit| {
        move |row, claim: &mut Claim| {
            if row == 2 {
                claim.entry.bits |= 1 << bit as u32;
                claim.result = fr(5);
            }
        }
    };
    // Its key is what HALT's operand names, which is in no space.
    let text = "PUSH 9,NOP";
    let both = [FetchSum, MemorySum];
    assert_refused(text, (&[], &[9]), &both, with(Bit::Write), unchanged_tables);
    assert_refused(text, (&[5], &[]), &both, with(Bit::Read), unchanged_tables);
}
