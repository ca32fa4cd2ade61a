//! The layout: the index of each variable. The statement comes first, then the committed block, then the variables that
//! are derived from both.

mod capacities;
mod columns;
pub mod names;

pub use capacities::Capacities;
pub use columns::{
    arithmetic, bitwise, compare, heap, heap_end, leftover, program, statement, step,
};

use super::sha256;
use super::variable::Var;

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

    /// The first variable.
    pub fn start(&self) -> usize {
        self.base
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

/// The index of every variable of the committed block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What the tier holds.
    pub capacities: Capacities,
    /// Step rows.
    pub step: Block,
    /// Heap rows.
    pub heap: Block,
    /// The last address of the heap rows.
    pub heap_end: Block,
    /// Words that remain on the stack.
    pub stack: Block,
    /// Return addresses that remain on the call stack.
    pub calls: Block,
    /// Program table.
    pub program: Block,
    /// Arithmetic rows.
    pub arithmetic: Block,
    /// Bitwise rows.
    pub bitwise: Block,
    /// Comparisons.
    pub compare: Block,
    /// Multiplicities of the range table.
    pub range: Block,
    /// Multiplicities of the table of top limbs. It has no rows if top limbs are as wide as the others.
    pub top: Block,
    /// Multiplicities of the table of digits.
    pub digit: Block,
    /// Multiplicities of the table of powers of two.
    pub power: Block,
    /// Executions of SHA256.
    pub sha256: Block,
    /// Multiplicities of the tables of SHA-256, one table after the other.
    pub sha256_table: Block,
    /// The blinding variable.
    pub blind: Block,
}

impl Layout {
    /// Lays out the committed block of a tier.
    pub fn new(capacities: Capacities) -> Self {
        let limbs = capacities.word_limbs();
        let (sha256_width, sha256_entries) = match capacities.sha256 {
            0 => (0, 0),
            _ => (sha256::width(limbs), sha256::total_entries()),
        };
        let hash = usize::from(capacities.sha256 > 0);
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
            step: block("step", capacities.rows, step::LIMB + limbs + hash),
            heap: block("heap", capacities.heap, heap::LIMB + limbs - 1),
            heap_end: block("heap end", 1, heap_end::LIMB + limbs - 1),
            stack: block("stack", capacities.stack, leftover::WIDTH),
            calls: block("calls", capacities.calls, leftover::WIDTH),
            program: block("program", capacities.program, program::WIDTH),
            arithmetic: block(
                "arithmetic",
                capacities.arithmetic,
                arithmetic::LIMB + arithmetic::WORDS * limbs,
            ),
            bitwise: block(
                "bitwise",
                capacities.bitwise,
                bitwise::DIGIT + 32 / capacities.digit_bits() as usize,
            ),
            compare: block(
                "compare",
                capacities.compare,
                compare::LIMB + compare::WORDS * limbs,
            ),
            range: block("range", 1 << capacities.range_bits, 1),
            top: block("top", capacities.top_table(), 1),
            digit: block("digit", 3 << (2 * capacities.digit_bits()), 1),
            power: block("power", 32, 1),
            sha256: block("sha256", capacities.sha256, sha256_width),
            sha256_table: block("sha256 table", sha256_entries, 1),
            blind: block("blind", 1, 1),
        }
    }

    /// The column of a step row's control bit `Hash`, if the tier has a table of SHA-256.
    pub fn hash(&self) -> Option<usize> {
        let limbs = self.capacities.word_limbs();
        (self.capacities.sha256 > 0).then_some(step::LIMB + limbs)
    }

    /// Every block of the committed part.
    pub fn blocks(&self) -> [&Block; 16] {
        [
            &self.step,
            &self.heap,
            &self.heap_end,
            &self.stack,
            &self.calls,
            &self.program,
            &self.arithmetic,
            &self.bitwise,
            &self.compare,
            &self.range,
            &self.top,
            &self.digit,
            &self.power,
            &self.sha256,
            &self.sha256_table,
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
