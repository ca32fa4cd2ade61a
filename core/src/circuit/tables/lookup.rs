//! Tables whose rows are constants, and the constraint of the blinding variable.

use crate::circuit::bounds::Context;
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;

/// The tables of ranges, of digits and of powers of two, and the constraint of the blinding variable. Without this
/// constraint the blind's base would be the identity: proofs would verify, and the commitment would hide nothing.
pub fn constrain(context: &mut Context<'_>) {
    context.range_tables();
    context.digit_table();
    context.powers_of_two();
    let blind = context.layout.blind.at(0, 0);
    context
        .builder
        .enforce(Family::Blind, blind, Lc::zero(), Lc::zero());
}
