//! Fusion: several instructions that become one row, or fewer rows than they have instructions.
//!
//! The rows of a group do exactly what its instructions do: they trap in the same cases, and they leave the same state.
//! Within a group the states may differ. So no jump may lead to an instruction of a group other than its first, and a
//! CALL, whose return address is the position after it, ends its group.

use super::action::{Action, expand};
use super::rotation;
use super::window::{Fused, Window, dup, is_swap, mirrored, one, with_word};
use crate::lang::isa::Op;
use crate::lang::program::Instruction;

/// The first group.
pub(super) fn group(window: Window<'_>) -> Fused {
    if let Some(fused) = rotation::group(window) {
        return fused;
    }
    if let Some((length, op, word)) = operation(window) {
        return match zero_test(window, length, op, word) {
            Some(test) => (length + 1, vec![test]),
            None => (length, vec![one(op, Some(word))]),
        };
    }
    let fused = match window.block() {
        [first, ..] if dup(first) == Some(0) => copy(window),
        [first, second, ..] => pair(*first, *second),
        _ => None,
    };
    let fused = fused.or_else(|| store(window));
    let alone = || {
        window
            .all
            .first()
            .map_or_else(Vec::new, |first| expand(*first))
    };
    fused.unwrap_or_else(|| (1, alone()))
}

/// An operation on the top and a fixed word, and how many instructions it takes. A rotation may be made of shifts.
fn operation(window: Window<'_>) -> Option<(usize, Op, u32)> {
    with_word(window.block()).or_else(|| {
        let (length, left) = rotation::in_place(window)?;
        Some((length, Op::Rotl, left))
    })
}

/// EQ 0 and what tests its result: the opposite test of the word itself.
fn zero_test(window: Window<'_>, length: usize, op: Op, word: u32) -> Option<Action> {
    let test = window.block().get(length)?;
    match (op, word, test.op) {
        (Op::Eq, 0, Op::Jz) => Some(one(Op::Jnz, test.operand)),
        (Op::Eq, 0, Op::Jnz) => Some(one(Op::Jz, test.operand)),
        (Op::Eq, 0, Op::Assert) => Some(Action::AssertZero),
        _ => None,
    }
}

/// DUP 0 and what works on the copy.
fn copy(window: Window<'_>) -> Option<Fused> {
    let after = window.skip(1);
    if let Some((length, address)) = stored(after.block()) {
        return Some((1 + length, vec![Action::Tee(address)]));
    }
    let (length, op, word) = operation(after)?;
    match zero_test(after, length, op, word) {
        // The copy and the test take two rows, and no row of a table.
        Some(_) => None,
        None => Some((1 + length, vec![Action::Copy(op, word)])),
    }
}

/// STORE at a fixed address, and how many instructions it takes.
fn stored(block: &[Instruction]) -> Option<(usize, u32)> {
    match *block {
        [push, store, ..]
            if push.op == Op::Push && store.op == Op::Store && store.operand.is_none() =>
        {
            Some((2, push.operand?))
        }
        [store, ..] if store.op == Op::Store => Some((1, store.operand?)),
        _ => None,
    }
}

/// Two instructions that begin with neither DUP 0 nor an operation on a fixed word.
fn pair(first: Instruction, second: Instruction) -> Option<Fused> {
    let rows = match (first.op, second.op) {
        (Op::Pop, Op::Jmp) => vec![Action::PopJump(second.operand?)],
        (Op::Push, Op::Load) if second.operand.is_none() => {
            vec![one(Op::Load, Some(first.operand?))]
        }
        (Op::Push, Op::Store) if second.operand.is_none() => {
            vec![one(Op::Store, Some(first.operand?))]
        }
        (Op::Store, Op::Load) if first.operand == second.operand => {
            vec![Action::Tee(first.operand?)]
        }
        (Op::Swap, op) if is_swap(&first) && second.operand.is_none() && op != Op::Store => {
            vec![one(mirrored(op)?, None)]
        }
        _ => return None,
    };
    Some((2, rows))
}

/// STORE without operand after what makes its words. The address comes before the word in PUT.
fn store(window: Window<'_>) -> Option<Fused> {
    let is_store = |last: &Instruction| last.op == Op::Store && last.operand.is_none();
    let put = one(Op::Put, Some(0));
    let pop = one(Op::Pop, None);
    match window.block() {
        [first, last, ..] if dup(first) == Some(1) && is_store(last) => Some((2, vec![put])),
        [first, last, ..] if is_swap(first) && is_store(last) => Some((2, vec![put, pop])),
        [word, address, last, ..] if is_store(last) => {
            // The address is made first, so the word is one deeper then, and the address one less deep.
            let address = match address.op {
                Op::Load => one(Op::Load, Some(address.operand?)),
                // DUP 1 and STORE are one row.
                Op::Dup if dup(address)? > 1 => one(Op::Dup, Some(dup(address)? - 1)),
                _ => return None,
            };
            let word = match word.op {
                Op::Load | Op::Push => one(word.op, Some(word.operand?)),
                Op::Dup => one(Op::Dup, Some(dup(word)?.checked_add(1)?)),
                _ => return None,
            };
            Some((3, vec![address, word, put, pop]))
        }
        _ => None,
    }
}
