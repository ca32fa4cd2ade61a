//! The heap's table has each touched address once, in increasing order. A false witness in which a cell begins twice has two
//! histories of one address, and is refused.

use crate::support::assert_refused::{assert_refused, unchanged_rows};
use crate::support::false_witness::{Claim, FalseWitness, fr};
use crate::support::tiny;
use ark_ff::Field;
use provable::circuit::Family::*;
use provable::circuit::field::pow2;
use provable::circuit::layout::heap;
use provable::circuit::{Capacities, Circuit};
use std::collections::BTreeSet;

const STORED_TWICE: &str = "PUSH 5,STORE 0,PUSH 6,STORE 0,NOP,LOAD 0,WRITE";

/// The second STORE, in row 3, begins the cell again. The LOAD in row 5 reads what the first STORE left.
fn begin_twice(row: usize, claim: &mut Claim) {
    match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        5 => (claim.result, claim.age) = (fr(5), fr(3)),
        _ => {}
    }
}

#[test]
fn a_heap_cell_that_begins_twice_is_refused() {
    // The lowest limb is −1, or the next limb compensates it.
    for higher in [false, true] {
        let twice = |witness: &mut FalseWitness<'_>| {
            witness.heap_row(0, 0, (fr(6), 4, true), fr(0));
            witness.heap_row(1, 0, (fr(5), 6, true), fr(0));
            if higher {
                let layout = &witness.case.circuit.layout;
                let base = fr(1 << layout.capacities.range_bits);
                let limb = layout.heap.at(1, heap::LIMB);
                witness.put(limb, -base.inverse().unwrap());
            }
            witness.heap_row(2, 1, (fr(0), 0, false), fr(0));
            witness.heap_row(3, 2, (fr(0), 0, false), fr(0));
        };
        assert_refused(STORED_TWICE, (&[], &[5]), &[RangeSum], begin_twice, twice);
    }
}

/// Addresses increase whatever the number of limbs is: four, three, or two that hold more than a word.
#[test]
fn a_heap_cell_that_begins_twice_is_refused_for_every_number_of_limbs() {
    let text = "PUSH 5,STORE 7,PUSH 6,STORE 7,NOP,LOAD 7,WRITE";
    for range_bits in [9, 11, 17] {
        let capacities = Capacities {
            range_bits,
            ..tiny().layout.capacities
        };
        assert!(capacities.are_sound());
        let circuit = Circuit::new(capacities).unwrap();
        let whole = pow2(range_bits);
        // The limb above the lowest: zero, a fraction that compensates the lowest, or −1.
        for higher in [fr(0), -whole.inverse().unwrap(), fr(-1)] {
            let mut witness = FalseWitness::new(&circuit, text, (&[], &[5]), begin_twice);
            witness.heap_row(0, 7, (fr(6), 4, true), fr(7));
            witness.heap_row(1, 7, (fr(5), 6, true), higher * whole);
            let limb = circuit.layout.heap.at(1, heap::LIMB);
            witness.put(limb, higher);
            witness.heap_row(2, 8, (fr(0), 0, false), fr(0));
            witness.heap_row(3, 9, (fr(0), 0, false), fr(0));
            let (violations, count) = witness.violations();
            assert_eq!(violations, BTreeSet::from([RangeSum]), "{range_bits}");
            assert_eq!(count, 1);
        }
        // The last address is a word.
        for far in [u32::MAX.into(), 1i64 << 32, (1 << 33) + 1] {
            let mut witness = FalseWitness::new(&circuit, "NOP", (&[], &[]), unchanged_rows);
            let last = capacities.heap as i64 - 1;
            for row in 0..last {
                witness.heap_row(row as usize, row, (fr(0), 0, false), fr(0));
            }
            witness.heap_row(last as usize, far, (fr(0), 0, false), fr(far - last));
            let violations = witness.violations().0;
            let refused = violations.contains(&RangeSum) || violations.contains(&TopSum);
            assert_eq!(refused, far > u32::MAX.into(), "{range_bits} {far}");
            assert!(violations.len() <= 1, "{range_bits} {far}: {violations:?}");
        }
    }
}

/// LOAD on an empty stack takes the address 2^33. The cell there is claimed to be stored.
#[test]
fn a_load_at_the_empty_stack_address_is_refused() {
    for set in [1, -2] {
        let claims = |row, claim: &mut Claim| {
            if row == 0 {
                claim.set = fr(set);
            }
        };
        let families = [MemorySum, RangeSum];
        assert_refused("LOAD", (&[], &[]), &families, claims, |_| {});
    }
}

/// An address and a distance that make no address: 2^32, or −1 as a field element. A PUT stores there and a LOADX finds it, so
/// the rows are right. Only the table of the heap refuses.
#[test]
fn a_cell_at_no_address_is_refused() {
    let above = "PUSH 4294967295,PUSH 5,PUT 1,LOADX 1,WRITE";
    let below = "PUSH 0,PUSH 5,PUT 4294967295,LOADX 4294967295,WRITE";
    // 2^32 is the last address, and no word.
    assert_refused(above, (&[], &[5]), &[RangeSum], unchanged_rows, |witness| {
        for row in 0..3 {
            witness.heap_row(row, row as i64, (fr(0), 0, false), fr(0));
        }
        let far = 1 << 32;
        witness.heap_row(3, far, (fr(5), 4, true), fr(far - 3));
    });
    // −1 is the last address: its distance to the address before is negative, and it is no word. Or it is the first: then it is
    // less than 0. The distances to the addresses after it are right.
    assert_refused(below, (&[], &[5]), &[RangeSum], unchanged_rows, |witness| {
        for row in 0..3 {
            witness.heap_row(row, row as i64, (fr(0), 0, false), fr(0));
        }
        witness.heap_row(3, -1, (fr(5), 4, true), fr(-4));
    });
    let violated = assert_refused(below, (&[], &[5]), &[RangeSum], unchanged_rows, |witness| {
        witness.heap_row(0, -1, (fr(5), 4, true), fr(-1));
        for row in 1..4 {
            witness.heap_row(row, row as i64 - 1, (fr(0), 0, false), fr(0));
        }
    });
    assert_eq!(violated, 1);
    // Without a row of the table the cell has no beginning.
    assert_refused(
        below,
        (&[], &[5]),
        &[MemorySum],
        unchanged_rows,
        |witness| {
            for row in 0..4 {
                witness.heap_row(row, row as i64, (fr(0), 0, false), fr(0));
            }
        },
    );
}

/// A row that stores and keeps the top takes nothing from the stack. On an empty stack it puts 2^33 into the heap; then the last
/// value of that cell is refused, or the result of the row that takes it.
#[test]
fn the_number_under_an_empty_stack_is_refused_in_the_heap() {
    for text in [
        "STORE 1,LOAD 1",
        "DUP 0,STORE 1",
        "DUP 0,PUSH 1,STORE",
        "DUP 0,STORE 1,HALT",
        "PUSH 7,POP,DUP 0,STORE 1",
        "DUP 0,STORE 1,PUSH 7,DUP 0,STORE 2",
    ] {
        assert_refused(text, (&[], &[]), &[HeapTable], unchanged_rows, |_| {});
    }
    // Stored over, or loaded.
    for text in [
        "DUP 0,STORE 1,PUSH 7,STORE 1",
        "DUP 0,STORE 1,PUSH 7,DUP 0,STORE 1",
        "DUP 0,STORE 1,PUSH 7,POP,PUSH 1,PUSH 9,PUT 0",
        "DUP 0,STORE 1,NOP,DUP 0,STORE 1,PUSH 1,STORE 1",
    ] {
        assert_refused(text, (&[], &[]), &[RangeSum], unchanged_rows, |_| {});
    }
}
