//! Range lookups, the range table, and the equations that close every sum.

use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, Var, ONE};
use crate::circuit::layout::statement::{BETA, GAMMA, TAPES};
use ark_bls12_381::Fr;

/// Requires 0 ≤ value < 2^range_bits, by one lookup.
pub fn range(context: &mut Context<'_>, family: Family, value: impl Into<Lc>) {
    let term = context.fresh();
    context.builder.term(family, term, GAMMA, value, ONE);
    context.sums.range.0.push((term, Fr::from(1u64)));
}

/// Requires limbs to make a 32-bit word. A short top limb is looked up twice, as it is and scaled to full width:
/// scaled alone would admit x·2^−s.
pub fn word(context: &mut Context<'_>, family: Family, limbs: &[Var]) {
    let capacities = context.layout.capacities;
    for limb in limbs {
        range(context, family, *limb);
    }
    let missing = capacities.range_bits - capacities.top_bits();
    if let (true, Some(top)) = (missing > 0, limbs.last()) {
        range(context, family, *top * pow2(missing));
    }
}

/// β², for the one lookup with two fields that no range bounds. It is no power of γ: with β = γ² one tuple would
/// equal a sum of others.
pub fn powers(context: &mut Context<'_>) -> Var {
    let squared = context.fresh();
    context.builder.product(Family::Powers, squared, BETA, BETA)
}

/// The range table, and the blinding variable's one constraint: without it the blind's base would be the
/// identity, proofs would verify and the commitment would hide nothing.
pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    for value in 0..layout.range.rows {
        let term = context.fresh();
        let multiplicity = layout.range.at(value, 0);
        let entry = Lc::constant(value as u64);
        context
            .builder
            .term(Family::RangeTable, term, GAMMA, entry, multiplicity);
        context.sums.range.0.push((term, -Fr::from(1u64)));
    }
    context
        .builder
        .enforce(Family::Blind, layout.blind.at(0, 0), Lc::zero(), Lc::zero());
}

/// Closes the sums. The public tapes' tuples are the verifier's part of the memory sum.
pub fn sums(context: &mut Context<'_>) {
    let sums = std::mem::take(&mut context.sums);
    let builder = &mut context.builder;
    builder.zero(Family::MemorySum, sums.memory + TAPES);
    builder.zero(Family::RangeSum, sums.range);
    builder.zero(Family::FetchSum, sums.fetch);
    builder.zero(Family::CoprocessorSum, sums.coprocessor);
    builder.zero(Family::NibbleSum, sums.nibble);
    builder.zero(Family::PowerSum, sums.power);
}
