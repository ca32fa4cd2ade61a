//! The program table is the program of the statement. A false witness for another table is refused, and a program may fill the
//! table to its last entry.

use crate::support::assert_refused::{assert_refused, unchanged_rows, unchanged_tables};
use crate::support::false_witness::{Claim, FalseWitness, fr};
use crate::support::{assemble, tiny};
use provable::circuit::Family::*;
use provable::circuit::layout::program;
use provable::circuit::statement::{StatementError, check_lengths};
use std::collections::BTreeSet;

#[test]
fn another_committed_program_is_refused() {
    let claims = |row, claim: &mut Claim| {
        if row == 0 {
            claim.entry.operand = fr(3);
            claim.result = fr(3);
        }
    };
    let other = |witness: &mut FalseWitness<'_>| {
        let operand = witness.case.circuit.layout.program.at(0, program::OPERAND);
        witness.put(operand, 3u64);
    };
    assert_refused("PUSH 2,WRITE", (&[], &[3]), &[ProgramTable], claims, other);
    assert_refused(
        "PUSH 2,WRITE",
        (&[], &[3]),
        &[FetchSum],
        claims,
        unchanged_tables,
    );
}

/// The program and its end take one entry a row. They may take all entries of the table, and one more does not fit.
#[test]
fn a_program_may_fill_its_table_and_no_more() {
    let circuit = tiny();
    let capacities = circuit.layout.capacities;
    let entries = capacities.program;
    let full = format!("JMP {},{}NOT", entries - 2, "NOP,".repeat(entries - 3));
    let full = assemble(&full);
    assert_eq!(full.instructions().len(), entries - 1);
    assert_eq!(check_lengths(&full, &[], &[], &capacities), Ok(()));
    let mut witness = FalseWitness::of(&circuit, full, (&[], &[]), None, unchanged_rows);
    assert_eq!(witness.violations().0, BTreeSet::from([CoprocessorSum]));
    let end = format!("JMP {},{}NOT", entries - 1, "NOP,".repeat(entries - 3));
    let mut witness = FalseWitness::of(&circuit, assemble(&end), (&[], &[]), None, unchanged_rows);
    assert_eq!(witness.violations().0, BTreeSet::new());
    // An instruction of three rows, and two of one row.
    let three = assemble(&format!("{}ROTR,PUSH 1,ADD", "NOP,".repeat(entries - 5)));
    assert_eq!(check_lengths(&three, &[], &[], &capacities), Ok(()));
    let longer = assemble(&format!("{}ROTR,PUSH 1,ADD", "NOP,".repeat(entries - 4)));
    let refusal = StatementError::ProgramTooLong {
        length: entries + 1,
        capacity: entries,
    };
    assert_eq!(check_lengths(&longer, &[], &[], &capacities), Err(refusal));
}
