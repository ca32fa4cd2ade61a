//! Multiplication, division and shifts: rows of their own, so that no other instruction pays for them.
//!
//! Upward (MUL, SHL): a · factor = high·2^32 + low. Downward (DIV, MOD, SHR): quotient · factor + remainder = a, and the
//! factor is the remainder, a word and one, so that the remainder is less and no factor is zero. One of the two numbers
//! of such a pair is the result, the other one is not. The factor is b, or two to the power b for a shift.
//!
//! Only the other number, a, and one word that makes the factor are in limbs. The result is a word on the step's side;
//! here it is whatever the equations leave, and its place in the tuple is such that a fraction matches nothing
//! (`docs/proof-system.md`).

use super::lookup::word;
use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, ONE};
use crate::circuit::layout::arithmetic::*;
use crate::circuit::layout::statement::{BETA, GAMMA};
use crate::circuit::tuple::{coprocessor, recompose, COP_DIV, COP_MOD, COP_MUL, COP_SHL};
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
    let [a, other, rest] = [0, 1, 2].map(|index| {
        let limbs = context.limbs(&layout.arithmetic, row, LIMB + index * count);
        word(context, family, &limbs);
        recompose(&limbs, layout.capacities.range_bits)
    });
    let (upward, shift, quotient) = (at(UPWARD), at(SHIFT), at(QUOTIENT));
    for kind in [upward, shift, quotient] {
        context.builder.boolean(family, kind);
    }
    // Three of the eight numbers that this makes no instruction asks for.
    let op = Lc::constant(COP_MOD)
        + upward * Fr::from(COP_MUL - COP_MOD)
        + shift * Fr::from(COP_SHL - COP_MUL)
        + quotient * Fr::from(COP_DIV - COP_MOD);
    let result = at(RESULT);

    let mut product = |left: Lc, right: Lc| {
        let product = context.fresh();
        context.builder.product(family, product, left, right)
    };
    // Quotient and remainder, or high and low word.
    let exchange = product(quotient.into(), result - other.clone());
    let high = other.clone() + exchange;
    let low = result - exchange;
    let downward = Lc::from(ONE) - upward;
    let below = product(downward, low.clone() + ONE);
    let factor = rest + below;
    let multiplied = product(upward.into(), a.clone() - high.clone());
    let carried = product(
        upward.into(),
        high.clone() * pow2(32) + low.clone() + low.clone() - a.clone(),
    );
    let shifted = product(shift.into(), at(AMOUNT) - factor.clone());
    let b = factor.clone() + shifted;
    context.builder.enforce(
        family,
        high + multiplied,
        factor.clone(),
        a.clone() - low + carried,
    );

    let scaled = context.fresh();
    context
        .builder
        .product(Family::PowersOfTwo, scaled, factor, BETA);
    let term = context.fresh();
    context
        .builder
        .term(Family::PowersOfTwo, term, GAMMA, at(AMOUNT) + scaled, shift);
    context.sums.power.0.push((term, Fr::from(1u64)));

    // C = 1 exactly when the other number is not 0: for MUL that is the high word.
    let (inverse, fits) = (context.fresh(), context.fresh());
    context.builder.zero_test(family, fits, inverse, other);
    let tuple = coprocessor(op, ONE - fits, a, b, result);
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
