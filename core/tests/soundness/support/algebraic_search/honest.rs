//! The skeleton of an honest run.

use super::layout::{STEP, carries, columns};
use super::skeleton::{Skeleton, Step};
use crate::support::Case;
use ark_bls12_381::Fr;
use provable::circuit::field::FieldEntry;

/// The skeleton of an assignment, up to the first row that rests.
pub fn skeleton(case: &Case<'_>, entries: &[FieldEntry]) -> Option<Skeleton> {
    let block = case.circuit.layout.blocks()[STEP];
    let mut found = Skeleton::default();
    for row in 0..block.rows {
        let value = |column| case.assignment[block.at(row, column).0 as usize];
        let seen = columns(value)?;
        let step = Step {
            entry: seen.entry,
            delta: 0,
            bits: entries.get(seen.entry)?.bits,
            zero: seen.tested == Fr::from(0u64),
            carry: seen.carry && carries(entries.get(seen.entry)?.bits),
            counters: seen.counters,
        };
        found.steps.push(step);
        if super::layout::rests(&entries[seen.entry]) {
            return Some(found);
        }
    }
    None
}
