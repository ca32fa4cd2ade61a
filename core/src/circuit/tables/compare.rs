//! Comparisons: a − b as a word and a carry. The carry says whether a is less than b. The word is zero exactly when a
//! and b are equal.
//!
//! a is not a column but the expression b + difference − 2^32·carry, which is between −2^32 and 2^33. On the row that
//! asks, a is a word or 2^33. The expression does not reach 2^33. For a word, exactly one carry and one difference are
//! possible.

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
    // Both at once make a number that no instruction uses.
    let op = Bounded::constant(i128::from(COP_LT))
        + eq.times(i128::from(COP_EQ - COP_LT))
        + gt.times(i128::from(COP_GT - COP_LT));
    let lt = Bounded::constant(1) - &eq - &gt;

    // The result is gt, except for equal words and where the subtraction borrows.
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
