//! From a solution to an assignment that the matrices can check.

use super::form::{integer, small};
use super::layout::{self, LEFT};
use super::rows::Rows;
use crate::support::false_witness::tables::heap_addresses;
use crate::support::rows::write_entry;
use ark_bls12_381::Fr;
use ark_ff::Zero;
use provable::circuit::Layout;
use provable::circuit::field::FieldEntry;
use provable::circuit::layout::{heap, heap_end, leftover, step};
use std::collections::BTreeMap;

/// The values of all variables, from those of the ranged ones. `None` if a form is zero that must not be, or a value is out of range.
pub fn values(rows: &Rows<'_>, digits: &BTreeMap<u32, i64>) -> Option<Vec<Fr>> {
    let mut values = vec![Fr::zero(); rows.variables()];
    for (var, value) in digits {
        values[*var as usize] = integer((*value).into());
    }
    for (var, [first, _]) in &rows.options {
        if !rows.system.is_solved(*var) {
            values[*var as usize] = *first;
        }
    }
    rows.system.fill(&mut values);
    assert!(
        rows.system.holds(&values),
        "an equation of the system fails"
    );
    let apart = |form| !rows.system.value(form, &values).is_zero();
    let inside = |var: &u32| rows.system.inside(*var, values[*var as usize]);
    let holds = rows.nonzero.iter().all(apart) && rows.system.ranged().iter().all(inside);
    holds.then_some(values)
}

/// The rows of the tables that a solution uses.
pub struct Parts<'a> {
    /// The first row of a machine at rest; the rows after it are the same.
    pub rest: usize,
    /// The rows of the heap's table that steps touch.
    pub used: &'a [usize],
    /// Block and row of each cell that is left on the stacks.
    pub left: &'a [(usize, usize)],
    /// Block and row of each answer.
    pub answers: &'a [(usize, usize)],
    /// The rows of the SHA-256 table that are active.
    pub compressions: usize,
}

/// Writes a solution over an idle assignment. `None` if the heap's addresses have no order.
pub fn write(
    rows: &Rows<'_>,
    entries: &[FieldEntry],
    parts: &Parts<'_>,
    values: &[Fr],
    assignment: &mut [Fr],
) -> Option<()> {
    let layout = &rows.wiring.circuit.layout;
    for index in 0..layout.program.rows {
        let entry = entries.get(index).copied().unwrap_or(FieldEntry::padding());
        write_entry(layout, index, entry, assignment);
    }
    let value = |var: u32| rows.known(var).unwrap_or(values[var as usize]);
    let blocks = layout.blocks();
    for row in 0..layout.step.rows {
        let from = row.min(parts.rest);
        for column in 0..step::LIMB {
            let found = value(layout.step.at(from, column).0);
            assignment[layout.step.at(row, column).0 as usize] = found;
        }
        let word = small(value(layout.step.at(from, step::LIMB).0))?;
        limbs(layout, word, |limb, part| {
            assignment[layout.step.at(row, step::LIMB + limb).0 as usize] = Fr::from(part);
        });
        if let Some(hash) = layout.hash() {
            let found = value(layout.step.at(from, hash).0);
            assignment[layout.step.at(row, hash).0 as usize] = found;
        }
    }
    for row in 0..parts.compressions {
        for column in 0..layout.sha256.width {
            let var = layout.sha256.at(row, column).0;
            assignment[var as usize] = value(var);
        }
    }
    for which in LEFT {
        for row in 0..blocks[which].rows {
            let active = parts.left.contains(&(which, row));
            for column in 0..leftover::WIDTH {
                let var = blocks[which].at(row, column).0;
                assignment[var as usize] = if active { value(var) } else { Fr::zero() };
            }
        }
    }
    for (which, row) in parts.answers {
        let block = blocks[*which];
        for column in 0..block.width {
            let var = block.at(*row, column).0;
            assignment[var as usize] = value(var);
        }
        for first in layout::words(layout, *which) {
            let word = small(value(block.at(*row, first).0))?;
            limbs(layout, word, |limb, part| {
                assignment[block.at(*row, first + limb).0 as usize] = Fr::from(part);
            });
        }
    }
    cells(layout, parts.used, &value, assignment)
}

fn limbs(layout: &Layout, word: i128, mut each: impl FnMut(usize, u64)) {
    let width = layout.capacities.range_bits;
    for limb in 0..layout.capacities.word_limbs() {
        each(
            limb,
            (word >> (width as usize * limb)) as u64 & ((1 << width) - 1),
        );
    }
}

/// Writes the heap's table: the touched cells in the order of their addresses, then untouched cells.
fn cells(
    layout: &Layout,
    used: &[usize],
    value: &impl Fn(u32) -> Fr,
    assignment: &mut [Fr],
) -> Option<()> {
    let block = layout.heap;
    let mut sorted: Vec<(i128, [Fr; 3])> = Vec::new();
    for row in used {
        let address = small(value(block.at(*row, heap::ADDRESS).0))?;
        let columns = [heap::VALUE, heap::TIME, heap::SET];
        sorted.push((
            address,
            columns.map(|column| value(block.at(*row, column).0)),
        ));
    }
    sorted.sort_by_key(|(address, _)| *address);
    let touched: Vec<i64> = sorted.iter().map(|(address, _)| *address as i64).collect();
    for address in heap_addresses(touched.iter().copied(), block.rows) {
        if !touched.contains(&address) {
            sorted.push((address.into(), [Fr::zero(); 3]));
        }
    }
    sorted.sort_by_key(|(address, _)| *address);
    if sorted.len() != block.rows {
        return None;
    }
    let mut before = -1;
    for (row, (address, [value, time, set])) in sorted.into_iter().enumerate() {
        let distance = address - before - 1;
        if distance < 0 {
            return None;
        }
        let pairs = [
            (heap::ADDRESS, integer(address)),
            (heap::VALUE, value),
            (heap::TIME, time),
            (heap::SET, set),
        ];
        for (column, value) in pairs {
            assignment[block.at(row, column).0 as usize] = value;
        }
        limbs(layout, distance, |limb, part| {
            if limb > 0 {
                assignment[block.at(row, heap::LIMB + limb - 1).0 as usize] = Fr::from(part);
            }
        });
        before = address;
    }
    limbs(layout, before, |limb, part| {
        if limb > 0 {
            let var = layout.heap_end.at(0, heap_end::LIMB + limb - 1);
            assignment[var.0 as usize] = Fr::from(part);
        }
    });
    Some(())
}

/// What the claimed output is; `None` if it is no words.
pub fn output(claimed: &[u32], values: &[Fr]) -> Option<Vec<u32>> {
    let word = |var: &u32| small(values[*var as usize]).and_then(|word| u32::try_from(word).ok());
    claimed.iter().map(word).collect()
}

/// For the report: where a variable stands.
pub fn place(layout: &Layout, cell: (usize, usize)) -> String {
    match cell.0 {
        layout::TAPES => format!("tape {}", cell.1),
        block => format!("{} {}", layout.blocks()[block].name, cell.1),
    }
}
