//! The peephole window: the instructions that a group may take, and small patterns of them.

use super::action::{Action, leftward};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::program::Instruction;

/// The instructions from some point on.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    /// All of them, up to the end of the program.
    pub all: &'a [Instruction],
    /// How many of them come before the next target of a jump.
    pub free: usize,
}

/// How many instructions a group takes, and its rows.
pub(super) type Fused = (usize, Vec<Action>);

impl<'a> Window<'a> {
    /// Those that a group may take.
    pub fn block(self) -> &'a [Instruction] {
        self.all.get(..self.free).unwrap_or(self.all)
    }

    /// Those after the first `count`.
    pub fn skip(self, count: usize) -> Window<'a> {
        Window {
            all: self.all.get(count..).unwrap_or(&[]),
            free: self.free.saturating_sub(count),
        }
    }
}

/// An instruction that takes one row.
pub(super) fn one(op: Op, operand: Option<u32>) -> Action {
    Action::One(Instruction { op, operand })
}

/// The n of a DUP.
pub(super) fn dup(instruction: &Instruction) -> Option<u32> {
    (instruction.op == Op::Dup).then(|| instruction.operand.unwrap_or(0))
}

/// Whether this is SWAP 1.
pub(super) fn is_swap(instruction: &Instruction) -> bool {
    instruction.op == Op::Swap && instruction.operand.unwrap_or(1) == 1
}

fn is_binary(op: Op) -> bool {
    op.spec().operand == OperandKind::OptionalWord
}

/// The operation with its words exchanged, if there is one.
pub(super) fn mirrored(op: Op) -> Option<Op> {
    match op {
        Op::Add | Op::Mul | Op::Mulhi | Op::And | Op::Or | Op::Xor | Op::Eq => Some(op),
        Op::Lt => Some(Op::Gt),
        Op::Gt => Some(Op::Lt),
        _ => None,
    }
}

/// An operation on the top and a fixed word, and how many instructions it takes.
pub(super) fn with_word(block: &[Instruction]) -> Option<(usize, Op, u32)> {
    let (length, op, word) = match *block {
        [push, swap, second, ..]
            if push.op == Op::Push && is_swap(&swap) && second.operand.is_none() =>
        {
            (3, mirrored(second.op)?, push.operand?)
        }
        [push, second, ..]
            if push.op == Op::Push && second.operand.is_none() && is_binary(second.op) =>
        {
            (2, second.op, push.operand?)
        }
        [only, ..] if only.op == Op::Not => (1, Op::Xor, u32::MAX),
        [only, ..] if is_binary(only.op) => (1, only.op, only.operand?),
        _ => return None,
    };
    let (op, word) = leftward(op, word);
    Some((length, op, word))
}
