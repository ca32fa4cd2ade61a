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

const STORED_TWICE: &str = "PUSH 5,STORE 0,PUSH 6,STORE 0,LOAD 0,WRITE";

/// The second STORE, in row 3, begins the cell again. The LOAD in row 4 reads what the first STORE left.
fn begin_twice(row: usize, claim: &mut Claim) {
    match row {
        3 => (claim.result, claim.age, claim.set) = (fr(0), fr(3), fr(0)),
        4 => (claim.result, claim.age) = (fr(5), fr(2)),
        _ => {}
    }
}

#[test]
fn a_heap_cell_that_begins_twice_is_refused() {
    // The lowest limb is −1, or the next limb compensates it.
    for higher in [false, true] {
        let twice = |witness: &mut FalseWitness<'_>| {
            witness.heap_row(0, 0, (fr(6), 4, true), fr(0));
            witness.heap_row(1, 0, (fr(5), 5, true), fr(0));
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
    let text = "PUSH 5,STORE 7,PUSH 6,STORE 7,LOAD 7,WRITE";
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
            witness.heap_row(1, 7, (fr(5), 5, true), higher * whole);
            let limb = circuit.layout.heap.at(1, heap::LIMB);
            witness.put(limb, higher);
            witness.heap_row(2, 8, (fr(0), 0, false), fr(0));
            witness.heap_row(3, 9, (fr(0), 0, false), fr(0));
            let (violations, count) = witness.violations();
            assert_eq!(violations, BTreeSet::from([RangeSum]), "{range_bits}");
            assert_eq!(count, 1);
        }
        // Addresses may be longer than a word. Such cells are untouched.
        let mut witness = FalseWitness::new(&circuit, "NOP", (&[], &[]), unchanged_rows);
        let far = (1i64 << 33) + 1;
        witness.heap_row(0, far, (fr(0), 0, false), fr(far));
        for row in 1..capacities.heap {
            witness.heap_row(row, far + row as i64, (fr(0), 0, false), fr(0));
        }
        // 33 bits of limbs do not reach that far.
        assert_eq!(witness.violations().0.is_empty(), range_bits != 11);
    }
}

/// LOAD on an empty stack takes the address 2^33. The cell there is claimed to be stored.
#[test]
fn a_load_at_the_empty_stack_address_is_refused() {
    let circuit = tiny();
    for set in [1, -2] {
        let claims = |row, claim: &mut Claim| {
            if row == 0 {
                claim.set = fr(set);
            }
        };
        let mut witness = FalseWitness::new(&circuit, "LOAD", (&[], &[]), claims);
        assert_eq!(witness.violations().0, BTreeSet::from([MemorySum]));
    }
}
