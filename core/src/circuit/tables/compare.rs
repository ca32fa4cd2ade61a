//! Comparisons: a − b as a word and a carry. The carry says whether a is less, a word of zero whether they are equal.
//!
//! a is no column but b + difference − 2^32·carry, between −2^32 and 2^33. Whoever asks has a word there, or 2^33, which
//! that sum does not reach; for a word only one carry and one difference will do.

use super::lookup::word;
use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, Var, ONE};
use crate::circuit::layout::compare::*;
use crate::circuit::layout::statement::GAMMA;
use crate::circuit::tuple::{coprocessor, recompose, COP_EQ, COP_GT, COP_LT};
use ark_bls12_381::Fr;

pub fn constrain(context: &mut Context<'_>) {
    for row in 0..context.layout.compare.rows {
        constrain_row(context, row);
    }
}

fn constrain_row(context: &mut Context<'_>, row: usize) {
    let family = Family::CompareTable;
    let layout = context.layout;
    let at = |column| -> Var { layout.compare.at(row, column) };
    let count = layout.capacities.word_limbs();
    let [b, difference] = [0, 1].map(|index| {
        let limbs = context.limbs(&layout.compare, row, LIMB + index * count);
        word(context, family, &limbs);
        recompose(&limbs, layout.capacities.range_bits)
    });
    let (eq, gt, carry) = (at(KIND), at(KIND + 1), at(CARRY));
    for var in [eq, gt, carry] {
        context.builder.boolean(family, var);
    }
    // Both at once make a number that no instruction asks for.
    let op = Lc::constant(COP_LT) + eq * Fr::from(COP_EQ - COP_LT) + gt * Fr::from(COP_GT - COP_LT);
    let lt = Lc::from(ONE) - eq - gt;

    // The answer is gt, but for equal words, and where the subtraction borrows.
    let (inverse, tie) = (context.fresh(), context.fresh());
    context
        .builder
        .where_zero(family, tie, inverse, difference.clone(), eq - gt);
    let borrowed = context.fresh();
    context.builder.product(family, borrowed, lt - gt, carry);
    let result = gt + tie + borrowed;

    let a = b.clone() + difference - carry * pow2(32);
    let tuple = coprocessor(op, Lc::zero(), a, b, result);
    let term = context.fresh();
    context
        .builder
        .term(family, term, GAMMA, tuple, at(MULTIPLICITY));
    context.sums.coprocessor.0.push((term, -Fr::from(1u64)));
}
