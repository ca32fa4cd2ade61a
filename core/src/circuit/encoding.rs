//! Encodes a program as its table. Each entry holds one row's control bits and one operand.
//!
//! The verifier encodes the program, so the fetched word consists of the control signals themselves. A row does what
//! its signals say. Instructions without signals of their own are encoded as other instructions: ASSERT is a JZ to a
//! position that no program has, JNC is a JZ that tests the flag, JMP is JZ and JNZ together, and HALT is a JMP to
//! itself with a mark. Three instructions take two rows. SWAP 0 is DUP 0 and POP. NOT is PUSH 2^32 − 1 and XOR. STORE
//! without operand is a store that leaves the word on the stack, and POP. So a position in the table differs from the
//! index of an instruction, and the targets of jumps are translated.

use super::interval::Interval;
use super::operations::{
    COP_AND, COP_DIV, COP_EQ, COP_GT, COP_LT, COP_MOD, COP_MUL, COP_OR, COP_SHL, COP_SHR, COP_XOR,
};
use crate::lang::isa::{Op, OperandKind};
use crate::lang::program::{Instruction, Program};

/// The control bits of a row. Those up to [`Bit::Ret`] are columns. The others follow from the counters of this row and
/// of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Bit {
    /// Pop two, push their sum; C = carry.
    Add,
    /// Pop two, push their difference; C = borrow.
    Sub,
    /// The pushed word is the operand.
    Imm,
    /// The pushed word is the top, and the stack must not be empty. Without a push, the mark of HALT.
    Keep,
    /// Pop two, push the result of a coprocessor.
    Cop,
    /// The same, and C is the carry of the coprocessor.
    CopCarry,
    /// Jump if the tested value is zero. The tested value is the top word where it is popped, otherwise C.
    Jz,
    /// Jump if the tested value is not zero. Together with `Jz`: jump always.
    Jnz,
    /// Pop.
    Drop,
    /// The general port replaces the heap cell whose address is the operand.
    AtConst,
    /// The same at the address operand plus top word.
    AtTop,
    /// The general port replaces the stack cell at operand plus stack depth.
    AtDepth,
    /// The next top is the result r although nothing is pushed.
    Result,
    /// Continue at the address that the call stack gives. It is the result r.
    Ret,
    /// Push; the next top is the result r.
    Push,
    /// Put the return address on the call stack.
    Call,
    /// Take a word of the public input.
    Read,
    /// Put a word on the public output.
    Write,
}

impl Bit {
    /// Every control bit, in the order of their numbers.
    pub const ALL: [Bit; BITS] = [
        Bit::Add,
        Bit::Sub,
        Bit::Imm,
        Bit::Keep,
        Bit::Cop,
        Bit::CopCarry,
        Bit::Jz,
        Bit::Jnz,
        Bit::Drop,
        Bit::AtConst,
        Bit::AtTop,
        Bit::AtDepth,
        Bit::Result,
        Bit::Ret,
        Bit::Push,
        Bit::Call,
        Bit::Read,
        Bit::Write,
    ];
}

/// The number of control bits that are columns.
pub const COLUMNS: usize = Bit::Ret as usize + 1;
/// The number of control bits.
pub const BITS: usize = Bit::Write as usize + 1;

/// The control bits of an entry that no row may fetch: a number above any that a row's bits can make.
pub const UNFETCHABLE: u64 = 1 << (BITS + 1);

/// The least and the greatest operand: a depth below the top (negative), and a word.
pub const OPERANDS: Interval = Interval::of(-(u32::MAX as i128), u32::MAX as i128);

/// A program table entry. `Number` is the type of operands: integers for the machine, elements of the scalar field for
/// the circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<Number = i64> {
    /// Control bits: bit i of the number stands for the i-th [`Bit`].
    pub bits: u64,
    /// The operand: a word, a position, the number of a coprocessor operation, an address, or a depth below the top as
    /// a negative number.
    pub operand: Number,
}

impl<Number: From<i64>> Entry<Number> {
    fn new(bits: &[Bit], operand: i64) -> Self {
        let bits = bits.iter().fold(0, |sum, bit| sum | 1 << (*bit as u32));
        let operand = operand.into();
        Entry { bits, operand }
    }

    /// HALT at a position. There is one after the last entry too: a run that reaches the end of the program halts.
    pub fn halt(position: u32) -> Self {
        Entry::new(&[Bit::Jz, Bit::Jnz, Bit::Keep], position.into())
    }

    /// An entry that no row can fetch: padding after the end, or an instruction that always traps.
    pub fn padding() -> Self {
        Entry {
            bits: UNFETCHABLE,
            operand: 0.into(),
        }
    }
}

impl<Number> Entry<Number> {
    /// Whether the entry has a control bit.
    pub fn has(&self, bit: Bit) -> bool {
        self.bits >> (bit as u32) & 1 == 1
    }

    /// Whether the entry has any of these control bits.
    pub fn any(&self, bits: &[Bit]) -> bool {
        bits.iter().any(|bit| self.has(*bit))
    }
}

/// A position that no program has: tables are shorter than 2^24.
const NOWHERE: u32 = u32::MAX;

/// How many entries an instruction takes. It is also the number of rows that one execution takes.
pub fn length(instruction: Instruction) -> usize {
    match (instruction.op, instruction.operand) {
        (Op::Swap, Some(0)) | (Op::Not, _) | (Op::Store, None) => 2,
        _ => 1,
    }
}

/// The entries of the instruction at a position. The operand of a jump is a position. If an instruction lacks an
/// operand that it needs, it traps; the assembler never produces one.
pub fn encode<Number: From<i64>>(instruction: Instruction, position: u32) -> Vec<Entry<Number>> {
    use Bit::*;
    let required = matches!(
        instruction.op.spec().operand,
        OperandKind::Word | OperandKind::Target
    );
    if required && instruction.operand.is_none() {
        return vec![Entry::padding()];
    }
    let one = Entry::new;
    let operand = i64::from(instruction.operand.unwrap_or(0));
    let none = 0;
    let op = |operation: u64| operation as i64;
    let stack = |below: u32| -i64::from(below);
    let single = match (instruction.op, instruction.operand) {
        (Op::Push, _) => one(&[Push, Imm], operand),
        (Op::Pop, _) => one(&[Drop], none),
        (Op::Dup, Some(0) | None) => one(&[Push, Keep], none),
        (Op::Dup, Some(n)) => one(&[Push, AtDepth], stack(n)),
        (Op::Swap, Some(0)) => return vec![one(&[Push, Keep], none), one(&[Drop], none)],
        (Op::Swap, n) => one(&[Result, AtDepth], stack(n.unwrap_or(1))),
        (Op::Add, _) => one(&[Add], none),
        (Op::Sub, _) => one(&[Sub], none),
        (Op::Mul, _) => one(&[CopCarry], op(COP_MUL)),
        (Op::Div, _) => one(&[Cop], op(COP_DIV)),
        (Op::Mod, _) => one(&[Cop], op(COP_MOD)),
        (Op::Shl, _) => one(&[Cop], op(COP_SHL)),
        (Op::Shr, _) => one(&[Cop], op(COP_SHR)),
        (Op::And, _) => one(&[Cop], op(COP_AND)),
        (Op::Or, _) => one(&[Cop], op(COP_OR)),
        (Op::Xor, _) => one(&[Cop], op(COP_XOR)),
        (Op::Not, _) => {
            let ones = one(&[Push, Imm], u32::MAX.into());
            return vec![ones, one(&[Cop], op(COP_XOR))];
        }
        (Op::Eq, _) => one(&[Cop], op(COP_EQ)),
        (Op::Lt, _) => one(&[Cop], op(COP_LT)),
        (Op::Gt, _) => one(&[Cop], op(COP_GT)),
        (Op::Jmp, _) => one(&[Jz, Jnz], operand),
        (Op::Jz, _) => one(&[Jz, Drop], operand),
        (Op::Jnz, _) => one(&[Jnz, Drop], operand),
        (Op::Jc, _) => one(&[Jnz], operand),
        (Op::Jnc, _) => one(&[Jz], operand),
        (Op::Call, _) => one(&[Jz, Jnz, Call], operand),
        (Op::Ret, _) => one(&[Ret], none),
        (Op::Load, Some(address)) => one(&[Push, AtConst], address.into()),
        (Op::Load, None) => one(&[Result, AtTop], none),
        (Op::Store, Some(address)) => one(&[Drop, AtConst], address.into()),
        (Op::Store, None) => return vec![one(&[Drop, AtTop], none), one(&[Drop], none)],
        (Op::Read, _) => one(&[Push, Read], none),
        (Op::Secret, _) => one(&[Push], none),
        (Op::Write, _) => one(&[Drop, Write], none),
        (Op::Assert, _) => one(&[Jz, Drop], NOWHERE.into()),
        (Op::Nop, _) => one(&[], none),
        (Op::Halt, _) => Entry::halt(position),
        (Op::Rotl | Op::Rotr | Op::Mulhi | Op::Loadx | Op::Put, _) => Entry::padding(),
    };
    vec![single]
}

/// The entries of a program, and the position at which each instruction begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding<Number = i64> {
    /// The entries, followed by HALT.
    pub entries: Vec<Entry<Number>>,
    /// The position of each instruction, and of the end.
    pub starts: Vec<u32>,
}

impl<Number: From<i64> + Clone> Encoding<Number> {
    /// Encodes a program. A jump to an index without an instruction becomes a jump to a position without an entry.
    pub fn new(program: &Program) -> Self {
        let mut starts = Vec::with_capacity(program.instructions().len() + 1);
        let mut end = 0u32;
        for instruction in program.instructions() {
            starts.push(end);
            end = end.saturating_add(length(*instruction) as u32);
        }
        starts.push(end);
        let mut entries = Vec::with_capacity(end as usize + 1);
        for (instruction, start) in program.instructions().iter().zip(&starts) {
            let mut translated = *instruction;
            if instruction.op.spec().operand == OperandKind::Target {
                translated.operand = instruction.operand.map(|index| {
                    let position = starts.get(index as usize).copied();
                    position.unwrap_or(NOWHERE)
                });
            }
            entries.extend(encode(translated, *start));
        }
        entries.push(Entry::halt(end));
        Encoding { entries, starts }
    }

    /// The whole table: the entries and the padding. `None` if there are too many entries.
    pub fn table(mut self, capacity: usize) -> Option<Vec<Entry<Number>>> {
        if self.entries.len() > capacity {
            return None;
        }
        self.entries.resize(capacity, Entry::padding());
        Some(self.entries)
    }
}
