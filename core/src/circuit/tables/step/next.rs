//! The state that a row leaves to the next: pc, top and flag. The counters say themselves which bits they follow.

use super::Row;
use crate::circuit::builder::{Family, Lc, ONE};
use crate::circuit::encoding::Bit;
use crate::circuit::layout::step::*;
use crate::circuit::tables::Context;

/// Whether the row jumps. What is tested is the top word where it is popped, else the flag.
pub(super) fn taken(context: &mut Context<'_>, row: Row<'_>) -> Lc {
    let family = Family::ZeroTest;
    let popped = context.fresh();
    let change = row.at(TOP) - row.at(FLAG);
    context
        .builder
        .product(family, popped, row.bit(Bit::Drop), change);
    let (yes, no) = (row.bit(Bit::Jz), row.bit(Bit::Jnz));
    let (inverse, where_zero) = (context.fresh(), context.fresh());
    let tested = row.at(FLAG) + popped;
    context
        .builder
        .where_zero(family, where_zero, inverse, tested, yes - no.clone());
    no + where_zero
}

pub(super) fn pc(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>, taken: Lc) {
    let after = row.at(PC) + ONE;
    let returned = context.fresh();
    context.builder.product(
        Family::Jump,
        returned,
        row.bit(Bit::Ret),
        row.at(FILL) - after.clone(),
    );
    context.builder.enforce(
        Family::Jump,
        taken,
        row.at(OPERAND) - after.clone(),
        next.at(PC) - after - returned,
    );
}

pub(super) fn top(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>, result: &Lc) {
    let top = row.at(TOP);
    let filled = context.fresh();
    context
        .builder
        .product(Family::Top, filled, row.bit(Bit::Drop), row.at(FILL) - top);
    let found = [
        Bit::Push,
        Bit::Result,
        Bit::Add,
        Bit::Sub,
        Bit::Cop,
        Bit::CopCarry,
    ];
    context.builder.enforce(
        Family::Top,
        row.any(&found),
        result.clone() - top,
        next.at(TOP) - top - filled,
    );
}

/// Only ADD, SUB and MUL change the flag.
pub(super) fn flag(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>) {
    context.builder.enforce(
        Family::CarryFlag,
        row.any(&[Bit::Add, Bit::Sub, Bit::CopCarry]),
        row.at(CARRY) - row.at(FLAG),
        next.at(FLAG) - row.at(FLAG),
    );
}
