//! The committed block of a tier, from a trace.

use super::execution_trace::{Cell, ExecutionTrace, Row};
use super::fit::Shortage;
use crate::circuit::builder::Var;
use crate::circuit::encoding::{COLUMNS, Entry};
use crate::circuit::layout::{Block, Layout, heap, leftover, program, step};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};

impl ExecutionTrace {
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
            tops: vec![0; layout.top.rows],
            digits: vec![0; layout.digit.rows],
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
        writer.compare(self);
        writer.multiplicities();
        Ok(writer.assignment)
    }
}

pub(super) struct Writer<'a> {
    pub(super) layout: &'a Layout,
    assignment: Vec<Fr>,
    ranges: Vec<u64>,
    tops: Vec<u64>,
    pub(super) digits: Vec<u64>,
    pub(super) powers: Vec<u64>,
}

impl Writer<'_> {
    pub(super) fn set(&mut self, var: Var, value: impl Into<Fr>) {
        if let Some(slot) = self.assignment.get_mut(var.0 as usize) {
            *slot = value.into();
        }
    }

    /// Counts a lookup in the range table.
    fn look_up(&mut self, value: u64) {
        count(&mut self.ranges, value);
    }

    /// A number's limbs, lowest first.
    fn limbs(&self, value: u64) -> impl Iterator<Item = u64> + use<> {
        let capacities = self.layout.capacities;
        let bits = capacities.range_bits;
        (0..capacities.word_limbs() as u32)
            .map(move |index| value >> (bits * index) & ((1 << bits) - 1))
    }

    /// A 32-bit word, its top limb looked up in a table of its own if it is short.
    pub(super) fn word(&mut self, block: &Block, row: usize, column: usize, value: u32) {
        let top = self.layout.capacities.word_limbs() - 1;
        for (index, limb) in self.limbs(u64::from(value)).enumerate() {
            self.set(block.at(row, column + index), limb);
            match index == top && !self.tops.is_empty() {
                true => count(&mut self.tops, limb),
                false => self.look_up(limb),
            }
        }
    }

    fn steps(&mut self, trace: &ExecutionTrace) {
        let layout = self.layout;
        let mut fetches = vec![0u64; layout.program.rows];
        let mut entry = Entry::padding();
        let mut halted = Row::default();
        for index in 0..layout.step.rows {
            let row = match trace.rows.get(index) {
                Some(row) => {
                    let found = trace.entries.get(row.pc as usize).copied();
                    entry = found.unwrap_or(Entry::padding());
                    halted = *row;
                    *row
                }
                None => halted,
            };
            count(&mut fetches, u64::from(row.pc));
            self.step(index, &row, entry);
        }
        for (index, fetches) in fetches.into_iter().enumerate() {
            let entry = trace
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
            (step::SET, u64::from(row.set)),
        ] {
            self.set(block.at(index, column), value);
        }
        self.set(block.at(index, step::OPERAND), entry.operand);
        for bit in 0..COLUMNS {
            self.set(block.at(index, step::BIT + bit), entry.bits >> bit & 1);
        }
        self.word(&block, index, step::LIMB, row.result);
        let longest = if entry.any(&[Bit::Push, Bit::Call]) {
            self.layout.range.rows as u64 - 1
        } else {
            0
        };
        self.look_up(u64::from(row.fill_age) + longest);
        self.look_up(u64::from(row.age));
    }

    /// Touched cells in order, then cells nobody touched.
    fn heap(&mut self, trace: &ExecutionTrace) {
        let block = self.layout.heap;
        let mut touched = trace.heap.iter();
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
            for (limb, value) in self.limbs(address - free).enumerate() {
                self.look_up(value);
                // The lowest is no column.
                if let Some(column) = limb.checked_sub(1) {
                    self.set(block.at(index, heap::LIMB + column), value);
                }
            }
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

    fn multiplicities(&mut self) {
        let layout = self.layout;
        for (block, counts) in [
            (&layout.range, std::mem::take(&mut self.ranges)),
            (&layout.top, std::mem::take(&mut self.tops)),
            (&layout.digit, std::mem::take(&mut self.digits)),
            (&layout.power, std::mem::take(&mut self.powers)),
        ] {
            for (index, count) in counts.into_iter().enumerate() {
                self.set(block.at(index, 0), count);
            }
        }
    }
}

pub(super) fn count(counts: &mut [u64], index: u64) {
    if let Some(count) = counts.get_mut(index as usize) {
        *count += 1;
    }
}
