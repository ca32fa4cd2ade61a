//! A jump goes to the row of its target. A false witness that jumps into an instruction, past the end or out of the program, or
//! that executes the instruction of another address, is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::{Claim, FalseWitness, committed_operand, fr};
use crate::support::{assemble, tiny};
use provable::circuit::Family::*;
use provable::circuit::encoding::encode;
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::program;
use provable::circuit::operations::COP_XOR;
use std::collections::BTreeSet;

#[test]
fn targets_are_translated_to_rows() {
    // Past NOT, to the end behind it, and both ways over instructions of two rows.
    let circuit = tiny();
    for (text, outputs) in [
        ("PUSH 7,PUSH 5,JMP 4,NOT,WRITE", &[5][..]),
        ("JMP 2,NOT", &[]),
        (
            "PUSH 1,JNZ 4,NOT,NOT,PUSH 3,CALL 8,WRITE,HALT,SWAP 0,RET",
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

/// A jump between the two rows of NOT. The word on the stack then takes the place of NOT's ones.
#[test]
fn a_jump_into_an_instruction_is_refused() {
    let text = "PUSH 7,PUSH 5,JMP 4,NOT,WRITE";
    let claims = |row, claim: &mut Claim| match row {
        2 => claim.entry.operand = fr(4),
        3 => claim.result = fr(2),
        _ => {}
    };
    let answer = |witness: &mut FalseWitness<'_>| witness.bitwise_row(0, COP_XOR, [7, 5], 2);
    assert_refused(text, (&[], &[2]), &[FetchSum], claims, answer);
    let both = |witness: &mut FalseWitness<'_>| {
        answer(witness);
        committed_operand(2, 4)(witness);
    };
    assert_refused(text, (&[], &[2]), &[ProgramTable], claims, both);
}

/// The position one past the end is not in the program, though the table has an entry there.
#[test]
fn a_jump_past_the_end_is_refused() {
    for text in ["JMP 3,NOT", "CALL 3,NOT", "PUSH 0,JZ 4,SWAP 0"] {
        let jump = usize::from(text.starts_with("PUSH"));
        let end = 3 + jump as i64;
        let claims = move |row, claim: &mut Claim| {
            if row == jump {
                claim.entry.operand = fr(end);
            }
        };
        assert_refused(text, (&[], &[]), &[FetchSum], claims, unchanged_tables);
        let table = committed_operand(jump, end);
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
        0 => claim.entry.operand = fr(5),
        _ => claim.halt(),
    };
    let padded = |witness: &mut FalseWitness<'_>| {
        let table = witness.case.circuit.layout.program;
        witness.put(table.at(0, program::OPERAND), 5u64);
        witness.put(table.at(5, program::BITS), FieldEntry::halt(5).bits);
        witness.put(table.at(5, program::OPERAND), 5u64);
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
