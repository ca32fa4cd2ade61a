//! Comparisons: a − b as a word and a carry. The carry says whether a is less, a word of zero whether they are equal.
//!
//! a is no column but b + difference − 2^32·carry, between −2^32 and 2^33. Whoever asks has a word there, or 2^33, which
//! that sum does not reach; for a word only one carry and one difference will do.

use crate::circuit::bounds::{Bounded, Context, Question};
use crate::circuit::family::Family;
use crate::circuit::layout::compare::*;
use crate::circuit::operations::{COP_EQ, COP_GT, COP_LT};
use crate::circuit::variable::Var;

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
        context.word(family, &limbs)
    });
    let [eq, gt, carry] = [KIND, KIND + 1, CARRY].map(|column| context.boolean(family, at(column)));
    // Both at once make a number that no instruction asks for.
    let op = Bounded::constant(i128::from(COP_LT))
        + eq.times(i128::from(COP_EQ - COP_LT))
        + gt.times(i128::from(COP_GT - COP_LT));
    let lt = Bounded::constant(1) - &eq - &gt;

    // The answer is gt, but for equal words, and where the subtraction borrows.
    let tie = context.where_zero(family, &difference, &(eq - &gt));
    let borrowed = context.product(family, &(lt - &gt), &carry);
    let question = Question {
        a: b.clone() + difference - carry.times(1 << 32),
        op,
        c: Bounded::constant(0),
        result: gt + tie + borrowed,
        b,
    };
    context.answer(family, "comparison", question, at(MULTIPLICITY));
}
