//! Multiplication, division and shifts: rows of their own, so that no other instruction pays for them.
//!
//! MUL and SHL: a · factor = high·2^32 + low. DIV, MOD and SHR: high · factor + low = a with low < factor, high
//! being the quotient and low the remainder. The factor is b, or two to the power b for a shift. No row has
//! factor 0 in the second kind, so a division by zero has no witness; no row has a power of 32 or more.

use super::lookup::word;
use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, Var, ONE};
use crate::circuit::layout::arithmetic::*;
use crate::circuit::layout::statement::{BETA, GAMMA};
use crate::circuit::tuple::{coprocessor, recompose, COP_DIV, COP_MOD, COP_MUL, COP_SHL, COP_SHR};
use ark_bls12_381::Fr;

pub fn constrain(context: &mut Context<'_>) {
    for row in 0..context.layout.arithmetic.rows {
        constrain_row(context, row);
    }
    powers(context);
}

fn constrain_row(context: &mut Context<'_>, row: usize) {
    let family = Family::ArithmeticTable;
    let layout = context.layout;
    let at = |column| layout.arithmetic.at(row, column);
    let count = layout.capacities.word_limbs();
    let mut words: Vec<Lc> = Vec::with_capacity(WORDS);
    for index in 0..WORDS {
        let limbs = context.limbs(&layout.arithmetic, row, LIMB + index * count);
        word(context, family, &limbs);
        words.push(recompose(&limbs, layout.capacities.range_bits));
    }
    let word = |index: usize| words.get(index).cloned().unwrap_or_default();
    let (a, b, high, low, slack) = (word(0), word(1), word(2), word(3), word(4));
    let kinds: Vec<Var> = (KIND..FACTOR).map(at).collect();
    let kind = |index: usize| kinds.get(index).map_or_else(Lc::zero, |var| Lc::from(*var));
    let (mul, div, modulo, shl) = (kind(0), kind(1), kind(2), kind(3));
    let shr = Lc::from(ONE) - mul.clone() - div.clone() - modulo.clone() - shl.clone();
    for kind in &kinds {
        context.builder.boolean(family, *kind);
    }
    // The four are exclusive: their rest is boolean too.
    context
        .builder
        .enforce(family, shr.clone(), shr.clone(), shr.clone());

    let factor = at(FACTOR);
    let upward = mul.clone() + shl.clone();
    let choice = context.fresh();
    context
        .builder
        .product(family, choice, upward.clone(), a.clone() - high.clone());
    let product = context.fresh();
    context
        .builder
        .product(family, product, high.clone() + choice, factor);
    context.builder.enforce(
        family,
        upward.clone(),
        product - high.clone() * pow2(32) - low.clone(),
        Lc::zero(),
    );
    let downward = Lc::from(ONE) - upward;
    context.builder.enforce(
        family,
        downward.clone(),
        product + low.clone() - a.clone(),
        Lc::zero(),
    );
    context.builder.enforce(
        family,
        downward,
        slack - factor + ONE + low.clone(),
        Lc::zero(),
    );

    let shift = shl + shr.clone();
    context.builder.enforce(
        family,
        Lc::from(ONE) - shift.clone(),
        factor - b.clone(),
        Lc::zero(),
    );
    let scaled = context.fresh();
    context
        .builder
        .product(Family::PowersOfTwo, scaled, factor, BETA);
    let term = context.fresh();
    context
        .builder
        .term(Family::PowersOfTwo, term, GAMMA, b.clone() + scaled, shift);
    context.sums.power.0.push((term, Fr::from(1u64)));

    // C = 1 exactly when MUL's high word is not 0.
    let (inverse, fits) = (context.fresh(), context.fresh());
    context
        .builder
        .zero_test(family, fits, inverse, high.clone());
    let carry = context.fresh();
    context
        .builder
        .product(family, carry, mul.clone(), ONE - fits);

    let swap = context.fresh();
    context
        .builder
        .product(family, swap, div.clone() + shr.clone(), high - low.clone());
    let op = kind(0) * Fr::from(COP_MUL)
        + kind(1) * Fr::from(COP_DIV)
        + kind(2) * Fr::from(COP_MOD)
        + kind(3) * Fr::from(COP_SHL)
        + shr * Fr::from(COP_SHR);
    let tuple = coprocessor(op, carry, a, b, low + swap);
    let term = context.fresh();
    context
        .builder
        .term(family, term, GAMMA, tuple, at(MULTIPLICITY));
    context.sums.coprocessor.0.push((term, -Fr::from(1u64)));
}

/// The table of (n, 2^n) for n below 32; 2^n goes under β, since on the row's side no range bounds it.
fn powers(context: &mut Context<'_>) {
    let layout = context.layout;
    for n in 0..layout.power.rows {
        let entry = Lc::constant(n as u64) + BETA * pow2(n as u32);
        let term = context.fresh();
        let multiplicity = layout.power.at(n, 0);
        context
            .builder
            .term(Family::PowersOfTwo, term, GAMMA, entry, multiplicity);
        context.sums.power.0.push((term, -Fr::from(1u64)));
    }
}
