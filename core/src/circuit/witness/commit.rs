//! The committed block of a tier, from a recording.

use super::recording::{Cell, Recording, Row};
use crate::circuit::builder::Var;
use crate::circuit::encoding::{Entry, BITS};
use crate::circuit::layout::{arithmetic, bitwise, heap, leftover, program, step, Block, Layout};
use crate::circuit::tuple::{COP_AND, COP_DIV, COP_MOD, COP_MUL, COP_OR, COP_SHL, COP_SHR};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};

/// A run that does not fit a tier: which capacity, how much it needs, how much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run needs {needed} {what}, this tier holds {available}")]
pub struct Shortage {
    /// The capacity, in words.
    pub what: &'static str,
    /// What the run needs.
    pub needed: usize,
    /// What the tier has.
    pub available: usize,
}

/// Whether an operation is the arithmetic table's; else it is the bitwise table's.
pub fn is_arithmetic(op: u64) -> bool {
    op < COP_AND
}

/// The coprocessor operation an entry's operand names.
pub fn operation(operand: Fr) -> Option<u64> {
    (COP_MUL..=COP_OR + 1).find(|op| Fr::from(*op) == operand)
}

impl Recording {
    /// Whether the run fits, and if not, the first capacity that is too small.
    ///
    /// # Errors
    /// The shortage.
    pub fn fits(&self, layout: &Layout) -> Result<(), Shortage> {
        let (usage, has) = (self.usage(), layout.capacities);
        for (what, needed, available) in [
            ("steps", usage.rows, has.rows),
            ("program entries", usage.program, has.program),
            ("heap cells", usage.heap, has.heap),
            ("words left on the stack", usage.stack, has.stack),
            ("calls left open", usage.calls, has.calls),
            (
                "distinct multiplications, divisions and shifts",
                usage.arithmetic,
                has.arithmetic,
            ),
            ("distinct bitwise operations", usage.bitwise, has.bitwise),
        ] {
            if needed > available {
                return Err(Shortage {
                    what,
                    needed,
                    available,
                });
            }
        }
        Ok(())
    }

    /// The assignment up to the committed block's end: the constant, an empty statement, the block. The blinding
    /// variable is left zero for the prover to draw.
    ///
    /// # Errors
    /// When the run does not fit.
    pub fn commit(&self, layout: &Layout) -> Result<Vec<Fr>, Shortage> {
        self.fits(layout)?;
        let mut writer = Writer {
            layout,
            assignment: vec![Fr::zero(); layout.committed_end()],
            ranges: vec![0; layout.range.rows],
            nibbles: vec![0; layout.nibble.rows],
            powers: vec![0; layout.power.rows],
        };
        if let Some(one) = writer.assignment.first_mut() {
            *one = Fr::one();
        }
        writer.steps(self);
        writer.heap(self);
        writer.leftovers(&layout.stack, &self.stack);
        writer.leftovers(&layout.calls, &self.calls);
        writer.arithmetic(self);
        writer.bitwise(self);
        writer.multiplicities();
        Ok(writer.assignment)
    }
}

struct Writer<'a> {
    layout: &'a Layout,
    assignment: Vec<Fr>,
    ranges: Vec<u64>,
    nibbles: Vec<u64>,
    powers: Vec<u64>,
}

impl Writer<'_> {
    fn set(&mut self, var: Var, value: impl Into<Fr>) {
        if let Some(slot) = self.assignment.get_mut(var.0 as usize) {
            *slot = value.into();
        }
    }

    /// Counts a lookup in the range table.
    fn look_up(&mut self, value: u64) {
        count(&mut self.ranges, value);
    }

    fn limbs(&mut self, block: &Block, row: usize, column: usize, value: u64) -> u32 {
        let capacities = self.layout.capacities;
        let bits = capacities.range_bits;
        let mut rest = value;
        for index in 0..capacities.word_limbs() {
            let limb = rest & ((1 << bits) - 1);
            rest >>= bits;
            self.set(block.at(row, column + index), limb);
            self.look_up(limb);
        }
        (value >> (bits * (capacities.word_limbs() as u32 - 1))) as u32
    }

    /// A 32-bit word, its top limb looked up a second time if it is short.
    fn word(&mut self, block: &Block, row: usize, column: usize, value: u32) {
        let capacities = self.layout.capacities;
        let top = self.limbs(block, row, column, u64::from(value));
        let missing = capacities.range_bits - capacities.top_bits();
        if missing > 0 {
            self.look_up(u64::from(top) << missing);
        }
    }

    fn steps(&mut self, recording: &Recording) {
        let layout = self.layout;
        let mut fetches = vec![0u64; layout.program.rows];
        let mut entry = Entry::end();
        let mut halted = Row::default();
        for index in 0..layout.step.rows {
            let row = match recording.rows.get(index) {
                Some(row) => {
                    let found = recording.entries.get(row.pc as usize).copied();
                    entry = found.unwrap_or(Entry::end());
                    halted = Row {
                        set: true,
                        fill: 0,
                        result: 0,
                        ..*row
                    };
                    *row
                }
                None => halted,
            };
            count(&mut fetches, u64::from(row.pc));
            self.step(index, &row, entry);
        }
        for (index, fetches) in fetches.into_iter().enumerate() {
            let entry = recording
                .entries
                .get(index)
                .copied()
                .unwrap_or(Entry::padding());
            self.set(layout.program.at(index, program::BITS), entry.bits);
            self.set(layout.program.at(index, program::OPERAND), entry.operand);
            self.set(layout.program.at(index, program::MULTIPLICITY), fetches);
        }
    }

    fn step(&mut self, index: usize, row: &Row, entry: Entry) {
        use crate::circuit::encoding::Bit;
        let block = self.layout.step;
        for (column, value) in [
            (step::PC, u64::from(row.pc)),
            (step::DEPTH, u64::from(row.depth)),
            (step::CALLS, u64::from(row.calls)),
            (step::READ, u64::from(row.read)),
            (step::WRITTEN, u64::from(row.written)),
            (step::TOP, row.top),
            (step::FLAG, u64::from(row.flag)),
            (step::CARRY, u64::from(row.carry)),
            (step::FILL, row.fill),
            (step::FILL_AGE, u64::from(row.fill_age)),
            (step::AGE, u64::from(row.age)),
            (step::SECOND, row.second),
            (step::SECOND_AGE, u64::from(row.second_age)),
            (step::SET, u64::from(row.set)),
        ] {
            self.set(block.at(index, column), value);
        }
        self.set(block.at(index, step::OPERAND), entry.operand);
        for bit in 0..BITS {
            self.set(block.at(index, step::BIT + bit), entry.bits >> bit & 1);
        }
        self.word(&block, index, step::LIMB, row.result);
        let push = entry.has(Bit::Imm) || entry.has(Bit::Push);
        let longest = if push {
            self.layout.range.rows as u64 - 1
        } else {
            0
        };
        self.look_up(u64::from(row.fill_age) + longest);
        self.look_up(u64::from(row.age));
        self.look_up(u64::from(row.second_age));
    }

    /// Touched cells in order, then cells nobody touched.
    fn heap(&mut self, recording: &Recording) {
        let block = self.layout.heap;
        let mut touched = recording.heap.iter();
        let mut free = 0u64;
        for index in 0..block.rows {
            let (address, cell, set) = match touched.next() {
                Some((address, cell)) => (u64::from(*address), *cell, true),
                None => (free, Cell { value: 0, time: 0 }, false),
            };
            self.set(block.at(index, heap::ADDRESS), address);
            self.set(block.at(index, heap::VALUE), cell.value);
            self.set(block.at(index, heap::TIME), u64::from(cell.time));
            self.set(block.at(index, heap::SET), u64::from(set));
            self.limbs(&block, index, heap::LIMB, address - free);
            self.look_up(u64::from(cell.time));
            free = address + 1;
        }
    }

    fn leftovers(&mut self, block: &Block, cells: &[Cell]) {
        for index in 0..block.rows {
            let cell = cells.get(index);
            self.set(block.at(index, leftover::ACTIVE), u64::from(cell.is_some()));
            let cell = cell.copied().unwrap_or(Cell { value: 0, time: 0 });
            self.set(block.at(index, leftover::VALUE), cell.value);
            self.set(block.at(index, leftover::TIME), u64::from(cell.time));
            self.look_up(u64::from(cell.time));
        }
    }

    /// A row without a question is 0 · 0.
    fn arithmetic(&mut self, recording: &Recording) {
        let block = self.layout.arithmetic;
        let mut asked = recording
            .questions
            .iter()
            .filter(|((op, ..), _)| is_arithmetic(*op));
        for index in 0..block.rows {
            let ((op, a, b), multiplicity) = match asked.next() {
                Some((question, multiplicity)) => (*question, *multiplicity),
                None => ((COP_MUL, 0, 0), 0),
            };
            let shift = op == COP_SHL || op == COP_SHR;
            let factor = if shift {
                1u64.checked_shl(b).unwrap_or(1)
            } else {
                u64::from(b)
            };
            let upward = op == COP_MUL || op == COP_SHL;
            let (high, low) = if upward {
                let product = u64::from(a) * factor;
                ((product >> 32) as u32, product as u32)
            } else {
                let factor = factor.max(1);
                (
                    (u64::from(a) / factor) as u32,
                    (u64::from(a) % factor) as u32,
                )
            };
            let slack = if upward {
                0
            } else {
                (factor - 1 - u64::from(low)) as u32
            };
            self.set(block.at(index, arithmetic::MULTIPLICITY), multiplicity);
            for (kind, code) in [COP_MUL, COP_DIV, COP_MOD, COP_SHL].into_iter().enumerate() {
                self.set(
                    block.at(index, arithmetic::KIND + kind),
                    u64::from(op == code),
                );
            }
            self.set(block.at(index, arithmetic::FACTOR), factor);
            if shift {
                count(&mut self.powers, u64::from(b));
            }
            let limbs = self.layout.capacities.word_limbs();
            for (word, value) in [a, b, high, low, slack].into_iter().enumerate() {
                self.word(&block, index, arithmetic::LIMB + word * limbs, value);
            }
        }
    }

    /// A row without a question is 0 AND 0.
    fn bitwise(&mut self, recording: &Recording) {
        let block = self.layout.bitwise;
        let mut asked = recording
            .questions
            .iter()
            .filter(|((op, ..), _)| !is_arithmetic(*op));
        for index in 0..block.rows {
            let ((op, a, b), multiplicity) = match asked.next() {
                Some((question, multiplicity)) => (*question, *multiplicity),
                None => ((COP_AND, 0, 0), 0),
            };
            self.set(block.at(index, bitwise::MULTIPLICITY), multiplicity);
            self.set(block.at(index, bitwise::KIND), u64::from(op == COP_AND));
            self.set(block.at(index, bitwise::KIND + 1), u64::from(op == COP_OR));
            for nibble in 0..8 {
                let at = |word: u32| u64::from(word >> (4 * nibble) & 15);
                let column = bitwise::NIBBLE + nibble;
                self.set(block.at(index, column), at(a));
                self.set(block.at(index, column + 8), at(b));
                self.set(block.at(index, column + 16), at(a & b));
                count(&mut self.nibbles, at(a) + 16 * at(b));
            }
        }
    }

    fn multiplicities(&mut self) {
        let layout = self.layout;
        for (block, counts) in [
            (&layout.range, std::mem::take(&mut self.ranges)),
            (&layout.nibble, std::mem::take(&mut self.nibbles)),
            (&layout.power, std::mem::take(&mut self.powers)),
        ] {
            for (index, count) in counts.into_iter().enumerate() {
                self.set(block.at(index, 0), count);
            }
        }
    }
}

fn count(counts: &mut [u64], index: u64) {
    if let Some(count) = counts.get_mut(index as usize) {
        *count += 1;
    }
}
