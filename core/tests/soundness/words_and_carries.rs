//! False statements that concern the tapes, the adder, leftovers and words, told as in `soundness_fresh`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_ff::Field;
use provable::circuit::Family::*;
use provable::circuit::layout::leftover;
use provable::circuit::tuple::{MEMORY, Space};
use std::collections::BTreeSet;
use support::forger::{Claim, Forger, fr};
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
fn a_difference_is_another() {
    let eighth = fr(8) * fr(1 << 32).inverse().unwrap();
    let lie = |row, claim: &mut Claim| {
        if row == 2 {
            (claim.result, claim.carry) = (fr(7), eighth);
        }
    };
    let text = "PUSH 2,PUSH 3,SUB,WRITE";
    refused(text, (&[], &[7]), &[CarryBit], lie, nothing);
}

/// A cell that is left over claims a time that carries into its space, and so takes away an input word nobody read; or
/// it counts −1 and puts there an output word nobody wrote.
#[test]
fn a_leftover_reaches_another_space() {
    let leave = |space: Space, active: i64, word: u64| {
        move |forger: &mut Forger<'_>| {
            let block = forger.case.circuit.layout.stack;
            let address = usize::from(active == 1);
            let time = (space as i64 - Space::Stack as i64) << MEMORY.fields[1].shift;
            forger.put(block.at(address, leftover::ACTIVE), fr(active));
            forger.put(block.at(address, leftover::VALUE), word);
            forger.put(block.at(address, leftover::TIME), fr(time));
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

/// x is no x + 0: it is 2^32 longer. As a word it would have a top limb of one bit more.
#[test]
fn a_word_has_more_than_its_bits() {
    let text = "SECRET,DUP 0,PUSH 0,ADD,EQ,WRITE";
    let whole = 1i64 << 32;
    let lie = |row, claim: &mut Claim| {
        if row < 2 {
            claim.result = fr(whole + 5);
        }
    };
    let table = |forger: &mut Forger<'_>| {
        forger.compare_row(0, [1, 0], fr(0), [5, whole].map(fr));
    };
    let circuit = tiny();
    let mut forger = Forger::new(&circuit, text, (&[], &[0]), lie);
    table(&mut forger);
    assert_eq!(forger.objections().0, BTreeSet::from([TopSum]));
    refused(text, (&[], &[0]), &[RangeSum], lie, table);
}
