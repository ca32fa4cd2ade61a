//! Bitwise operations, nibble by nibble: one lookup gives the nibbles' AND; OR and XOR follow from it, since
//! a + b = (a XOR b) + 2 (a AND b).

use super::Context;
use crate::circuit::builder::{Family, Lc, Var, ONE};
use crate::circuit::layout::bitwise::{KIND, MULTIPLICITY, NIBBLE};
use crate::circuit::layout::statement::{BETA, GAMMA};
use crate::circuit::tuple::{coprocessor, recompose, COP_AND, COP_OR, COP_XOR};
use ark_bls12_381::Fr;

pub fn constrain(context: &mut Context<'_>, beta_squared: Var) {
    for row in 0..context.layout.bitwise.rows {
        constrain_row(context, row, beta_squared);
    }
    nibbles(context, beta_squared);
}

/// A nibble tuple is x + β·y + β²·z: none of the three is range-checked on the row's side, and packed without
/// challenges one could be traded against another.
fn constrain_row(context: &mut Context<'_>, row: usize, beta_squared: Var) {
    let family = Family::BitwiseTable;
    let layout = context.layout;
    let at = |column| layout.bitwise.at(row, column);
    let one = Fr::from(1u64);
    for index in 0..8 {
        let (x, y, z) = (
            at(NIBBLE + index),
            at(NIBBLE + 8 + index),
            at(NIBBLE + 16 + index),
        );
        let second = context.fresh();
        context
            .builder
            .product(Family::NibbleTable, second, y, BETA);
        let third = context.fresh();
        context
            .builder
            .product(Family::NibbleTable, third, z, beta_squared);
        let term = context.fresh();
        context
            .builder
            .term(Family::NibbleTable, term, GAMMA, x + second + third, ONE);
        context.sums.nibble.0.push((term, one));
    }
    let word = |from: usize| recompose(&layout.bitwise.span(row, NIBBLE + from, 8), 4);
    let (a, b, both) = (word(0), word(8), word(16));
    let (and, or) = (at(KIND), at(KIND + 1));
    let xor = Lc::from(ONE) - and - or;
    context.builder.boolean(family, and);
    context.builder.boolean(family, or);
    context
        .builder
        .enforce(family, xor.clone(), xor.clone(), xor.clone());
    let sum = context.fresh();
    context
        .builder
        .product(family, sum, or + xor.clone(), a.clone() + b.clone());
    let overlap = context.fresh();
    let weight = and - or - xor.clone() * Fr::from(2u64);
    context.builder.product(family, overlap, weight, both);
    let op = and * Fr::from(COP_AND) + or * Fr::from(COP_OR) + xor * Fr::from(COP_XOR);
    let tuple = coprocessor(op, Lc::zero(), a, b, sum + overlap);
    let term = context.fresh();
    context
        .builder
        .term(family, term, GAMMA, tuple, at(MULTIPLICITY));
    context.sums.coprocessor.0.push((term, -one));
}

fn nibbles(context: &mut Context<'_>, beta_squared: Var) {
    let layout = context.layout;
    for index in 0..layout.nibble.rows {
        let (x, y) = (index as u64 % 16, index as u64 / 16);
        let entry = Lc::constant(x) + BETA * Fr::from(y) + beta_squared * Fr::from(x & y);
        let term = context.fresh();
        let multiplicity = layout.nibble.at(index, 0);
        context
            .builder
            .term(Family::NibbleTable, term, GAMMA, entry, multiplicity);
        context.sums.nibble.0.push((term, -Fr::from(1u64)));
    }
}
