//! The system of a skeleton: its rows, the tables of the memory sum, the tapes.

use super::form::{Form, Poly};
use super::layout::{self, HEAP, LEFT, STEP, TAPES};
use super::rows::{Cell, Rows};
use super::sha256;
use super::skeleton::Skeleton;
use super::system::Contradiction;
use provable::circuit::field::FieldEntry;

/// Cells of the heap's table that steps may touch.
const TOUCHED: usize = 3;
/// Questions to coprocessors; as many rows each table has.
pub const ASKED: usize = 6;

/// Sets up the system of a skeleton. Returns the variables of the claimed output.
pub fn set_up(
    rows: &mut Rows<'_>,
    entries: &[FieldEntry],
    skeleton: &Skeleton,
    (input, data): (&[u32], &[(u32, u32)]),
) -> Result<Vec<u32>, Contradiction> {
    rows.clear();
    let wiring = rows.wiring;
    let layout = &wiring.circuit.layout;
    let Some(last) = skeleton.steps.last() else {
        return Err(Contradiction);
    };
    let steps = || skeleton.steps.iter().chain([last]);
    for (row, step) in steps().enumerate() {
        layout::prepare(rows, row, step.bits, step.carry, step.counters);
    }
    for (row, step) in steps().enumerate().take(skeleton.steps.len()) {
        let tuple = rows.fetch((STEP, row))?;
        rows.system
            .same(&tuple, &layout::fetched(step.entry, &entries[step.entry]))?;
        known(rows, row);
    }
    for column in layout::fetched_columns(layout, skeleton.steps.len()) {
        let before = column - layout.step.width as u32;
        rows.know(column, rows.known(before).ok_or(Contradiction)?);
    }
    for (row, step) in skeleton.steps.iter().enumerate() {
        rows.take((STEP, row), step.zero)?;
    }
    let requesting = skeleton.steps.iter().enumerate();
    let requesting = requesting.filter(|(_, step)| sha256::requests(step.bits));
    let requesting: Vec<usize> = requesting.map(|(row, _)| row).collect();
    for (row, words) in skeleton.words.iter().enumerate() {
        let step = requesting.get(row).copied();
        sha256::take(rows, row, step.unwrap_or(skeleton.steps.len()), words)?;
    }
    if rows.questions.len() > ASKED {
        return Err(Contradiction);
    }
    let touched = match skeleton.words.is_empty() {
        true => TOUCHED,
        false => layout.heap.rows,
    };
    for row in 0..layout.heap.rows.min(touched) {
        layout::prepare_heap(rows, row);
        rows.take((HEAP, row), false)?;
    }
    for (which, block) in LEFT.into_iter().enumerate() {
        for row in 0..layout.blocks()[block].rows {
            layout::prepare_left(rows, which, row);
            rows.take((block, row), false)?;
        }
    }
    let mut public = |tuple: Poly, count, index| {
        let place = (TAPES, index);
        rows.cells.push(Cell {
            tuple,
            count,
            place,
        });
    };
    for (index, word) in input.iter().enumerate() {
        public(layout::input(index, *word), 1, index);
    }
    for (index, (address, word)) in data.iter().enumerate() {
        let [put, first] = layout::datum(*address, *word);
        public(put, 1, index);
        public(first, -1, index);
    }
    let mut claimed = Vec::new();
    for index in 0..last.counters[3] as usize {
        let word = layout::claimed(rows)?;
        let (tuple, place) = (layout::output(index, word), (TAPES, index));
        rows.cells.push(Cell {
            tuple,
            count: -1,
            place,
        });
        claimed.push(word);
    }
    Ok(claimed)
}

/// Makes the position and the operand numbers if the system determines them.
fn known(rows: &mut Rows<'_>, row: usize) {
    for column in layout::fetched_columns(&rows.wiring.circuit.layout, row) {
        let form = rows.system.reduced(&Form::var(column));
        if form.terms.is_empty() {
            rows.know(column, form.constant);
        }
    }
}
