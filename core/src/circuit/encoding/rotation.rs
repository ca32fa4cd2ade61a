//! Rotations that are made of two shifts.

use super::action::Action;
use super::window::{Fused, Window, dup, is_swap, one, with_word};
use crate::lang::isa::{Carry, Op};
use crate::lang::program::Instruction;

/// Two shifts of one word whose results are joined: `DUP d, SHL n, DUP d + 1, SHR 32 − n, OR`, or `DUP, SHL n, SWAP, SHR
/// 32 − n, OR`. The shifts may be exchanged. XOR does what OR does, and so does ADD, which also clears C.
struct Rotation {
    /// Instructions.
    length: usize,
    /// How deep the word is.
    depth: u32,
    /// Whether the word stays where it is.
    copies: bool,
    /// Bits to the left.
    left: u32,
    /// Whether C is cleared and may be read afterwards.
    clears_carry: bool,
}

impl Rotation {
    fn find(window: Window<'_>) -> Option<Rotation> {
        let block = window.block();
        let depth = dup(block.first()?)?;
        let (first, one_way, by) = with_word(block.get(1..)?)?;
        let again = block.get(1 + first)?;
        let copies = match dup(again) {
            Some(deeper) if Some(deeper) == depth.checked_add(1) => true,
            None if depth == 0 && is_swap(again) => false,
            _ => return None,
        };
        let (second, other_way, rest) = with_word(block.get(2 + first..)?)?;
        let left = match (one_way, other_way) {
            (Op::Shl, Op::Shr) => by,
            (Op::Shr, Op::Shl) => rest,
            _ => return None,
        };
        if by == 0 || rest == 0 || by.checked_add(rest) != Some(32) {
            return None;
        }
        let join = block.get(2 + first + second)?;
        let length = 3 + first + second;
        let adds = match (join.op, join.operand) {
            (Op::Or | Op::Xor, None) => false,
            (Op::Add, None) => true,
            _ => return None,
        };
        Some(Rotation {
            length,
            depth,
            copies,
            left,
            clears_carry: adds && carry_may_be_read(window.skip(length).all),
        })
    }
}

/// A rotation of the top: how many instructions it takes, and by how many bits to the left it rotates.
pub(super) fn in_place(window: Window<'_>) -> Option<(usize, u32)> {
    let found = Rotation::find(window)?;
    (!found.copies && !found.clears_carry).then_some((found.length, found.left))
}

/// Any rotation.
pub(super) fn group(window: Window<'_>) -> Option<Fused> {
    let found = Rotation::find(window)?;
    let left = found.left;
    let mut rows = match (found.copies, found.depth) {
        (false, _) => vec![one(Op::Rotl, Some(left))],
        (true, 0) => vec![Action::Copy(Op::Rotl, left)],
        (true, depth) => vec![one(Op::Dup, Some(depth)), one(Op::Rotl, Some(left))],
    };
    if found.clears_carry {
        // The two parts have no bit in common, so their sum has no carry out.
        rows.push(one(Op::Add, Some(0)));
    }
    Some((found.length, rows))
}

/// Whether C may be read before it is set. Only what certainly follows is looked at.
fn carry_may_be_read(after: &[Instruction]) -> bool {
    for instruction in after {
        if instruction.op == Op::Halt || instruction.op.spec().carry == Carry::Set {
            return false;
        }
        if instruction.op.is_control_flow() {
            return true;
        }
    }
    // The end of the program halts.
    false
}
