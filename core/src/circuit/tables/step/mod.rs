//! A row: one step of the machine. Row i happens at time i + 1, a constant of the circuit.
//!
//! The top word is in a register; the words below are cells of the memory bag. A push at depth d spills the old
//! top into stack cell d, a pop fills the top from cell d − 1. While the stack is empty the register holds 2^33,
//! which is no word: whatever needs a word fails its range check on it, a pop looks for cell −1, which nobody ever
//! put there, and a load finds heap address 2^33 never stored, since a store pops. So an underflow has no witness,
//! without a depth check of its own.

mod memory;
mod next;

use super::lookup::word;
use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, Var, ONE};
use crate::circuit::encoding::{Bit, BITS};
use crate::circuit::layout::statement::{BETA, GAMMA};
use crate::circuit::layout::step::*;
use crate::circuit::layout::Layout;
use crate::circuit::tuple::{fetch, recompose, EMPTY};
use ark_bls12_381::Fr;

/// Reads one row's columns by name.
#[derive(Clone, Copy)]
struct Row<'a> {
    layout: &'a Layout,
    index: usize,
}

impl Row<'_> {
    fn at(&self, column: usize) -> Var {
        self.layout.step.at(self.index, column)
    }

    fn bit(&self, bit: Bit) -> Var {
        self.at(BIT + bit as usize)
    }

    /// The sum of some control bits. The verifier's encoding never sets two of one sum.
    fn any(&self, bits: &[Bit]) -> Lc {
        bits.iter()
            .fold(Lc::zero(), |sum, bit| sum + self.bit(*bit))
    }
}

/// Instructions that pop two words and push one.
const BINARY: [Bit; 7] = [
    Bit::Add,
    Bit::Sub,
    Bit::Eq,
    Bit::Lt,
    Bit::Gt,
    Bit::Cop,
    Bit::CopCarry,
];
const COMPARE: [Bit; 3] = [Bit::Eq, Bit::Lt, Bit::Gt];
/// Instructions that pop one word and leave what was below.
const POP: [Bit; 3] = [Bit::Jz, Bit::Jnz, Bit::Drop];

pub fn constrain(context: &mut Context<'_>) {
    let rows = context.layout.step.rows;
    for index in 0..rows {
        let row = Row {
            layout: context.layout,
            index,
        };
        let next = (index + 1 < rows).then_some(Row {
            layout: context.layout,
            index: index + 1,
        });
        constrain_row(context, row, next);
    }
    boundary(context);
}

/// The first row is the machine's initial state; the last is HALT, so the machine has halted by then.
fn boundary(context: &mut Context<'_>) {
    let first = Row {
        layout: context.layout,
        index: 0,
    };
    let last = Row {
        layout: context.layout,
        index: context.layout.step.rows.saturating_sub(1),
    };
    for column in [PC, DEPTH, CALLS, READ, WRITTEN, FLAG] {
        context.builder.zero(Family::Boundary, first.at(column));
    }
    context
        .builder
        .zero(Family::Boundary, first.at(TOP) - Lc::constant(EMPTY));
    context
        .builder
        .zero(Family::Boundary, last.bit(Bit::Halt) - ONE);
}

fn constrain_row(context: &mut Context<'_>, row: Row<'_>, next: Option<Row<'_>>) {
    let limbs = context.limbs(&context.layout.step, row.index, LIMB);
    let result = recompose(&limbs, context.layout.capacities.range_bits);
    for bit in 0..BITS {
        context
            .builder
            .boolean(Family::ControlBits, row.at(BIT + bit));
    }
    word(context, Family::ResultRange, &limbs);
    fetched(context, row);
    let zero = arithmetic(context, row, &result);
    let second = memory::ports(context, row, &result);
    let jump = next::taken(context, row, zero);
    if let Some(next) = next {
        next::pc(context, row, next, &result, jump.clone());
        next::top(context, row, next, &result, jump, second);
        next::flag(context, row, next);
        next::counters(context, row, next);
    }
}

/// The instruction is the program table's entry at pc.
fn fetched(context: &mut Context<'_>, row: Row<'_>) {
    let bits = (0..BITS).fold(Lc::zero(), |sum, bit| {
        sum + row.at(BIT + bit) * pow2(bit as u32)
    });
    let operand = context.fresh();
    context
        .builder
        .product(Family::Fetch, operand, row.at(OPERAND), BETA);
    let term = context.fresh();
    context.builder.term(
        Family::Fetch,
        term,
        GAMMA,
        fetch(row.at(PC), bits) + operand,
        ONE,
    );
    context.sums.fetch.0.push((term, Fr::from(1u64)));
}

/// ADD: r + 2^32·c = a + b. SUB and comparisons: r = a − b + 2^32·c. Tests: r = top. Returns z = (r = 0).
fn arithmetic(context: &mut Context<'_>, row: Row<'_>, result: &Lc) -> Var {
    let (top, below, carry) = (row.at(TOP), row.at(FILL), row.at(CARRY));
    let minus = row.bit(Bit::Sub) + row.any(&COMPARE);
    context.builder.boolean(Family::CarryBit, carry);
    let signed = context.fresh();
    let sign = row.bit(Bit::Add) - minus.clone();
    context
        .builder
        .product(Family::Arithmetic, signed, sign, top - carry * pow2(32));
    context.builder.enforce(
        Family::Arithmetic,
        result.clone() - below - signed,
        row.bit(Bit::Add) + minus,
        Lc::zero(),
    );
    context.builder.enforce(
        Family::TestOperand,
        row.any(&[Bit::Jz, Bit::Jnz, Bit::Not, Bit::Test]),
        result.clone() - top,
        Lc::zero(),
    );
    let (inverse, zero) = (context.fresh(), context.fresh());
    context
        .builder
        .zero_test(Family::ZeroTest, zero, inverse, result.clone());
    zero
}

fn times_beta(context: &mut Context<'_>, family: Family, value: impl Into<Lc>) -> Var {
    let product = context.fresh();
    context.builder.product(family, product, value, BETA)
}
