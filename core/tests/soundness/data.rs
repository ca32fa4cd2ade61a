//! Words of data are in the heap from the start, each once. A false witness that begins with other words is refused.

use crate::support::assert_refused::unchanged_rows;
use crate::support::false_witness::{Claim, FalseWitness, fr};
use crate::support::{assemble, tiny};
use provable::circuit::Circuit;
use provable::circuit::Family::*;
use provable::circuit::layout::heap;
use std::collections::BTreeSet;

const TEXT: &str = "LOAD 3,WRITE,PUSH 9,STORE 4";

/// The witness of a run that begins with one list of data, for a statement whose program has another.
fn begins_with<'a>(
    circuit: &'a Circuit,
    began: &[(u32, u32)],
    stated: &[(u32, u32)],
    output: &[u32],
    change: impl FnMut(usize, &mut Claim),
) -> FalseWitness<'a> {
    let with = |data: &[(u32, u32)]| assemble(TEXT).with_data(data.iter().copied());
    let mut witness = FalseWitness::of(circuit, with(began), (&[], output), None, change);
    witness.case.program = with(stated);
    witness
}

#[test]
fn a_run_that_begins_with_the_data_of_its_program_is_accepted() {
    let circuit = tiny();
    let data = [(3, 7), (9, 1)];
    let mut witness = begins_with(&circuit, &data, &data, &[7], unchanged_rows);
    assert_eq!(witness.violations().0, BTreeSet::new());
}

#[test]
fn a_run_that_begins_with_other_data_is_refused() {
    let circuit = tiny();
    for stated in [
        // Another word, another address, a word more, a word less.
        &[(3, 8), (9, 1)][..],
        &[(2, 7), (9, 1)],
        &[(3, 7), (8, 2), (9, 1)],
        &[(3, 7)],
        &[],
    ] {
        let began = [(3, 7), (9, 1)];
        let mut witness = begins_with(&circuit, &began, stated, &[7], unchanged_rows);
        let violations = witness.violations().0;
        assert_eq!(violations, BTreeSet::from([MemorySum]), "{stated:?}");
    }
}

/// The LOAD takes a tuple that is not set in place of the data, or a value that nobody put.
#[test]
fn a_load_of_data_that_finds_something_else_is_refused() {
    let circuit = tiny();
    let data = [(3, 7)];
    for (set, family) in [(1, MemorySum), (0, SetBit)] {
        let change = |row, claim: &mut Claim| {
            if row == 0 {
                (claim.result, claim.set) = (fr(0), fr(set));
            }
        };
        let mut witness = begins_with(&circuit, &data, &data, &[0], change);
        let violations = witness.violations().0;
        assert!(violations.contains(&family), "{set}: {violations:?}");
    }
}

/// Without a row of the heap table nobody puts the tuple that the verifier takes. The row of another cell does not help.
#[test]
fn a_cell_of_data_without_a_row_of_the_heap_table_is_refused() {
    let circuit = tiny();
    let data = [(3, 7), (9, 1)];
    let mut witness = begins_with(&circuit, &data, &data, &[7], unchanged_rows);
    let block = circuit.layout.heap;
    let at = |row: usize, column| block.at(row, column);
    let value = |witness: &FalseWitness<'_>, row| {
        witness.case.assignment[at(row, heap::ADDRESS).0 as usize]
    };
    let row = (0..block.rows).find(|row| value(&witness, *row) == fr(9));
    let row = row.expect("the cell has a row");
    witness.put(at(row, heap::SET), 0u64);
    witness.put(at(row, heap::VALUE), 0u64);
    let violations = witness.violations().0;
    assert_eq!(violations, BTreeSet::from([MemorySum]));
}
