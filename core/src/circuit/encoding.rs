//! How an instruction becomes a program table entry: control bits and one operand.
//!
//! The verifier encodes the program, so the fetched word holds the control signals themselves. Some instructions
//! are others in disguise, which saves signals: POP's cousin ASSERT is a JZ to an index no program has, JMP is JC
//! and JNC together, and a comparison is a conditional jump to the next instruction whose condition is the result.

use super::tuple::{
    Space, COP_AND, COP_DIV, COP_EQ, COP_GT, COP_LT, COP_MOD, COP_MUL, COP_OR, COP_SHL, COP_SHR,
    COP_XOR,
};
use crate::isa::{Op, OperandKind};
use crate::program::{Instruction, Program};
use ark_bls12_381::Fr;
use ark_ff::Zero;

/// The control bits of a row, each one boolean column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Bit {
    /// Push the operand.
    Imm,
    /// Push; what, other bits say.
    Push,
    /// The next top is the result r.
    Result,
    /// Pop two, push their sum; C = carry.
    Add,
    /// Pop two, push their difference; C = borrow.
    Sub,
    /// Pop two, push whether they are equal.
    Eq,
    /// Pop two, push whether the lower is less.
    Lt,
    /// Pop two, push whether the lower is greater.
    Gt,
    /// Pop two, push a coprocessor's result.
    Cop,
    /// The same, and C is the coprocessor's.
    CopCarry,
    /// Pop; jump if it was zero.
    Jz,
    /// Pop; jump if it was not zero.
    Jnz,
    /// Jump if C. With `Jnc`, jump always.
    Jc,
    /// Jump unless C.
    Jnc,
    /// Pop.
    Drop,
    /// The general port replaces a cell.
    Replace,
    /// The general port's address has the top word added.
    AtTop,
    /// The general port's address has the stack depth added.
    AtDepth,
    /// The general port adds the top word (else the result).
    PutTop,
    /// STORE with a computed address.
    StoreTop,
    /// Stay here.
    Halt,
    /// The next top is the complement of the top.
    Not,
    /// Put the return address on the call stack.
    Call,
    /// Take it from there and continue at it.
    Ret,
    /// Take a word of the public input.
    Read,
    /// Put a word on the public output.
    Write,
    /// The top must be a word (the stack is not empty).
    Test,
}

/// The number of control bits.
pub const BITS: usize = Bit::Test as usize + 1;

/// What an entry that no row is to match carries instead of control bits: more than any row's bits can make.
pub const UNFETCHABLE: u64 = 1 << (BITS + 1);

/// A program table entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Control bits, bit i of the number for the i-th [`Bit`].
    pub bits: u64,
    /// The operand: a word, an index, a coprocessor's operation, or a packed address.
    pub operand: Fr,
}

impl Entry {
    fn new(bits: &[Bit], operand: Fr) -> Self {
        let bits = bits.iter().fold(0, |sum, bit| sum | 1 << (*bit as u32));
        Entry { bits, operand }
    }

    /// Whether the entry has a control bit.
    pub fn has(&self, bit: Bit) -> bool {
        self.bits >> (bit as u32) & 1 == 1
    }

    /// The entry at index = length: running off the end halts.
    pub fn end() -> Self {
        Entry::new(&[Bit::Halt], Fr::zero())
    }

    /// An entry that no row matches: one past the end, or an instruction that always traps.
    pub fn padding() -> Self {
        Entry {
            bits: UNFETCHABLE,
            operand: Fr::zero(),
        }
    }
}

/// An index no program has: programs are shorter than 2^24.
const NOWHERE: u32 = u32::MAX;

/// The entry of the instruction at `index`. An instruction that lacks an operand it is nothing without traps; no
/// text assembles to one.
pub fn encode(instruction: Instruction, _index: u32) -> Entry {
    use Bit::*;
    let required = matches!(
        instruction.op.spec().operand,
        OperandKind::Word | OperandKind::Target
    );
    if required && instruction.operand.is_none() {
        return Entry::padding();
    }
    let word = |value: u32| Fr::from(value);
    let operand = instruction.operand.unwrap_or(0);
    let none = Fr::zero();
    match (instruction.op, instruction.operand) {
        (Op::Push, _) => Entry::new(&[Imm], word(operand)),
        (Op::Pop, _) => Entry::new(&[Drop], none),
        (Op::Dup, Some(0) | None) => Entry::new(&[Push, Test], none),
        (Op::Dup, Some(n)) => Entry::new(
            &[Push, Result, Replace, AtDepth],
            Space::Stack.base() - word(n),
        ),
        (Op::Swap, Some(0)) => Entry::new(&[Test], none),
        (Op::Swap, n) => Entry::new(
            &[Result, Replace, AtDepth, PutTop],
            Space::Stack.base() - word(n.unwrap_or(1)),
        ),
        (Op::Add, _) => Entry::new(&[Add], none),
        (Op::Sub, _) => Entry::new(&[Sub], none),
        (Op::Mul, _) => Entry::new(&[CopCarry], Fr::from(COP_MUL)),
        (Op::Div, _) => Entry::new(&[Cop], Fr::from(COP_DIV)),
        (Op::Mod, _) => Entry::new(&[Cop], Fr::from(COP_MOD)),
        (Op::Shl, _) => Entry::new(&[Cop], Fr::from(COP_SHL)),
        (Op::Shr, _) => Entry::new(&[Cop], Fr::from(COP_SHR)),
        (Op::And, _) => Entry::new(&[Cop], Fr::from(COP_AND)),
        (Op::Or, _) => Entry::new(&[Cop], Fr::from(COP_OR)),
        (Op::Xor, _) => Entry::new(&[Cop], Fr::from(COP_XOR)),
        (Op::Not, _) => Entry::new(&[Not], none),
        (Op::Eq, _) => Entry::new(&[Cop], Fr::from(COP_EQ)),
        (Op::Lt, _) => Entry::new(&[Cop], Fr::from(COP_LT)),
        (Op::Gt, _) => Entry::new(&[Cop], Fr::from(COP_GT)),
        (Op::Jmp, _) => Entry::new(&[Jc, Jnc], word(operand)),
        (Op::Jz, _) => Entry::new(&[Jz], word(operand)),
        (Op::Jnz, _) => Entry::new(&[Jnz], word(operand)),
        (Op::Jc, _) => Entry::new(&[Jc], word(operand)),
        (Op::Jnc, _) => Entry::new(&[Jnc], word(operand)),
        (Op::Call, _) => Entry::new(&[Jc, Jnc, Call], word(operand)),
        (Op::Ret, _) => Entry::new(&[Jc, Jnc, Ret], Space::Calls.base() - word(1)),
        (Op::Load, Some(address)) => {
            Entry::new(&[Push, Result, Replace], Space::Heap.base() + word(address))
        }
        (Op::Load, None) => Entry::new(&[Result, Replace, AtTop], Space::Heap.base()),
        (Op::Store, Some(address)) => {
            Entry::new(&[Drop, Replace, PutTop], Space::Heap.base() + word(address))
        }
        (Op::Store, None) => Entry::new(&[Replace, AtTop, StoreTop], Space::Heap.base()),
        (Op::Read, _) => Entry::new(&[Push, Result, Read], Space::Input.base()),
        (Op::Secret, _) => Entry::new(&[Push, Result], none),
        (Op::Write, _) => Entry::new(&[Drop, PutTop, Write], Space::Output.base()),
        (Op::Assert, _) => Entry::new(&[Jz], word(NOWHERE)),
        (Op::Nop, _) => Entry::new(&[], none),
        (Op::Halt, _) => Entry::new(&[Halt], none),
    }
}

/// The whole table: the program, HALT at index = length, padding. `None` if the program is too long.
pub fn encode_program(program: &Program, capacity: usize) -> Option<Vec<Entry>> {
    if program.instructions().len() >= capacity {
        return None;
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(capacity);
    for (index, instruction) in program.instructions().iter().enumerate() {
        entries.push(encode(*instruction, index as u32));
    }
    entries.push(Entry::end());
    entries.resize(capacity, Entry::padding());
    Some(entries)
}
