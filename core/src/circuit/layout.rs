//! Where each variable lives: the statement, then the committed block, then what is derived from both.

use super::builder::Var;
use super::encoding::BITS;

/// How much of everything a tier holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capacities {
    /// Step rows.
    pub rows: usize,
    /// Program table entries; a program has at most one fewer instructions.
    pub program: usize,
    /// The range table holds 2^range_bits numbers; at least one a row.
    pub range_bits: u32,
    /// Distinct heap cells.
    pub heap: usize,
    /// Words that may be left on the stack at HALT.
    pub stack: usize,
    /// Return addresses that may be left at HALT.
    pub calls: usize,
    /// Distinct multiplications, divisions and shifts.
    pub arithmetic: usize,
    /// Distinct bitwise operations.
    pub bitwise: usize,
}

impl Capacities {
    /// Limbs of a 32-bit word.
    pub fn word_limbs(&self) -> usize {
        (32usize).div_ceil(self.range_bits as usize)
    }

    /// Bits of a word's top limb.
    pub fn top_bits(&self) -> u32 {
        32 - self.range_bits * (self.word_limbs() as u32 - 1)
    }

    /// Range lookups a word costs: its limbs, and the top one scaled if it is short.
    pub fn word_lookups(&self) -> usize {
        self.word_limbs() + usize::from(self.top_bits() < self.range_bits)
    }
}

/// A rectangle of variables: `rows` rows of `width` columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// A name for tests and messages.
    pub name: &'static str,
    base: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub rows: usize,
}

impl Block {
    /// The variable at a row and column.
    pub fn at(&self, row: usize, column: usize) -> Var {
        debug_assert!(
            row < self.rows && column < self.width,
            "{} {row} {column}",
            self.name
        );
        Var((self.base + row * self.width + column) as u32)
    }

    /// `count` variables of a row, from a column on.
    pub fn span(&self, row: usize, column: usize, count: usize) -> Vec<Var> {
        (column..column + count)
            .map(|column| self.at(row, column))
            .collect()
    }

    /// One past the last variable.
    pub fn end(&self) -> usize {
        self.base + self.rows * self.width
    }

    /// The row and column of a variable, if it is in this block.
    pub fn place(&self, var: usize) -> Option<(usize, usize)> {
        let offset = var.checked_sub(self.base)?;
        (var < self.end()).then(|| (offset / self.width.max(1), offset % self.width.max(1)))
    }
}

/// The statement: the challenges and what the verifier computes with them. Variable i + 1 is element i.
pub mod statement {
    use super::Var;

    /// The pole of every sum.
    pub const GAMMA: Var = Var(1);
    /// Keeps unbounded fields apart.
    pub const BETA: Var = Var(2);
    /// Where the program table is evaluated.
    pub const RHO: Var = Var(3);
    /// The program table's evaluation.
    pub const PROGRAM: Var = Var(4);
    /// What the public tapes add to the memory sum.
    pub const TAPES: Var = Var(5);
    /// Elements of the statement, without the constant.
    pub const LEN: usize = 5;
}

/// Committed columns of a step row.
pub mod step {
    use super::BITS;

    /// Index of the instruction.
    pub const PC: usize = 0;
    /// Stack depth.
    pub const DEPTH: usize = 1;
    /// Open calls.
    pub const CALLS: usize = 2;
    /// Public words read.
    pub const READ: usize = 3;
    /// Public words written.
    pub const WRITTEN: usize = 4;
    /// Top word.
    pub const TOP: usize = 5;
    /// Carry flag.
    pub const FLAG: usize = 6;
    /// The instruction's operand.
    pub const OPERAND: usize = 7;
    /// Carry out of the adder, or of the coprocessor.
    pub const CARRY: usize = 8;
    /// The value the stack port spills or fills.
    pub const FILL: usize = 9;
    /// Distance in time to the removed stack cell, less one.
    pub const FILL_AGE: usize = 10;
    /// The same for the general port.
    pub const AGE: usize = 11;
    /// Value of the second fill.
    pub const SECOND: usize = 12;
    /// Its distance in time.
    pub const SECOND_AGE: usize = 13;
    /// Whether the removed cell had been stored.
    pub const SET: usize = 14;
    /// The control bits.
    pub const BIT: usize = 15;
    /// The result's limbs.
    pub const LIMB: usize = BIT + BITS;

    /// Names of the columns before the bits.
    pub const NAMES: [&str; BIT] = [
        "pc",
        "depth",
        "calls",
        "read",
        "written",
        "top",
        "flag",
        "operand",
        "carry",
        "fill",
        "fill age",
        "age",
        "second",
        "second age",
        "set",
    ];
}

/// Committed columns of a heap row; limbs of the address's distance follow.
pub mod heap {
    /// Address.
    pub const ADDRESS: usize = 0;
    /// Last value.
    pub const VALUE: usize = 1;
    /// Last time.
    pub const TIME: usize = 2;
    /// Whether it was ever stored.
    pub const SET: usize = 3;
    /// Limbs of the distance to the address before, less one.
    pub const LIMB: usize = 4;
}

/// Committed columns of a leftover row.
pub mod leftover {
    /// Whether the cell is there.
    pub const ACTIVE: usize = 0;
    /// Its value.
    pub const VALUE: usize = 1;
    /// Its time.
    pub const TIME: usize = 2;
    /// Columns.
    pub const WIDTH: usize = 3;
}

/// Committed columns of a program table entry.
pub mod program {
    /// Control bits, packed.
    pub const BITS: usize = 0;
    /// Operand.
    pub const OPERAND: usize = 1;
    /// How many rows fetch it.
    pub const MULTIPLICITY: usize = 2;
    /// Columns.
    pub const WIDTH: usize = 3;
}

/// Committed columns of an arithmetic row; limbs of five words follow.
pub mod arithmetic {
    /// Lookups of this row.
    pub const MULTIPLICITY: usize = 0;
    /// Booleans: MUL, DIV, MOD, SHL. None of them: SHR.
    pub const KIND: usize = 1;
    /// The multiplier or divisor: b, or two to the power b.
    pub const FACTOR: usize = 5;
    /// Words in limbs: a, b, high (or quotient), low (or remainder), slack (divisor − 1 − remainder).
    pub const LIMB: usize = 6;
    /// How many words are in limbs.
    pub const WORDS: usize = 5;
}

/// Committed columns of a bitwise row; eight nibbles of a, of b and of a AND b follow.
pub mod bitwise {
    /// Lookups of this row.
    pub const MULTIPLICITY: usize = 0;
    /// Booleans: AND, OR. Neither: XOR.
    pub const KIND: usize = 1;
    /// Nibbles.
    pub const NIBBLE: usize = 3;
    /// Columns.
    pub const WIDTH: usize = NIBBLE + 24;
}

/// Where every variable lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What the tier holds.
    pub capacities: Capacities,
    /// Step rows.
    pub step: Block,
    /// Heap rows.
    pub heap: Block,
    /// Words left on the stack.
    pub stack: Block,
    /// Return addresses left.
    pub calls: Block,
    /// Program table.
    pub program: Block,
    /// Arithmetic rows.
    pub arithmetic: Block,
    /// Bitwise rows.
    pub bitwise: Block,
    /// Multiplicities of the range table.
    pub range: Block,
    /// Multiplicities of the nibble table.
    pub nibble: Block,
    /// Multiplicities of the table of powers of two.
    pub power: Block,
    /// The blinding variable.
    pub blind: Block,
}

impl Layout {
    /// Lays out the committed block of a tier.
    pub fn new(capacities: Capacities) -> Self {
        let limbs = capacities.word_limbs();
        let mut base = 1 + statement::LEN;
        let mut block = |name, rows: usize, width: usize| {
            let block = Block {
                name,
                base,
                width,
                rows,
            };
            base = block.end();
            block
        };
        Layout {
            capacities,
            step: block("step", capacities.rows, step::LIMB + limbs),
            heap: block("heap", capacities.heap, heap::LIMB + limbs),
            stack: block("stack", capacities.stack, leftover::WIDTH),
            calls: block("calls", capacities.calls, leftover::WIDTH),
            program: block("program", capacities.program, program::WIDTH),
            arithmetic: block(
                "arithmetic",
                capacities.arithmetic,
                arithmetic::LIMB + arithmetic::WORDS * limbs,
            ),
            bitwise: block("bitwise", capacities.bitwise, bitwise::WIDTH),
            range: block("range", 1 << capacities.range_bits, 1),
            nibble: block("nibble", 256, 1),
            power: block("power", 32, 1),
            blind: block("blind", 1, 1),
        }
    }

    /// Every block of the committed part.
    pub fn blocks(&self) -> [&Block; 11] {
        [
            &self.step,
            &self.heap,
            &self.stack,
            &self.calls,
            &self.program,
            &self.arithmetic,
            &self.bitwise,
            &self.range,
            &self.nibble,
            &self.power,
            &self.blind,
        ]
    }

    /// Index of the first committed variable.
    pub fn committed_start(&self) -> usize {
        1 + statement::LEN
    }

    /// One past the blinding variable, the last of the committed block.
    pub fn committed_end(&self) -> usize {
        self.blind.end()
    }
}
