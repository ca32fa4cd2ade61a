//! The first and the last tuples of the memory: heap cells from their first tuple to their last, and the cells that
//! remain on the stacks when the machine halts.

use crate::circuit::bounds::{Bounded, Context, Memory};
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;
use crate::circuit::field::pow2;
use crate::circuit::layout::{Block, heap, heap_end, leftover};
use crate::circuit::operations::EMPTY;
use crate::circuit::tuple::Space;
use crate::circuit::variable::ONE;

pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    for row in 0..layout.heap.rows {
        heap_row(context, row);
    }
    last_address(context);
    for row in 0..layout.stack.rows {
        leftover_row(context, &layout.stack, row, Space::Stack);
    }
    for row in 0..layout.calls.rows {
        leftover_row(context, &layout.calls, row, Space::Calls);
    }
}

/// Addresses strictly increase, so each cell has one first tuple: (time 0, not set, value 0). Unused rows hold cells
/// that the run did not touch. No last value is the number under an empty stack.
fn heap_row(context: &mut Context<'_>, row: usize) {
    let family = Family::HeapTable;
    let layout = context.layout;
    let at = |column| layout.heap.at(row, column);
    let before = match row.checked_sub(1) {
        Some(before) => layout.heap.at(before, heap::ADDRESS) + ONE,
        None => Lc::zero(),
    };
    // The lowest limb is defined as the distance minus the higher limbs, whatever these are. So the distance is a sum
    // of limbs without a constraint of its own.
    let bits = layout.capacities.range_bits;
    let higher = layout
        .heap
        .span(row, heap::LIMB, layout.capacities.word_limbs() - 1);
    let mut lowest = Lc::from(at(heap::ADDRESS)) - before;
    for (index, limb) in higher.iter().enumerate() {
        context.range(family, *limb);
        lowest = lowest - *limb * pow2(bits * (index as u32 + 1));
    }
    context.range(family, lowest);

    let space = Bounded::constant(Space::Heap as i128);
    let once = Bounded::constant(1);
    let address = context.times_beta_squared(family, at(heap::ADDRESS));
    let first = Memory {
        time: Bounded::constant(0),
        space: space.clone(),
        set: Bounded::constant(0),
        value: None,
        address: address.clone(),
    };
    context.put(family, "heap, first", first, &once);
    let last = Memory {
        set: context.boolean(family, at(heap::SET)),
        time: context.range(family, at(heap::TIME)),
        space,
        value: Some(context.times_beta(family, at(heap::VALUE))),
        address,
    };
    context.remove(family, "heap, last", last, &once);
    // A row that stores without a pop may put the number under an empty stack. What takes that value from the cell is a
    // row, whose result is a word, or this tuple.
    let empty = Bounded::constant(i128::from(EMPTY)).lc();
    context.not_zero(family, at(heap::VALUE) - empty);
}

/// The last address is a word. So all are, as they increase. So an address that a row makes of a base and a distance has
/// no cell if it is no word.
fn last_address(context: &mut Context<'_>) {
    let layout = context.layout;
    let Some(last) = layout.heap.rows.checked_sub(1) else {
        return;
    };
    let bits = layout.capacities.range_bits;
    let block = &layout.heap_end;
    let mut limbs: Vec<Lc> = Vec::new();
    let mut lowest = Lc::from(layout.heap.at(last, heap::ADDRESS));
    for index in 1..layout.capacities.word_limbs() {
        let limb = block.at(0, heap_end::LIMB + index - 1);
        lowest = lowest - limb * pow2(bits * index as u32);
        limbs.push(limb.into());
    }
    limbs.insert(0, lowest);
    context.word(Family::HeapTable, &limbs);
}

/// Row i may remove cell i of its stack. The last row is HALT and touches no cell. So the time of an honest row's cell
/// is below the number of rows and fits the range table.
fn leftover_row(context: &mut Context<'_>, block: &Block, row: usize, space: Space) {
    let family = Family::Leftovers;
    let at = |column| block.at(row, column);
    let active = context.boolean(family, at(leftover::ACTIVE));
    let cell = Memory {
        time: context.range(family, at(leftover::TIME)),
        space: Bounded::constant(space as i128),
        set: Bounded::constant(1),
        value: Some(context.times_beta(family, at(leftover::VALUE))),
        address: context.number_times_beta_squared(row as u64),
    };
    context.remove(family, "leftover", cell, &active);
}
