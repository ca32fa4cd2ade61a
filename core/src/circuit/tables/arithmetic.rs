//! Multiplication, division and shifts. They have rows of their own, so that other instructions do not pay for them.
//!
//! Upward (MUL, SHL): a · factor = high·2^32 + low. Downward (DIV, MOD, SHR): quotient · factor + remainder = a. There
//! the factor is the remainder plus a word plus one. So the remainder is less than the factor, and the factor is not
//! zero. One number of the pair is the result; the other is not. The factor is b, or two to the power b for a shift.
//!
//! MULHI is upward with the high word as the result. A rotation to the left is the sum of both words of a shift upward.
//! It has a term of its own, which adds `SECOND` to the number of the operation. Of the rows that have this term, an
//! instruction asks only those whose booleans are all set: no others make the number of ROTL.
//!
//! a, the result, the other number, and a word from which the factor is made are in limbs.

use crate::circuit::bounds::{Bounded, Context, Question};
use crate::circuit::family::Family;
use crate::circuit::layout::arithmetic::*;
use crate::circuit::operations::{COP_DIV, COP_MOD, COP_MUL, COP_SHL, SECOND};

pub fn constrain(context: &mut Context<'_>) {
    for row in 0..context.layout.arithmetic.rows {
        constrain_row(context, row);
    }
}

fn constrain_row(context: &mut Context<'_>, row: usize) {
    let family = Family::ArithmeticTable;
    let layout = context.layout;
    let at = |column| layout.arithmetic.at(row, column);
    let count = layout.capacities.word_limbs();
    let [a, result, other, rest] = [0, 1, 2, 3].map(|index| {
        let limbs = context.limbs(&layout.arithmetic, row, LIMB + index * count);
        context.word(family, &limbs)
    });
    let [upward, shift, quotient] =
        [UPWARD, SHIFT, QUOTIENT].map(|column| context.boolean(family, at(column)));
    // This expression makes eight numbers. No instruction uses three of them.
    let step = |from: u64, to: u64| i128::from(to) - i128::from(from);
    let op = Bounded::constant(i128::from(COP_MOD))
        + upward.times(step(COP_MOD, COP_MUL))
        + shift.times(step(COP_MUL, COP_SHL))
        + quotient.times(step(COP_MOD, COP_DIV));

    // Quotient and remainder, or high and low word.
    let exchange = context.product(family, &quotient, &(result.clone() - &other));
    let high = other.clone() + &exchange;
    let low = result.clone() - exchange;
    let one = Bounded::constant(1);
    let downward = one.clone() - &upward;
    let below = context.product(family, &downward, &(low.clone() + &one));
    let factor = rest + below;
    let multiplied = context.product(family, &upward, &(a.clone() - &high));
    let carried = high.times(1 << 32) + low.times(2) - &a;
    let carried = context.product(family, &upward, &carried);
    context.builder.enforce(
        family,
        high + multiplied,
        &factor,
        a.clone() - low + carried,
    );
    let over = context.shifted(family, &shift, at(AMOUNT), &factor);

    // C = 1 exactly when the other number is not 0. For MUL the other number is the high word.
    let fits = context.where_zero(family, &other, &one);
    let question = Question {
        a,
        op,
        c: one - fits,
        result,
        b: factor + over,
    };
    let second = Question {
        op: question.op.clone() + Bounded::constant(i128::from(SECOND)),
        result: question.result.clone() + &other,
        ..question.clone()
    };
    context.answer(family, "product", question, at(MULTIPLICITY));
    context.answer(family, "rotation", second, at(ROTATED));
}
