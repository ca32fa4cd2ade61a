//! Bitwise operations, digit by digit. A row may mix operations, but no instruction uses the result: the number of an
//! operation has the same pattern in each digit.

use crate::circuit::bounds::Context;
use crate::circuit::family::Family;
use crate::circuit::layout::bitwise::{DIGIT, MULTIPLICITY};

pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    let digits = 32 / layout.capacities.digit_bits() as usize;
    for row in 0..layout.bitwise.rows {
        let digits = layout.bitwise.span(row, DIGIT, digits);
        let times = layout.bitwise.at(row, MULTIPLICITY);
        context.answer_digits(Family::BitwiseTable, &digits, times);
    }
}
