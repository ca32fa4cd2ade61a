//! Actions: what one row does, and the entry that makes a row do it.
//!
//! The verifier encodes the program, so the fetched word consists of the control signals themselves. A row does what
//! its signals say. Instructions without signals of their own are encoded as others: ASSERT is a JZ to a position that
//! no program has, JNC is a JZ that tests the flag, JMP is JZ and JNZ together, and HALT is a JMP to itself with a mark.

use super::bit::Bit::{self, *};
use super::entry::Entry;
use crate::circuit::operations::*;
use crate::lang::isa::{Op, OperandKind};
use crate::lang::program::Instruction;

/// What one row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// What an instruction does that takes one row. The operand of a jump is a position of the program table.
    One(Instruction),
    /// Pushes the result of an operation on the top and a word. The top stays.
    Copy(Op, u32),
    /// Stores the top at an address. The top stays.
    Tee(u32),
    /// Pops a word and jumps.
    PopJump(u32),
    /// Pops a word, which must be 0.
    AssertZero,
}

/// A position that no program has: tables are shorter than 2^24. As the distance of a jump it leads to no entry either.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What computes a binary operation.
enum Unit {
    Adder(Bit),
    Coprocessor(Bit, u64),
}

impl Unit {
    fn of(op: Op) -> Option<Unit> {
        Some(match op {
            Op::Add => Unit::Adder(Add),
            Op::Sub => Unit::Adder(Sub),
            Op::Mul => Unit::Coprocessor(CopCarry, COP_MUL),
            Op::Mulhi => Unit::Coprocessor(Cop, COP_MULHI),
            Op::Div => Unit::Coprocessor(Cop, COP_DIV),
            Op::Mod => Unit::Coprocessor(Cop, COP_MOD),
            Op::Shl => Unit::Coprocessor(Cop, COP_SHL),
            Op::Shr => Unit::Coprocessor(Cop, COP_SHR),
            Op::Rotl => Unit::Coprocessor(Cop, COP_ROTL),
            Op::And => Unit::Coprocessor(Cop, COP_AND),
            Op::Or => Unit::Coprocessor(Cop, COP_OR),
            Op::Xor => Unit::Coprocessor(Cop, COP_XOR),
            Op::Eq => Unit::Coprocessor(Cop, COP_EQ),
            Op::Lt => Unit::Coprocessor(Cop, COP_LT),
            Op::Gt => Unit::Coprocessor(Cop, COP_GT),
            _ => return None,
        })
    }

    /// The bit of the unit, and the operand for a second word that the row does not pop. Zero stands for none.
    fn with(&self, word: u32) -> (Bit, i128) {
        let word = i128::from(word);
        match *self {
            Unit::Adder(Sub) => (Sub, -word),
            Unit::Adder(bit) => (bit, word),
            Unit::Coprocessor(bit, op) => (bit, i128::from(op) + (word << WORD_SHIFT)),
        }
    }
}

/// The rows of an instruction that stands alone, in order. All but two take one row. STORE without operand is SWAP,
/// PUT and POP. ROTR without operand is XOR 31, ROTL and ROTL 1: for n below 32, n XOR 31 is 31 − n; for any other n it
/// is 32 at least, and ROTL has no result.
pub(super) fn expand(instruction: Instruction) -> Vec<Action> {
    let one = |op, operand| Action::One(Instruction { op, operand });
    match (instruction.op, instruction.operand) {
        (Op::Store, None) => vec![
            one(Op::Swap, Some(1)),
            one(Op::Put, Some(0)),
            one(Op::Pop, None),
        ],
        (Op::Rotr, None) => vec![
            one(Op::Xor, Some(31)),
            one(Op::Rotl, None),
            one(Op::Rotl, Some(1)),
        ],
        (Op::Not, _) => vec![one(Op::Xor, Some(u32::MAX))],
        (Op::Load, None) => vec![one(Op::Loadx, Some(0))],
        (op, Some(word)) => {
            let (op, word) = leftward(op, word);
            vec![one(op, Some(word))]
        }
        _ => vec![Action::One(instruction)],
    }
}

/// A rotation to the right as one to the left. Other operations stay as they are.
pub(super) fn leftward(op: Op, word: u32) -> (Op, u32) {
    match op {
        Op::Rotr if word < 32 => (Op::Rotl, (32 - word) % 32),
        // 32 or more has no result in either direction.
        Op::Rotr => (Op::Rotl, word),
        _ => (op, word),
    }
}

impl Action {
    /// The entry at a position. If an instruction lacks an operand that it needs, it traps, and the entry can not be
    /// fetched; the assembler never produces one.
    pub(super) fn entry<Number: From<i128>>(self, position: u32) -> Entry<Number> {
        let one = Entry::new;
        let jump = |target: u32| i128::from(target) - i128::from(position) - 1;
        let instruction = match self {
            Action::One(instruction) => instruction,
            Action::Copy(op, word) => {
                let Some((bit, operand)) = Unit::of(op).map(|unit| unit.with(word)) else {
                    return Entry::padding();
                };
                return one(&[Push, bit, Here], operand);
            }
            Action::Tee(address) => return one(&[AtConst], address.into()),
            Action::PopJump(target) => return one(&[Jz, Jnz, Drop], jump(target)),
            Action::AssertZero => return one(&[Jnz, Drop], NOWHERE.into()),
        };
        let required = matches!(
            instruction.op.spec().operand,
            OperandKind::Word | OperandKind::Target
        );
        if required && instruction.operand.is_none() {
            return Entry::padding();
        }
        if let Some(unit) = Unit::of(instruction.op) {
            let (bit, operand) = unit.with(instruction.operand.unwrap_or(0));
            return match instruction.operand {
                None => one(&[bit], operand),
                Some(_) => one(&[bit, Here, Result], operand),
            };
        }
        let operand = instruction.operand.unwrap_or(0);
        let word = i128::from(operand);
        let distance = i128::from(operand as i32);
        match (instruction.op, instruction.operand) {
            (Op::Push, _) => one(&[Push, Imm], word),
            (Op::Pop, _) => one(&[Drop], 0),
            (Op::Dup, Some(0) | None) => one(&[Push, Imm, Drop, Here], 0),
            (Op::Dup, Some(_)) => one(&[Push, AtDepth], -word),
            // Nothing but the check that there is a word.
            (Op::Swap, Some(0)) => one(&[Imm, Drop, Here, Result], 0),
            (Op::Swap, n) => one(&[Result, AtDepth], -i128::from(n.unwrap_or(1))),
            (Op::Jmp, _) => one(&[Jz, Jnz], jump(operand)),
            (Op::Jz, _) => one(&[Jz, Drop], jump(operand)),
            (Op::Jnz, _) => one(&[Jnz, Drop], jump(operand)),
            (Op::Jc, _) => one(&[Jnz], jump(operand)),
            (Op::Jnc, _) => one(&[Jz], jump(operand)),
            (Op::Call, _) => one(&[Jz, Jnz, Call], jump(operand)),
            (Op::Ret, _) => one(&[Ret], 0),
            (Op::Load, Some(_)) => one(&[Push, AtConst], word),
            (Op::Loadx, _) => one(&[Drop, Push, AtAddr], distance),
            (Op::Put, _) => one(&[Drop, AtAddr], distance),
            (Op::Sha256, _) => one(&[Drop, Hash], 0),
            (Op::Store, Some(_)) => one(&[Drop, AtConst], word),
            (Op::Read, _) => one(&[Push, Read], 0),
            (Op::Secret, _) => one(&[Push], 0),
            (Op::Write, _) => one(&[Drop, Write], 0),
            (Op::Assert, _) => one(&[Jz, Drop], NOWHERE.into()),
            (Op::Nop, _) => one(&[], 0),
            (Op::Halt, _) => Entry::halt(),
            // More than one row, or another operation: `expand` has replaced them.
            (Op::Not | Op::Rotr | Op::Store | Op::Load, _) => Entry::padding(),
            // The adder and the coprocessors compute these.
            (
                Op::Add
                | Op::Sub
                | Op::Mul
                | Op::Mulhi
                | Op::Div
                | Op::Mod
                | Op::Shl
                | Op::Shr
                | Op::Rotl
                | Op::And
                | Op::Or
                | Op::Xor
                | Op::Eq
                | Op::Lt
                | Op::Gt,
                _,
            ) => Entry::padding(),
        }
    }
}
