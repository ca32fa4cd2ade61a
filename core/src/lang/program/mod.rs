//! The assembled program: instructions with resolved operands, and the source line of each.

mod assemble;
mod from_str;
mod symbols;

pub use assemble::{Assembly, assemble, reassemble};
pub use from_str::AssemblyError;
pub use symbols::{Symbol, SymbolKind, Symbols};

use crate::lang::isa::Op;
use sha2::{Digest, Sha256};

/// One instruction with its operand resolved. DUP and SWAP always have an n. LOAD and STORE have an address, or no
/// operand if the address comes from the stack. Jumps and CALL have an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instruction {
    /// The operation.
    pub op: Op,
    /// The operand, where the operation has one.
    pub operand: Option<u32>,
}

impl Instruction {
    /// Whether the instruction pushes a word. SWAP does not: it moves words.
    pub fn pushes(self) -> bool {
        let effect = self.op.effect(self.operand);
        self.op != Op::Swap && effect.needs as i64 + effect.change > 0
    }
}

/// An assembled program. Equality and the digest depend on the instructions alone: comments, spacing, labels and names
/// of constants do not matter.
#[derive(Clone, Debug, Default)]
pub struct Program {
    instructions: Vec<Instruction>,
    lines: Vec<u32>,
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        self.instructions == other.instructions
    }
}

impl Eq for Program {}

impl Program {
    /// A program of these instructions, each with its source line (from 1).
    pub fn new(instructions: impl IntoIterator<Item = (Instruction, u32)>) -> Self {
        let (instructions, lines) = instructions.into_iter().unzip();
        Program {
            instructions,
            lines,
        }
    }

    /// The instructions, in order.
    pub fn instructions(&self) -> &[Instruction] {
        &self.instructions
    }

    /// The source line (from 1) of the instruction at `index`. For the end of the program: the last line.
    pub fn line(&self, index: u32) -> Option<u32> {
        self.lines
            .get(index as usize)
            .or(self.lines.last())
            .copied()
    }

    /// The canonical digest: SHA-256 over a tag, the number of instructions and, for each instruction, the byte of the
    /// operation, a byte that says whether there is an operand, and the operand. Integers are little-endian.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"provable-vm program v1");
        hash.update((self.instructions.len() as u64).to_le_bytes());
        for instruction in &self.instructions {
            hash.update([
                instruction.op as u8,
                u8::from(instruction.operand.is_some()),
            ]);
            hash.update(instruction.operand.unwrap_or(0).to_le_bytes());
        }
        hash.finalize().into()
    }
}
