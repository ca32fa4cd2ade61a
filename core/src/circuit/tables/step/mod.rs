//! A row: one step of the machine, a part of a step that takes three rows, or several steps that share the row. The time
//! of row i is i + 1, a constant of the circuit.
//!
//! The top word is in a register. The words below it are cells of the memory. A push at depth d spills the old top into
//! stack cell d. A pop fills the top from cell d − 1. While the stack is empty, the register holds 2^33, which is not a
//! word. On an empty stack, an instruction that needs a word fails the range check of that word, a pop removes cell −1,
//! which no row ever added, and a load removes a heap cell near 2^33, which is no address of the heap table. So an
//! underflow has no witness, without a check of the depth.

mod bits;
mod known;
mod memory;
mod next;
mod row;

use crate::circuit::bounds::{Bounded, Context, ProgramTable};
use crate::circuit::builder::Lc;
use crate::circuit::encoding::Bit;
use crate::circuit::family::Family;
use crate::circuit::layout::step::*;
use crate::circuit::operations::EMPTY;
use bits::Bits;
use known::Known;
use row::Row;

pub fn constrain(context: &mut Context<'_>, program: &ProgramTable) {
    let layout = context.layout;
    let mut pc = initial(context);
    for index in 0..layout.step.rows {
        pc = constrain_row(context, Row { layout, index }, program, pc);
    }
}

/// The first row is the machine's initial state. Returns its position.
fn initial(context: &mut Context<'_>) -> Bounded {
    let layout = context.layout;
    let first = Row { layout, index: 0 };
    for column in [DEPTH, CALLS, READ, WRITTEN, FLAG] {
        context.fixed(Family::Boundary, first.at(column), 0);
    }
    context.fixed(Family::Boundary, first.at(TOP), i128::from(EMPTY));
    context.fixed(Family::Boundary, first.at(PC), 0)
}

/// Constrains a row at a position, and returns the position of the next row.
fn constrain_row(
    context: &mut Context<'_>,
    row: Row<'_>,
    program: &ProgramTable,
    pc: Bounded,
) -> Bounded {
    let bits = Bits::write(context, row);
    let limbs = context.limbs(&context.layout.step, row.index, LIMB);
    let result = context.word(Family::ResultRange, &limbs);
    let fetched = program.fetch(context, row.index, (pc, bits.packed()), row.at(OPERAND));
    let base = bits.any(&[Bit::AtAddr, Bit::Here, Bit::Hash]);
    let base = context.base(Family::Base, row.index, &base);
    let known = Known {
        base,
        row,
        bits,
        result,
        pc: fetched.pc,
        operand: fetched.operand,
    };
    let carry = arithmetic(context, &known);
    memory::stack_port(context, &known);
    memory::general_port(context, &known);
    memory::question(context, &known, carry);
    let taken = next::taken(context, &known);
    let Some(next) = row.next() else {
        // Only HALT has both bits. So the last row is HALT, and the machine has halted by then.
        let mark = known.bits.any(&[Bit::Jz, Bit::Here]);
        context.fixed(Family::Boundary, mark, 2);
        return known.pc;
    };
    next::top(context, &known, next);
    next::flag(context, &known, next);
    next::pc(context, &known, next, taken)
}

/// The result r where it comes from this row alone; returns the carry. ADD: r + 2^32·c = fill + top. SUB: r − 2^32·c =
/// fill − top. With an operand n, `fill` is the top and the base cancels the top: r + 2^32·c = top + n, and r − 2^32·c =
/// top − n, where the operand of SUB is −n. The operand is zero otherwise. A push spills the top, so fill is the top
/// there: PUSH subtracts the top again and gives r = operand + 2^32·c, where r and the operand are words; DUP 0 has the
/// base too and gives r = top + 2^32·c, where r is a word, and top is a word or the number under an empty stack. RET gives
/// r = fill: the return address that the row takes is the result. So it is a word by the range check of this row,
/// independent of what the memory gives.
fn arithmetic(context: &mut Context<'_>, known: &Known<'_>) -> Bounded {
    let Known {
        row, bits, result, ..
    } = known;
    let (top, fill, operand) = (row.at(TOP), row.at(FILL), row.at(OPERAND));
    let carry = context.boolean(Family::CarryBit, row.at(CARRY));
    let sign = bits.of(Bit::Add) - bits.any(&[Bit::Sub, Bit::Imm]);
    let other = top - known.base.var() - carry.times(1 << 32).lc();
    let signed = context.free_product(Family::Arithmetic, sign, other);
    context.builder.enforce(
        Family::Arithmetic,
        bits.any(&[Bit::Add, Bit::Sub, Bit::Imm, Bit::Ret]),
        result.lc() - fill - operand - signed,
        Lc::zero(),
    );
    carry
}
