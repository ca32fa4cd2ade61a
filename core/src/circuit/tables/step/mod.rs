//! A row: one step of the machine, or half of one. Row i happens at time i + 1, a constant of the circuit.
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
use crate::circuit::encoding::Bit;
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

    /// The row after; `None` for the last.
    fn next(&self) -> Option<Self> {
        let index = self.index + 1;
        let layout = self.layout;
        (index < layout.step.rows).then_some(Row { layout, index })
    }

    /// By how much a counter grows; the last row, which halts, changes none.
    fn growth(&self, counter: usize) -> Lc {
        self.next().map_or(Lc::zero(), |next| {
            Lc::from(next.at(counter)) - self.at(counter)
        })
    }

    /// A control bit. Some are columns; the others are what the counters say, which takes no constraint to tie a counter
    /// to its bit.
    fn bit(&self, bit: Bit) -> Lc {
        match bit {
            Bit::Push if self.next().is_some() => self.growth(DEPTH) + self.any(&POP),
            Bit::Call if self.next().is_some() => self.growth(CALLS) + self.bit(Bit::Ret),
            Bit::Read => self.growth(READ),
            Bit::Write => self.growth(WRITTEN),
            Bit::Push | Bit::Call => Lc::zero(),
            column => self.at(BIT + column as usize).into(),
        }
    }

    /// The sum of some control bits. The verifier's encoding never sets two of one sum.
    fn any(&self, bits: &[Bit]) -> Lc {
        bits.iter()
            .fold(Lc::zero(), |sum, bit| sum + self.bit(*bit))
    }
}

/// Instructions that pop: two words for the one that they push, or one.
const POP: [Bit; 5] = [Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry, Bit::Drop];

pub fn constrain(context: &mut Context<'_>) {
    let layout = context.layout;
    for index in 0..layout.step.rows {
        constrain_row(context, Row { layout, index });
    }
    boundary(context);
}

/// The first row is the machine's initial state. The last is marked as HALT and pushes nothing, so it is HALT and the
/// machine has halted by then.
fn boundary(context: &mut Context<'_>) {
    let layout = context.layout;
    let first = Row { layout, index: 0 };
    let index = layout.step.rows.saturating_sub(1);
    let last = Row { layout, index };
    for column in [PC, DEPTH, CALLS, READ, WRITTEN, FLAG] {
        context.builder.zero(Family::Boundary, first.at(column));
    }
    context
        .builder
        .zero(Family::Boundary, first.at(TOP) - Lc::constant(EMPTY));
    context
        .builder
        .zero(Family::Boundary, last.bit(Bit::Keep) - ONE);
}

fn constrain_row(context: &mut Context<'_>, row: Row<'_>) {
    let limbs = context.limbs(&context.layout.step, row.index, LIMB);
    let result = recompose(&limbs, context.layout.capacities.range_bits);
    for bit in Bit::ALL {
        let bit = row.bit(bit);
        if !bit.0.is_empty() {
            context.builder.boolean(Family::ControlBits, bit);
        }
    }
    word(context, Family::ResultRange, &limbs);
    fetched(context, row);
    arithmetic(context, row, &result);
    memory::ports(context, row, &result);
    let taken = next::taken(context, row);
    if let Some(next) = row.next() {
        next::pc(context, row, next, taken);
        next::top(context, row, next, &result);
        next::flag(context, row, next);
    }
}

/// The instruction is the program table's entry at pc.
fn fetched(context: &mut Context<'_>, row: Row<'_>) {
    let bits = Bit::ALL.iter().fold(Lc::zero(), |sum, bit| {
        sum + row.bit(*bit) * pow2(*bit as u32)
    });
    let operand = times_beta(context, Family::Fetch, row.at(OPERAND));
    let term = context.fresh();
    let tuple = fetch(row.at(PC), bits) + operand;
    context.builder.term(Family::Fetch, term, GAMMA, tuple, ONE);
    context.sums.fetch.0.push((term, Fr::from(1u64)));
}

/// What r is, where nothing from elsewhere is. ADD: r + 2^32·c = fill + top. SUB: r − 2^32·c = fill − top. The operand is
/// zero there. A push spills the top, so fill is the top: DUP 0 says r = fill, and PUSH takes the top away again and
/// says r = operand + 2^32·c, where r and the operand are words.
fn arithmetic(context: &mut Context<'_>, row: Row<'_>, result: &Lc) {
    let (top, carry) = (row.at(TOP), row.at(CARRY));
    context.builder.boolean(Family::CarryBit, carry);
    let sign = row.bit(Bit::Add) - row.any(&[Bit::Sub, Bit::Imm]);
    let signed = context.fresh();
    context
        .builder
        .product(Family::Arithmetic, signed, sign, top - carry * pow2(32));
    context.builder.enforce(
        Family::Arithmetic,
        row.any(&[Bit::Add, Bit::Sub, Bit::Imm, Bit::Keep]),
        result.clone() - row.at(FILL) - row.at(OPERAND) - signed,
        Lc::zero(),
    );
}

fn times_beta(context: &mut Context<'_>, family: Family, value: impl Into<Lc>) -> Var {
    let product = context.fresh();
    context.builder.product(family, product, value, BETA)
}
