//! A jump goes to the row of its target. A false witness that jumps into an instruction, past the end or out of the program, or
//! that executes the instruction of another address, is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::{Claim, FalseWitness, committed_operand, fr, integer};
use crate::support::{assemble, tiny};
use provable::circuit::Family::*;
use provable::circuit::encoding::{Bit, encode};
use provable::circuit::field::{FieldEncoding, FieldEntry};
use provable::circuit::layout::program;
use provable::circuit::operations::COP_ROTL;
use std::collections::BTreeSet;

#[test]
fn targets_are_translated_to_rows() {
    // Past ROTR, to the end behind it, and both ways over instructions of several rows and rows of several instructions.
    let circuit = tiny();
    for (text, outputs) in [
        ("PUSH 7,PUSH 5,JMP 4,ROTR,WRITE", &[5][..]),
        ("JMP 2,ROTR", &[]),
        (
            "PUSH 1,JNZ 5,ROTR,PUSH 1,ADD,PUSH 3,CALL 9,WRITE,HALT,SWAP 0,RET",
            &[3],
        ),
    ] {
        let program = assemble(text);
        let mut witness = FalseWitness::of(&circuit, program, (&[], outputs), None, unchanged_rows);
        assert_eq!(witness.violations().0, BTreeSet::new(), "{text}");
    }
}

#[test]
fn an_instruction_from_another_address_is_refused() {
    let text = "PUSH 3,WRITE,PUSH 4,WRITE";
    let claims = |row, claim: &mut Claim| {
        if row == 0 {
            claim.entry = encode(assemble(text).instructions()[2], 2)[0];
            claim.result = claim.entry.operand;
        }
    };
    assert_refused(text, (&[], &[4, 4]), &[FetchSum], claims, unchanged_tables);
}

/// A jump to the last of the three rows of ROTR, which rotates by one.
#[test]
fn a_jump_into_an_instruction_is_refused() {
    let text = "PUSH 7,PUSH 5,JMP 4,ROTR,WRITE";
    let claims = |row, claim: &mut Claim| match row {
        2 => claim.entry.operand = fr(2),
        3 => (claim.result, claim.carry) = (fr(10), fr(1)),
        _ => {}
    };
    let answer = |witness: &mut FalseWitness<'_>| {
        witness.product(0, (COP_ROTL, 5, 1), fr(2), [0, 10].map(fr));
    };
    assert_refused(text, (&[], &[10]), &[FetchSum], claims, answer);
    let both = |witness: &mut FalseWitness<'_>| {
        answer(witness);
        committed_operand(2, 2)(witness);
    };
    assert_refused(text, (&[], &[10]), &[ProgramTable], claims, both);
}

/// A label within an idiom: its instructions have rows of their own, so that the jump has somewhere to go. The row that the
/// idiom is without the label is refused.
#[test]
fn a_row_that_a_label_forbids_is_refused() {
    let circuit = tiny();
    // The jump skips PUSH 5: 2 + 3.
    let labelled = "PUSH 2,PUSH 3,JMP 4,PUSH 5,ADD,WRITE";
    let mut witness = FalseWitness::new(&circuit, labelled, (&[], &[5]), unchanged_rows);
    assert_eq!(witness.violations().0, BTreeSet::new());
    let fused = encode(assemble("ADD 5").instructions()[0], 3)[0];
    let claims = |row, claim: &mut Claim| {
        if row == 3 {
            claim.entry = fused;
            (claim.fill, claim.result) = (claim.top, fr(8));
        }
    };
    assert_refused(labelled, (&[], &[8]), &[FetchSum], claims, unchanged_tables);
    let table = |witness: &mut FalseWitness<'_>| {
        let table = witness.case.circuit.layout.program;
        witness.put(table.at(4, program::BITS), fused.bits);
        witness.put(table.at(4, program::OPERAND), fused.operand);
    };
    assert_refused(labelled, (&[], &[8]), &[ProgramTable], claims, table);
    // Without the label it is the row of the program, and a table with two rows is another program.
    let plain = "PUSH 3,PUSH 5,ADD,WRITE";
    let mut witness = FalseWitness::new(&circuit, plain, (&[], &[8]), unchanged_rows);
    assert_eq!(witness.violations().0, BTreeSet::new());
    assert_eq!(integer(witness.wrote[0]), 8);
    assert_eq!(encoded_rows(plain), 4);
    assert_eq!(encoded_rows(labelled), 7);
}

/// How many rows the table of a text has, with the end.
fn encoded_rows(text: &str) -> usize {
    FieldEncoding::new(&assemble(text)).entries.len()
}

/// The operand of a coprocessor row as a distance.
#[test]
fn a_jump_by_the_operand_of_another_instruction_is_refused() {
    let text = "PUSH 7,PUSH 3,NOP,MUL,WRITE,PUSH 1,WRITE";
    // MUL has the number 2: the jump skips two instructions.
    let claims = |row, claim: &mut Claim| {
        if row == 3 {
            claim.entry.bits = 1 << Bit::Jz as u32 | 1 << Bit::Jnz as u32;
            (claim.fill, claim.result, claim.carry) = (fr(0), fr(0), fr(0));
        }
    };
    assert_refused(text, (&[], &[3]), &[FetchSum], claims, unchanged_tables);
    let table = |witness: &mut FalseWitness<'_>| {
        let table = witness.case.circuit.layout.program;
        let bits: u64 = 1 << Bit::Jz as u32 | 1 << Bit::Jnz as u32;
        witness.put(table.at(3, program::BITS), bits);
    };
    assert_refused(text, (&[], &[3]), &[ProgramTable], claims, table);
}

/// The position one past the end is not in the program, though the table has an entry there.
#[test]
fn a_jump_past_the_end_is_refused() {
    for text in ["JMP 3,ROTR", "CALL 3,ROTR", "PUSH 0,JZ 4,ROTR"] {
        let jump = usize::from(text.starts_with("PUSH"));
        // To the HALT behind the three rows of ROTR.
        let claims = move |row, claim: &mut Claim| {
            if row == jump {
                claim.entry.operand = fr(3);
            }
        };
        assert_refused(text, (&[], &[]), &[FetchSum], claims, unchanged_tables);
        let table = committed_operand(jump, 3);
        assert_refused(text, (&[], &[]), &[ProgramTable], claims, table);
    }
}

/// A jump past the end is claimed to halt there, or the padding of the table is claimed to hold an instruction.
#[test]
fn a_jump_out_of_the_program_is_refused() {
    let halts = |row, claim: &mut Claim| {
        if row >= 1 {
            claim.halt();
        }
    };
    for target in ["2", "5", "31", "32", "16777216", "4294967295"] {
        let text = format!("JMP {target}");
        assert_refused(&text, (&[], &[]), &[FetchSum], halts, unchanged_tables);
    }
    let to_padding = |row, claim: &mut Claim| match row {
        0 => claim.entry.operand = fr(4),
        _ => claim.halt(),
    };
    let padded = |witness: &mut FalseWitness<'_>| {
        let table = witness.case.circuit.layout.program;
        witness.put(table.at(0, program::OPERAND), 4u64);
        witness.put(table.at(5, program::BITS), FieldEntry::halt().bits);
        witness.put(table.at(5, program::OPERAND), FieldEntry::halt().operand);
    };
    assert_refused(
        "JMP 5",
        (&[], &[]),
        &[FetchSum],
        to_padding,
        unchanged_tables,
    );
    assert_refused("JMP 5", (&[], &[]), &[ProgramTable], to_padding, padded);
}
