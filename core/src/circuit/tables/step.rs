//! A row: one step of the machine. Row i happens at time i + 1, a constant of the circuit.
//!
//! The top word is in a register; the words below are cells of the memory bag. A push at depth d spills the old
//! top into stack cell d, a pop fills the top from cell d − 1. While the stack is empty the register holds 2^33,
//! which is no word: whatever needs a word fails its range check on it, and a pop looks for cell −1, which nobody
//! ever put there. So an underflow has no witness, without a depth check of its own.

use super::lookup::{range, word};
use super::Context;
use crate::circuit::builder::{pow2, Family, Lc, Var, ONE};
use crate::circuit::encoding::{Bit, BITS};
use crate::circuit::layout::statement::{BETA, GAMMA};
use crate::circuit::layout::step::*;
use crate::circuit::tuple::{all_ones, coprocessor, fetch, packed, recompose, Space, EMPTY};
use ark_bls12_381::Fr;

/// Reads one row's columns by name.
#[derive(Clone, Copy)]
struct Row<'a> {
    layout: &'a crate::circuit::layout::Layout,
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
    let second = ports(context, row, &result);
    let jump = jump_taken(context, row, zero);
    if let Some(next) = next {
        next_pc(context, row, next, &result, jump.clone());
        next_top(context, row, next, &result, jump, second);
        next_flag(context, row, next);
        counters(context, row, next);
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

/// The row's terms in the memory bag. Returns the second fill's value, zero unless it is on.
fn ports(context: &mut Context<'_>, row: Row<'_>, result: &Lc) -> Var {
    let now = Lc::constant(row.index as u64 + 1);
    let longest = Fr::from((1u64 << context.layout.capacities.range_bits) - 1);
    let one = Fr::from(1u64);
    let set = Lc::from(ONE);
    let push = row.any(&[Bit::Imm, Bit::Push]);
    let pop = row.any(&BINARY) + row.any(&POP) + row.bit(Bit::StoreTop);

    // Stack port: a push adds (stack, depth, now, top), a pop removes (stack, depth − 1, now − 1 − age, fill).
    // On a push `longest + age` is looked up, so age ≤ 0 there: a tuple may claim a later time than its row's,
    // never an earlier one, and nothing is removed before it is added.
    let (fill, age) = (row.at(FILL), row.at(FILL_AGE));
    range(context, Family::Times, age + push.clone() * longest);
    context
        .builder
        .enforce(Family::Spill, push.clone(), fill - row.at(TOP), Lc::zero());
    let value = times_beta(context, Family::StackPort, fill);
    let key = row.at(DEPTH) - pop.clone() + Lc::constant(Space::Stack.base());
    let time = now.clone() - pop.clone() - age;
    let term = context.fresh();
    let tuple = packed(time, key.clone(), set.clone()) + value;
    context
        .builder
        .term(Family::StackPort, term, GAMMA, tuple, push - pop);
    context.sums.memory.0.push((term, one));

    // Second fill of STORE with a computed address, which pops two words: cell depth − 2.
    let store = row.bit(Bit::StoreTop);
    range(context, Family::Times, row.at(SECOND_AGE));
    let value = times_beta(context, Family::SecondFill, row.at(SECOND));
    let tuple = packed(
        now.clone() - ONE - row.at(SECOND_AGE),
        row.at(DEPTH) - ONE - ONE + Lc::constant(Space::Stack.base()),
        set.clone(),
    ) + value;
    let term = context.fresh();
    context
        .builder
        .term(Family::SecondFill, term, GAMMA, tuple, store);
    context.sums.memory.0.push((term, -one));
    let second = context.fresh();
    context
        .builder
        .product(Family::SecondFill, second, store, row.at(SECOND));

    general_port(context, row, result);
    let on = row.any(&[Bit::Cop, Bit::CopCarry]);
    let tuple = coprocessor(
        row.at(OPERAND),
        row.at(CARRY),
        fill,
        row.at(TOP),
        result.clone(),
    );
    let term = context.fresh();
    context
        .builder
        .term(Family::Coprocessor, term, GAMMA, tuple, on);
    context.sums.coprocessor.0.push((term, one));
    second
}

/// LOAD, STORE, DUP n, SWAP n, CALL, RET, READ and WRITE: removes a cell, whose value is the result, and adds one.
fn general_port(context: &mut Context<'_>, row: Row<'_>, result: &Lc) {
    let family = Family::HeapPort;
    let now = Fr::from(row.index as u64 + 1);
    let one = Fr::from(1u64);
    let (call, ret) = (row.bit(Bit::Call), row.bit(Bit::Ret));
    // The operand is the space and the offset, except for CALL, whose operand is its target.
    let mut key = Lc::from(row.at(OPERAND)) + call * Space::Calls.base();
    for (selector, value, sign) in [
        (Lc::from(row.bit(Bit::AtTop)), row.at(TOP), one),
        (Lc::from(row.bit(Bit::AtDepth)), row.at(DEPTH), one),
        (call + ret, row.at(CALLS), one),
        (Lc::from(row.bit(Bit::Read)), row.at(READ), one),
        (Lc::from(row.bit(Bit::Write)), row.at(WRITTEN), one),
        (Lc::from(call), row.at(OPERAND), -one),
    ] {
        let product = context.fresh();
        context.builder.product(family, product, selector, value);
        key = key + product * sign;
    }
    let mut put = result.clone();
    for (selector, value) in [
        (row.bit(Bit::PutTop), Lc::from(row.at(TOP))),
        (row.bit(Bit::StoreTop), Lc::from(row.at(FILL))),
        (call, row.at(PC) + ONE),
    ] {
        let product = context.fresh();
        context
            .builder
            .product(family, product, selector, value - result.clone());
        put = put + product;
    }
    let set = row.at(SET);
    // Boolean; and 1 (or −2, which no tuple has) where the value is used.
    let used = row.any(&[Bit::Result, Bit::Ret]);
    context.builder.enforce(
        Family::SetBit,
        ONE - set,
        set + used * Fr::from(2u64),
        Lc::zero(),
    );
    range(context, Family::Times, row.at(AGE));
    let removed = times_beta(context, family, result.clone());
    let added = times_beta(context, family, put);
    let time = Lc::constant(now) - ONE - row.at(AGE);
    let term = context.fresh();
    let on = row.any(&[Bit::Replace, Bit::Ret, Bit::Read]);
    context.builder.term(
        family,
        term,
        GAMMA,
        packed(time, key.clone(), set) + removed,
        on,
    );
    context.sums.memory.0.push((term, -one));
    // The verifier does not know when an output was written: those tuples have time 0.
    let time = Lc::constant(now) - row.bit(Bit::Write) * now;
    let term = context.fresh();
    let on = row.any(&[Bit::Replace, Bit::Call, Bit::Write]);
    context
        .builder
        .term(family, term, GAMMA, packed(time, key, ONE) + added, on);
    context.sums.memory.0.push((term, one));
}

/// Whether the row jumps, or what its comparison found: a comparison's operand is the next index, so that its
/// jump goes nowhere.
fn jump_taken(context: &mut Context<'_>, row: Row<'_>, zero: Var) -> Lc {
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

fn next_pc(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>, result: &Lc, taken: Lc) {
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

fn next_top(
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
fn next_flag(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>) {
    context.builder.enforce(
        Family::CarryFlag,
        row.any(&[Bit::Add, Bit::Sub, Bit::CopCarry]),
        row.at(CARRY) - row.at(FLAG),
        next.at(FLAG) - row.at(FLAG),
    );
}

fn counters(context: &mut Context<'_>, row: Row<'_>, next: Row<'_>) {
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

fn times_beta(context: &mut Context<'_>, family: Family, value: impl Into<Lc>) -> Var {
    let product = context.fresh();
    context.builder.product(family, product, value, BETA)
}
