//! The assembled program: instructions with resolved operands, and the source line of each.

mod assemble;
mod assembler;
mod assembly;
mod data;
mod data_lines;
mod define;
mod meaning;
mod node;
mod resolve;
mod section;
mod symbols;
mod taker;
mod test_lines;
mod undefined;
mod uses;
mod values;

pub use assemble::{assemble, assemble_file, reassemble};
pub use assembly::{Assembly, LoopLine, Member};
pub use meaning::routine_id;
pub use node::{Invocation, Node, RoutineId};
pub use section::{Section, SectionKind};
pub use symbols::{Symbol, SymbolKind, Symbols};

pub(in crate::lang) use data_lines::words_of_bytes;

use crate::lang::isa::Op;
use sha2::{Digest, Sha256};

/// One instruction with its operand resolved. DUP and SWAP always have an n. LOAD and STORE have an address, or no
/// operand if the address comes from the stack. Jumps and CALL have an index. The operations of two words have the second
/// one, or no operand if it comes from the stack. LOADX and PUT have a signed distance in two's complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instruction {
    /// The operation.
    pub op: Op,
    /// The operand, where the operation has one.
    pub operand: Option<u32>,
}

impl Instruction {
    /// Whether the instruction pushes a word. SWAP does not: it moves words. Nor does PUT: it leaves one that was there.
    pub fn pushes(self) -> bool {
        let effect = self.op.effect(self.operand);
        !matches!(self.op, Op::Swap | Op::Put) && effect.needs as i64 + effect.change > 0
    }
}

/// An assembled program. Equality and the digest depend on the instructions and the data alone: comments, spacing, labels
/// and names of constants do not matter.
#[derive(Clone, Debug, Default)]
pub struct Program {
    instructions: Vec<Instruction>,
    lines: Vec<u32>,
    data: Vec<(u32, u32)>,
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        self.instructions == other.instructions && self.data == other.data
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
            data: Vec::new(),
        }
    }

    /// The program with these words in the heap when a run starts, each after its address. If an address occurs several
    /// times, the last word counts. They replace the data that the program had.
    pub fn with_data(mut self, data: impl IntoIterator<Item = (u32, u32)>) -> Self {
        self.data = data.into_iter().collect();
        // The sort is stable, so of the words of one address the last is kept if the first of the reversed list is.
        self.data.reverse();
        self.data.sort_by_key(|&(address, _)| address);
        self.data.dedup_by_key(|&mut (address, _)| address);
        self
    }

    /// The program with these operands for its first instructions, which are to have one.
    pub(crate) fn with_first_operands(mut self, words: &[u32]) -> Self {
        for (instruction, word) in self.instructions.iter_mut().zip(words) {
            instruction.operand = Some(*word);
        }
        self
    }

    /// The words that are in the heap when a run starts, each after its address; by address.
    pub fn data(&self) -> &[(u32, u32)] {
        &self.data
    }

    /// The word that is at an address when a run starts.
    pub fn datum(&self, address: u32) -> Option<u32> {
        let place = self
            .data
            .binary_search_by_key(&address, |&(address, _)| address);
        place
            .ok()
            .and_then(|place| self.data.get(place))
            .map(|&(_, word)| word)
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
    /// operation, a byte that says whether there is an operand, and the operand. If there are data, the bytes `data`, the
    /// number of words and, for each word, its address and the word follow. Integers are little-endian. What is hashed
    /// before says how long it is, so two different programs never give the same bytes.
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
        if !self.data.is_empty() {
            hash.update(b"data");
            hash.update((self.data.len() as u64).to_le_bytes());
        }
        for (address, word) in &self.data {
            hash.update(address.to_le_bytes());
            hash.update(word.to_le_bytes());
        }
        hash.finalize().into()
    }
}
