//! Range lookups, the range table, and the equations that close every sum.

use super::Context;
use crate::circuit::builder::{Family, Lc, Var, ONE};
use crate::circuit::layout::statement::{GAMMA, TAPES};
use crate::circuit::layout::Block;
use ark_bls12_381::Fr;

/// Requires 0 ≤ value < 2^range_bits, by one lookup.
pub fn range(context: &mut Context<'_>, family: Family, value: impl Into<Lc>) {
    let term = context.fresh();
    context.builder.term(family, term, GAMMA, value, ONE);
    context.sums.range.0.push((term, Fr::from(1u64)));
}

/// Requires limbs to make a 32-bit word. A short top limb has a table of its own.
pub fn word(context: &mut Context<'_>, family: Family, limbs: &[Var]) {
    let Some((top, others)) = limbs.split_last() else {
        return;
    };
    for limb in others {
        range(context, family, *limb);
    }
    if context.layout.capacities.top_table() == 0 {
        return range(context, family, *top);
    }
    let term = context.fresh();
    context.builder.term(family, term, GAMMA, *top, ONE);
    context.sums.top.0.push((term, Fr::from(1u64)));
}

/// The tables of ranges, and the blinding variable's one constraint: without it the blind's base would be the
/// identity, proofs would verify and the commitment would hide nothing.
pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    for value in 0..layout.range.rows {
        let term = entry(context, Family::RangeTable, &layout.range, value);
        context.sums.range.0.push((term, -Fr::from(1u64)));
    }
    for value in 0..layout.top.rows {
        let term = entry(context, Family::TopTable, &layout.top, value);
        context.sums.top.0.push((term, -Fr::from(1u64)));
    }
    context
        .builder
        .enforce(Family::Blind, layout.blind.at(0, 0), Lc::zero(), Lc::zero());
}

/// An entry of a table of ranges: its own number, as often as it is looked up.
fn entry(context: &mut Context<'_>, family: Family, block: &Block, value: usize) -> Var {
    let term = context.fresh();
    let number = Lc::constant(value as u64);
    context
        .builder
        .term(family, term, GAMMA, number, block.at(value, 0))
}

/// Closes the sums. The public tapes' tuples are the verifier's part of the memory sum.
pub fn sums(context: &mut Context<'_>) {
    let sums = std::mem::take(&mut context.sums);
    let builder = &mut context.builder;
    builder.zero(Family::MemorySum, sums.memory + TAPES);
    builder.zero(Family::RangeSum, sums.range);
    builder.zero(Family::FetchSum, sums.fetch);
    builder.zero(Family::CoprocessorSum, sums.coprocessor);
    builder.zero(Family::DigitSum, sums.digit);
    builder.zero(Family::PowerSum, sums.power);
    if context.layout.top.rows > 0 {
        builder.zero(Family::TopSum, sums.top);
    }
}
