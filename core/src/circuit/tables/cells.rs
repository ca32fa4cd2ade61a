//! Where the memory bag begins and ends: heap cells from their first tuple to their last, and what is still on
//! the stacks when the machine halts.

use super::lookup::range;
use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, ONE};
use crate::circuit::layout::statement::{BETA, GAMMA};
use crate::circuit::layout::{heap, leftover};
use crate::circuit::tuple::{packed, Space};
use ark_bls12_381::Fr;

pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    for row in 0..layout.heap.rows {
        heap_row(context, row);
    }
    for row in 0..layout.stack.rows {
        leftover_row(context, &layout.stack, row, Space::Stack);
    }
    for row in 0..layout.calls.rows {
        leftover_row(context, &layout.calls, row, Space::Calls);
    }
}

/// Addresses strictly increase, so each cell has one first tuple: (time 0, not set, value 0). Rows nobody needs
/// hold cells nobody touched.
fn heap_row(context: &mut Context<'_>, row: usize) {
    let family = Family::HeapTable;
    let layout = context.layout;
    let at = |column| layout.heap.at(row, column);
    let before = match row.checked_sub(1) {
        Some(before) => layout.heap.at(before, heap::ADDRESS) + ONE,
        None => Lc::zero(),
    };
    // The lowest limb is what the higher ones leave of the distance, whatever they are: so the distance is a sum of
    // limbs, by no constraint of its own.
    let bits = layout.capacities.range_bits;
    let higher = layout
        .heap
        .span(row, heap::LIMB, layout.capacities.word_limbs() - 1);
    let mut lowest = Lc::from(at(heap::ADDRESS)) - before;
    for (index, limb) in higher.iter().enumerate() {
        range(context, family, *limb);
        lowest = lowest - *limb * pow2(bits * (index as u32 + 1));
    }
    range(context, family, lowest);

    let key = at(heap::ADDRESS) + Lc::constant(Space::Heap.base());
    let first = context.fresh();
    let tuple = packed(Lc::zero(), key.clone(), Lc::zero());
    context.builder.term(family, first, GAMMA, tuple, ONE);
    context.sums.memory.0.push((first, Fr::from(1u64)));

    context.builder.boolean(family, at(heap::SET));
    range(context, family, at(heap::TIME));
    let value = context.fresh();
    context
        .builder
        .product(family, value, at(heap::VALUE), BETA);
    let last = context.fresh();
    let tuple = packed(at(heap::TIME), key, at(heap::SET)) + value;
    context.builder.term(family, last, GAMMA, tuple, ONE);
    context.sums.memory.0.push((last, -Fr::from(1u64)));
}

/// Row i may remove cell i of its stack. The last row is HALT and touches nothing, so every time is below the
/// number of rows and fits the range table.
fn leftover_row(
    context: &mut Context<'_>,
    block: &crate::circuit::layout::Block,
    row: usize,
    space: Space,
) {
    let family = Family::Leftovers;
    let at = |column| block.at(row, column);
    context.builder.boolean(family, at(leftover::ACTIVE));
    range(context, family, at(leftover::TIME));
    let value = context.fresh();
    context
        .builder
        .product(family, value, at(leftover::VALUE), BETA);
    let key = Lc::constant(space.base() + Fr::from(row as u64));
    let tuple = packed(at(leftover::TIME), key, ONE) + value;
    let term = context.fresh();
    context
        .builder
        .term(family, term, GAMMA, tuple, at(leftover::ACTIVE));
    context.sums.memory.0.push((term, -Fr::from(1u64)));
}
