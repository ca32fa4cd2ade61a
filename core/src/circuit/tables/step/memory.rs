//! What a row removes from the memory and adds to it, and what it asks a coprocessor.

use super::known::Known;
use crate::circuit::bounds::{Asked, Bounded, Context, Memory};
use crate::circuit::builder::Lc;
use crate::circuit::encoding::Bit;
use crate::circuit::family::Family;
use crate::circuit::layout::step::*;
use crate::circuit::tuple::Space;
use crate::circuit::variable::ONE;

/// The question of a row: a is `fill`, and b is the top word; or a is the top, and b is the word in the operand.
pub(super) fn question(context: &mut Context<'_>, known: &Known<'_>, carry: Bounded) {
    let asked = Asked {
        operand: known.operand.clone(),
        base: &known.base,
        c: carry,
        result: known.result.clone(),
    };
    let on = known.bits.any(&[Bit::Cop, Bit::CopCarry]);
    context.ask(Family::Coprocessor, known.row.index, asked, &on);
}

/// A push adds (stack, depth, now, top). A pop removes (stack, depth − 1, now − 1 − age, fill). CALL and RET do the
/// same on the call stack, with the return address. Where a row pushes, or works on the top itself, `fill` is the top.
pub(super) fn stack_port(context: &mut Context<'_>, known: &Known<'_>) {
    let family = Family::StackPort;
    let Known { row, bits, .. } = known;
    let (push, call, ret) = (bits.of(Bit::Push), bits.of(Bit::Call), bits.of(Bit::Ret));
    let here = push.clone() + bits.of(Bit::Here);
    let up = push + &call;
    let down = bits.pops() + &ret;

    // On a push, `longest + age` is looked up, so age ≤ 0 there. So a tuple may have a later time than its row but
    // never an earlier one, and no cell is removed before it is added.
    let longest = up.times((1 << context.layout.capacities.range_bits) - 1);
    let looked_up = context.range(Family::Times, row.at(FILL_AGE) + longest.lc());
    let age = looked_up - longest;

    let fill = row.at(FILL);
    context
        .builder
        .enforce(Family::Spill, here, fill - row.at(TOP), Lc::zero());
    let after = fill - row.at(PC) - ONE;
    context
        .builder
        .enforce(Family::Spill, &call, after, Lc::zero());

    let on_calls = call + ret;
    let away = row.at(CALLS) - row.at(DEPTH);
    let away = context.free_product(family, &on_calls, away);
    let address = row.at(DEPTH) - down.lc() + away;
    let one = Bounded::constant(1);
    let (stack, calls) = (Space::Stack as i128, Space::Calls as i128);
    let cell = Memory {
        time: row.now() - &down - age,
        space: Bounded::constant(stack) + on_calls.times(calls - stack),
        set: one,
        value: Some(context.times_beta(family, fill)),
        address: context.times_beta_squared(family, address),
    };
    context.put(family, "push, call; pop, return", cell, &(up - down));
}

/// LOAD, STORE, LOADX, PUT, DUP n, SWAP n, READ and WRITE: removes a cell, whose value is the result, and adds one. SHA256
/// adds its request, whose address is that of the state, and whose value is the address of the block. The control
/// bits determine the space. The operand is a plain number.
pub(super) fn general_port(context: &mut Context<'_>, known: &Known<'_>) {
    let family = Family::HeapPort;
    let Known {
        row, bits, result, ..
    } = known;
    let (read, write) = (bits.of(Bit::Read), bits.of(Bit::Write));
    let hash = bits.of(Bit::Hash);
    let mut address = row.at(OPERAND) + known.base.var();
    for (selector, value) in [
        (bits.of(Bit::AtDepth), DEPTH),
        (read.clone(), READ),
        (write.clone(), WRITTEN),
    ] {
        address = address + context.free_product(family, selector, row.at(value));
    }
    let address = context.times_beta_squared(family, address);
    let space = bits
        .any(&[Bit::AtConst, Bit::AtAddr])
        .times(Space::Heap as i128)
        + bits.of(Bit::AtDepth).times(Space::Stack as i128)
        + read.times(Space::Input as i128)
        + write.times(Space::Output as i128)
        + hash.times(Space::Request as i128);
    // The old top for SWAP, WRITE, STORE, PUT and SHA256; otherwise the new top: what was loaded. On a push that adds no
    // cell the selector is −1, and nothing is added.
    let old = bits.any(&[
        Bit::AtConst,
        Bit::AtAddr,
        Bit::AtDepth,
        Bit::Write,
        Bit::Hash,
    ]) - bits.of(Bit::Push);
    let top = row.at(TOP);
    let put = match row.next() {
        None => Lc::from(top),
        Some(next) => {
            let kept = context.free_product(family, old, top - next.at(TOP));
            next.at(TOP) + kept
        }
    };
    // Boolean where the value is not used. Where it is used: 1, or a negative number, which no tuple has.
    let used = bits.any(&[Bit::Push, Bit::Result]);
    let one = Bounded::constant(1);
    let set = context.one_of(Family::SetBit, row.at(SET), &one, &used.times(-2));
    let age = context.range(Family::Times, row.at(AGE));
    let replace = bits.any(&[Bit::AtConst, Bit::AtAddr, Bit::AtDepth]);
    let found = Memory {
        time: row.now() - &one - age,
        space: space.clone(),
        set,
        value: Some(context.times_beta(family, result)),
        address: address.clone(),
    };
    context.remove(family, "general, out", found, &(replace.clone() + read));
    // The verifier does not know when an output was written, so those tuples have time 0.
    let left = Memory {
        time: row.now() - write.times(row.index as i128 + 1),
        space,
        set: one,
        value: Some(context.times_beta(family, put)),
        address,
    };
    context.put(family, "general, in", left, &(replace + write + hash));
}
