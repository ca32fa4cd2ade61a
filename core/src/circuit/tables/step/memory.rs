//! What a row removes from the memory bag and adds to it, and what it asks a coprocessor.

use super::{times_beta, Row, POP};
use crate::circuit::builder::{Family, Lc, ONE};
use crate::circuit::encoding::Bit;
use crate::circuit::layout::statement::GAMMA;
use crate::circuit::layout::step::*;
use crate::circuit::tables::lookup::range;
use crate::circuit::tables::Context;
use crate::circuit::tuple::{coprocessor, packed, Space};
use ark_bls12_381::Fr;

/// The row's terms in the memory bag, and its question.
pub(super) fn ports(context: &mut Context<'_>, row: Row<'_>, result: &Lc) {
    stack_port(context, row);
    general_port(context, row, result);
    let on = row.any(&[Bit::Cop, Bit::CopCarry]);
    let tuple = coprocessor(
        row.at(OPERAND),
        row.at(CARRY),
        row.at(FILL),
        row.at(TOP),
        result.clone(),
    );
    let term = context.fresh();
    context
        .builder
        .term(Family::Coprocessor, term, GAMMA, tuple, on);
    context.sums.coprocessor.0.push((term, Fr::from(1u64)));
}

/// A push adds (stack, depth, now, top), a pop removes (stack, depth − 1, now − 1 − age, fill); CALL and RET do the same
/// on the other stack, with the address to return to.
fn stack_port(context: &mut Context<'_>, row: Row<'_>) {
    let family = Family::StackPort;
    let longest = Fr::from((1u64 << context.layout.capacities.range_bits) - 1);
    let (push, call, ret) = (row.bit(Bit::Push), row.bit(Bit::Call), row.bit(Bit::Ret));
    let up = push.clone() + call.clone();
    let down = row.any(&POP) + ret.clone();

    // On a push `longest + age` is looked up, so age ≤ 0 there: a tuple may claim a later time than its row's, never an
    // earlier one, and nothing is removed before it is added.
    let (fill, age) = (row.at(FILL), row.at(FILL_AGE));
    range(context, Family::Times, age + up.clone() * longest);
    context
        .builder
        .enforce(Family::Spill, push, fill - row.at(TOP), Lc::zero());
    let address = fill - row.at(PC) - ONE;
    context
        .builder
        .enforce(Family::Spill, call.clone(), address, Lc::zero());
    let other = context.fresh();
    let away =
        row.at(CALLS) - row.at(DEPTH) + Lc::constant(Space::Calls.base() - Space::Stack.base());
    context.builder.product(family, other, call + ret, away);
    let key = row.at(DEPTH) - down.clone() + Lc::constant(Space::Stack.base()) + other;
    let now = Lc::constant(row.index as u64 + 1);
    let value = times_beta(context, family, fill);
    let tuple = packed(now - down.clone() - age, key, ONE) + value;
    let term = context.fresh();
    context.builder.term(family, term, GAMMA, tuple, up - down);
    context.sums.memory.0.push((term, Fr::from(1u64)));
}

/// LOAD, STORE, DUP n, SWAP n, READ and WRITE: removes a cell, whose value is the result, and adds one.
fn general_port(context: &mut Context<'_>, row: Row<'_>, result: &Lc) {
    let family = Family::HeapPort;
    let now = Fr::from(row.index as u64 + 1);
    let one = Fr::from(1u64);
    let (read, write) = (row.bit(Bit::Read), row.bit(Bit::Write));
    // The operand is the space and the offset.
    let mut key = Lc::from(row.at(OPERAND));
    for (selector, value) in [
        (row.bit(Bit::AtTop), TOP),
        (row.bit(Bit::AtDepth), DEPTH),
        (read.clone(), READ),
        (write.clone(), WRITTEN),
    ] {
        let product = context.fresh();
        context
            .builder
            .product(family, product, selector, row.at(value));
        key = key + product;
    }
    // The old top for SWAP, WRITE and STORE with its address; else the new one: what was loaded, or the word that STORE
    // found below its address. A push of no cell makes the selector −1, and adds nothing.
    let old = row.any(&[Bit::AtConst, Bit::AtDepth, Bit::Write]) - row.bit(Bit::Push);
    let top = row.at(TOP);
    let put = match row.next() {
        None => Lc::from(top),
        Some(next) => {
            let product = context.fresh();
            let change = top - next.at(TOP);
            context.builder.product(family, product, old, change);
            next.at(TOP) + product
        }
    };
    let set = row.at(SET);
    // Boolean; and 1 (or −2, which no tuple has) where the value is used.
    let used = row.any(&[Bit::Push, Bit::Result]);
    context.builder.enforce(
        Family::SetBit,
        ONE - set,
        set + used * Fr::from(2u64),
        Lc::zero(),
    );
    range(context, Family::Times, row.at(AGE));
    let removed = times_beta(context, family, result.clone());
    let added = times_beta(context, family, put);
    let replace = row.any(&[Bit::AtConst, Bit::AtTop, Bit::AtDepth]);
    let time = Lc::constant(now) - ONE - row.at(AGE);
    let tuple = packed(time, key.clone(), set) + removed;
    let term = context.fresh();
    context
        .builder
        .term(family, term, GAMMA, tuple, replace.clone() + read);
    context.sums.memory.0.push((term, -one));
    // The verifier does not know when an output was written: those tuples have time 0.
    let time = Lc::constant(now) - write.clone() * now;
    let tuple = packed(time, key, ONE) + added;
    let term = context.fresh();
    context
        .builder
        .term(family, term, GAMMA, tuple, replace + write);
    context.sums.memory.0.push((term, one));
}
