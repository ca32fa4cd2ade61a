//! The state that a row leaves to the next: pc, top and flag. The counters define the bits that change them.

use super::known::Known;
use super::row::{BINARY, Row};
use crate::circuit::bounds::{Bounded, Context, Outcome};
use crate::circuit::builder::Lc;
use crate::circuit::encoding::Bit;
use crate::circuit::family::Family;
use crate::circuit::layout::step::*;

/// Whether the row jumps. The tested value is the top word where it is popped, otherwise the flag.
pub(super) fn taken(context: &mut Context<'_>, known: &Known<'_>) -> Bounded {
    let family = Family::ZeroTest;
    let Known { row, bits, .. } = known;
    let change = row.at(TOP) - row.at(FLAG);
    let popped = context.free_product(family, bits.of(Bit::Drop), change);
    let (yes, no) = (bits.of(Bit::Jz), bits.of(Bit::Jnz));
    let where_zero = context.where_zero(family, row.at(FLAG) + popped, &(yes - &no));
    no + where_zero
}

/// The next position: this one plus one, plus the operand where the row jumps, or for RET the result. Each of these is bounded on this row. So
/// the next position is bounded before anything is known of the memory.
pub(super) fn pc(
    context: &mut Context<'_>,
    known: &Known<'_>,
    next: Row<'_>,
    taken: Bounded,
) -> Bounded {
    let family = Family::Jump;
    let after = known.pc.clone() + Bounded::constant(1);
    let ret = known.bits.of(Bit::Ret);
    let returned = context.product(family, &ret, &(known.result.clone() - &after));
    let outcome = Outcome {
        a: &taken,
        b: &known.operand,
        rest: &(after + returned),
    };
    context.outcome(family, next.at(PC), outcome)
}

/// The next top: the result, `fill` where a word is dropped, or the top itself.
pub(super) fn top(context: &mut Context<'_>, known: &Known<'_>, next: Row<'_>) {
    let family = Family::Top;
    let Known {
        row, bits, result, ..
    } = known;
    let top = row.at(TOP);
    let filled = context.free_product(family, bits.of(Bit::Drop), row.at(FILL) - top);
    // `Here` stands with a binary operation, whose result it leaves to Push or Result, or with a row that keeps the top.
    let found = bits.any(&[Bit::Push, Bit::Result]) + bits.any(&BINARY) - bits.of(Bit::Here);
    context.builder.enforce(
        family,
        found,
        result.lc() - top,
        next.at(TOP) - top - filled,
    );
}

/// Only ADD, SUB and MUL change the flag.
pub(super) fn flag(context: &mut Context<'_>, known: &Known<'_>, next: Row<'_>) {
    let Known { row, bits, .. } = known;
    let flag = Lc::from(row.at(FLAG));
    context.builder.enforce(
        Family::CarryFlag,
        bits.any(&[Bit::Add, Bit::Sub, Bit::CopCarry]),
        row.at(CARRY) - flag.clone(),
        next.at(FLAG) - flag,
    );
}
