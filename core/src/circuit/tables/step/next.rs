//! The state that a row leaves to the next: pc, top, flag, depths and tape positions.

use super::{Row, BINARY, COMPARE, POP};
use crate::circuit::builder::{Family, Lc, Var, ONE};
use crate::circuit::encoding::Bit;
use crate::circuit::layout::step::*;
use crate::circuit::tables::Context;
use crate::circuit::tuple::all_ones;
use ark_bls12_381::Fr;

/// Whether the row jumps, or what its comparison found: a comparison's operand is the next index, so that its
/// jump goes nowhere.
pub(super) fn taken(context: &mut Context<'_>, row: Row<'_>, zero: Var) -> Lc {
    let mut taken = row.any(&[Bit::Jnz, Bit::Jnc, Bit::Gt]);
    for (yes, no, value) in [
        (
            row.any(&[Bit::Jz, Bit::Eq]),
            row.any(&[Bit::Jnz, Bit::Gt]),
            zero,
        ),
        (row.any(&[Bit::Jc]), row.any(&[Bit::Jnc]), row.at(FLAG)),
        (row.any(&[Bit::Lt]), row.any(&[Bit::Gt]), row.at(CARRY)),
    ] {
        let product = context.fresh();
        context
            .builder
            .product(Family::Jump, product, yes - no, value);
        taken = taken + product;
    }
    taken
}

pub(super) fn pc(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>, result: &Lc, taken: Lc) {
    let pc = row.at(PC);
    let to_return = context.fresh();
    let shift = result.clone() - row.at(OPERAND);
    context
        .builder
        .product(Family::Jump, to_return, row.bit(Bit::Ret), shift);
    context.builder.enforce(
        Family::Jump,
        taken,
        row.at(OPERAND) + to_return - pc - ONE,
        next.at(PC) - pc - ONE + row.bit(Bit::Halt),
    );
}

pub(super) fn top(
    context: &mut Context<'_>,
    row: Row<'_>,
    next: Row<'_>,
    result: &Lc,
    compared: Lc,
    second: Var,
) {
    let not = row.bit(Bit::Not);
    let from_result = row.any(&[Bit::Result, Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry]);
    let mut keep = Lc::from(ONE) - row.bit(Bit::StoreTop) - not * Fr::from(2u64);
    let mut rest = next.at(TOP) - second - not * all_ones();
    for (selector, value) in [
        (Lc::from(row.bit(Bit::Imm)), Lc::from(row.at(OPERAND))),
        (from_result, result.clone()),
        (row.any(&COMPARE), compared),
        (row.any(&POP), Lc::from(row.at(FILL))),
    ] {
        keep = keep - selector.clone();
        let product = context.fresh();
        context
            .builder
            .product(Family::Top, product, selector, value);
        rest = rest - product;
    }
    context
        .builder
        .enforce(Family::Top, keep, row.at(TOP), rest);
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

pub(super) fn counters(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>) {
    let store = row.bit(Bit::StoreTop);
    let depth = row.any(&[Bit::Imm, Bit::Push]) - row.any(&BINARY) - row.any(&POP) - store - store;
    let calls = row.bit(Bit::Call) - row.bit(Bit::Ret);
    for (column, change) in [
        (DEPTH, depth),
        (CALLS, calls),
        (READ, row.bit(Bit::Read).into()),
        (WRITTEN, row.bit(Bit::Write).into()),
    ] {
        context
            .builder
            .zero(Family::Counters, next.at(column) - row.at(column) - change);
    }
}
