//! A row of the table belongs to one step row, and replaces only cells that were stored before it.

use crate::support::{CIRCUIT, Case, INITIAL, Place, Tuple, tuple};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::Family::{self, *};
use provable::circuit::field::pow2;
use provable::circuit::tuple::Space;
use std::collections::BTreeSet;

const PLACE: Place = Place {
    time: 9,
    state: 100,
    block: 200,
};

fn case() -> Case {
    Case::of(
        &CIRCUIT,
        INITIAL,
        std::array::from_fn(|word| word as u32 * 0x0101_0101),
    )
}

/// The families that refuse a changed row while the memory around it stays.
fn refused_by(families: &[Family], change: impl FnOnce(&mut Case)) {
    let mut case = case();
    change(&mut case);
    assert_eq!(case.violations(), families.iter().copied().collect());
}

fn is_request(cell: &(Tuple, i64)) -> bool {
    cell.0[1] == Fr::from(Space::Request as u64)
}

#[test]
fn the_control_is_proved() {
    refused_by(&[], |_| {});
}

/// A row that no step row requested cannot compute anything in the heap.
#[test]
fn an_active_row_without_a_request_is_refused() {
    refused_by(&[MemorySum], |case| {
        case.outside.retain(|cell| !is_request(cell))
    });
}

/// SHA256 that changes nothing.
#[test]
fn a_request_without_an_active_row_is_refused() {
    let mut case = Case::new(&CIRCUIT);
    case.outside
        .push((tuple(9, Space::Request, true, 200u64, 100u64), 1));
    assert_eq!(case.violations(), BTreeSet::from([MemorySum]));
    refused_by(&[MemorySum], |case| case.set("active", 0u64));
}

/// Two rows for one request: the second compresses once more.
#[test]
fn a_request_that_two_rows_take_is_refused() {
    let mut case = case();
    case.request(PLACE);
    case.outside.pop();
    case.commit();
    assert_eq!(case.violations(), BTreeSet::from([MemorySum]));
    // Also if the second takes what the first put, as if it came later.
    let mut case = self::case();
    case.request(Place { time: 10, ..PLACE });
    case.outside.pop();
    case.commit();
    assert_eq!(case.violations(), BTreeSet::from([MemorySum]));
}

/// Two requests are two rows; this is the control of the case before.
#[test]
fn two_requests_are_proved() {
    let mut case = case();
    case.request(Place { time: 10, ..PLACE });
    case.commit();
    assert_eq!(case.violations(), BTreeSet::new());
}

/// A row that counts twice, half or minus once is no boolean.
#[test]
fn an_active_that_is_no_boolean_is_refused() {
    let half = Fr::from(2u64).inverse().unwrap();
    for active in [Fr::from(2u64), half, -Fr::one()] {
        refused_by(&[Sha256Requests, MemorySum], |case| {
            case.set("active", active)
        });
    }
    // Two halves make one request.
    let mut case = case();
    case.request(PLACE);
    case.outside.pop();
    case.commit();
    let layout = &case.circuit.layout;
    let columns = [0, 1].map(|row| layout.sha256.at(row, 0).0 as usize);
    for column in columns {
        case.assignment[column] = half;
    }
    assert!(case.violations().contains(&Sha256Requests));
}

#[test]
fn another_time_or_address_than_the_request_has_is_refused() {
    for time in [8u64, 10] {
        refused_by(&[MemorySum], |case| case.set("time", time));
    }
    refused_by(&[MemorySum], |case| case.set("block address", 201u64));
    refused_by(&[MemorySum], |case| case.set("state address", 99u64));
    // A fraction in the time that the addresses make up for.
    let refused = {
        let mut case = case();
        let (time, more) = (case.get("time"), pow2(24).inverse().unwrap());
        case.set("time", time + more);
        case.violations()
    };
    assert_eq!(refused, BTreeSet::from([MemorySum, RangeSum]));
}

/// An age that is not that of the cell, or that would take the cell that the row itself puts.
#[test]
fn another_age_is_refused() {
    refused_by(&[MemorySum], |case| case.set("block 4 age", 4u64));
    refused_by(&[MemorySum, RangeSum], |case| {
        case.set("state 4 age", -Fr::one())
    });
}

/// The heap is as if the words had been there, but nothing stored them: each has its first tuple, which is not set.
#[test]
fn cells_that_were_never_stored_are_refused() {
    for (cells, first) in [
        ("block", 200u32..216),
        ("state", 100..108),
        ("one", 215..216),
    ] {
        let mut case = Case::new(&CIRCUIT);
        let zeros = [0; 16];
        case.store(PLACE.state, &zeros[..8], 2);
        case.store(PLACE.block, &zeros, 3);
        case.request(PLACE);
        case.commit();
        for ([time, _, set, _, address], _) in &mut case.outside {
            if first.clone().any(|cell| Fr::from(cell) == *address) {
                (*time, *set) = (Fr::zero(), Fr::zero());
            }
        }
        // The ages are those of time 0.
        for (name, address, count) in [("block", 200, 16), ("state", 100, 8)] {
            for word in (0..count).filter(|word| first.contains(&(address + word))) {
                case.set(&format!("{name} {word} age"), 8u64);
            }
        }
        assert_eq!(case.violations(), BTreeSet::from([MemorySum]), "{cells}");
    }
}

/// The state is a part of the block. Each cell is in the heap once, and the row would take it twice: no ages and no
/// words do, even if the heap at the end is whatever the row makes of it.
#[test]
fn cells_that_overlap_are_refused() {
    let block: [u32; 16] = std::array::from_fn(|word| word as u32);
    for state in [200, 208, 195, 215] {
        let place = Place { state, ..PLACE };
        let mut case = Case::new(&CIRCUIT);
        let first = state.min(200);
        let last = (state + 8).max(216);
        let words: Vec<u32> = (first..last)
            .map(|address| block[address as usize % 16])
            .collect();
        case.store(first, &words, 2);
        case.request(place);
        case.commit();
        // What the block's reads put, the state's reads cannot take: it has the time of the row.
        assert!(case.violations().contains(&MemorySum), "state at {state}");
        let overlap: Vec<u32> = (state..state + 8)
            .filter(|cell| (200..216).contains(cell))
            .collect();
        for cell in overlap {
            case.set(&format!("state {} age", cell - state), -Fr::one());
        }
        // With these ages the tuples would match if the heap at the end agreed. The ages are refused.
        case.agree();
        assert!(case.violations().contains(&RangeSum), "state at {state}");
    }
}

/// A request for another row's words is no heap cell, and no request can be made by the table.
#[test]
fn a_request_of_another_kind_is_refused() {
    let mut case = case();
    for ([_, space, ..], _) in case.outside.iter_mut().filter(|cell| is_request(cell)) {
        *space = Fr::from(Space::Heap as u64);
    }
    assert_eq!(case.violations(), BTreeSet::from([MemorySum]));
}

/// The heap has another result than the row.
#[test]
fn another_result_in_the_heap_is_refused() {
    let mut case = case();
    case.change_result(3, 77);
    assert_eq!(case.violations(), BTreeSet::from([MemorySum]));
}
