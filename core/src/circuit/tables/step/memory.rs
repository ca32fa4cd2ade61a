//! What a row removes from the memory bag and adds to it, and what it asks a coprocessor.

use super::{times_beta, Row, BINARY, POP};
use crate::circuit::builder::{Family, Lc, Var, ONE};
use crate::circuit::encoding::Bit;
use crate::circuit::layout::statement::GAMMA;
use crate::circuit::layout::step::*;
use crate::circuit::tables::lookup::range;
use crate::circuit::tables::Context;
use crate::circuit::tuple::{coprocessor, packed, Space};
use ark_bls12_381::Fr;

/// The row's terms in the memory bag. Returns the second fill's value, zero unless it is on.
pub(super) fn ports(context: &mut Context<'_>, row: Row<'_>, result: &Lc) -> Var {
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
