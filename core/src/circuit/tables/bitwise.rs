//! Bitwise operations, digit by digit. What is looked up is a digit's whole tuple, so that a row is the sum of its
//! digits and knows neither its operation nor its words. A row may mix operations: no instruction asks for what comes
//! of it, as an operation's number says the same in each digit.

use super::Context;
use crate::circuit::builder::{Family, Lc, ONE};
use crate::circuit::layout::bitwise::{DIGIT, MULTIPLICITY};
use crate::circuit::layout::statement::GAMMA;
use crate::circuit::tuple::{digits, recompose};
use ark_bls12_381::Fr;

pub fn constrain(context: &mut Context<'_>) {
    for row in 0..context.layout.bitwise.rows {
        constrain_row(context, row);
    }
    let block = context.layout.digit;
    let entries = digits(context.layout.capacities.digit_bits());
    for (index, entry) in (0..block.rows).zip(entries) {
        let term = context.fresh();
        let entry = Lc::from(ONE) * entry;
        context
            .builder
            .term(Family::DigitTable, term, GAMMA, entry, block.at(index, 0));
        context.sums.digit.0.push((term, -Fr::from(1u64)));
    }
}

/// The lookups bound each digit's fields, and sums of digits carry nothing from one field into the next.
fn constrain_row(context: &mut Context<'_>, row: usize) {
    let layout = context.layout;
    let bits = layout.capacities.digit_bits();
    let digits = layout.bitwise.span(row, DIGIT, 32 / bits as usize);
    for digit in &digits {
        let term = context.fresh();
        context
            .builder
            .term(Family::DigitTable, term, GAMMA, *digit, ONE);
        context.sums.digit.0.push((term, Fr::from(1u64)));
    }
    let term = context.fresh();
    context.builder.term(
        Family::BitwiseTable,
        term,
        GAMMA,
        recompose(&digits, bits),
        layout.bitwise.at(row, MULTIPLICITY),
    );
    context.sums.coprocessor.0.push((term, -Fr::from(1u64)));
}
