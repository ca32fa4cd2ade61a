//! The rows of the steps, of the heap and of the cells that remain on the stacks.

use super::cells::{Writer, count};
use crate::circuit::encoding::{Bit, COLUMNS, Entry};
use crate::circuit::execution_trace::{Cell, ExecutionTrace, Row};
use crate::circuit::layout::{Block, heap, heap_end, leftover, program, step};

impl Writer<'_> {
    pub(super) fn steps(&mut self, trace: &ExecutionTrace) {
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
        if let Some(hash) = self.layout.hash() {
            self.set(block.at(index, hash), u64::from(entry.has(Bit::Hash)));
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

    /// Touched cells and, for the rows that are left, the first cells that the run did not touch, in the order of their
    /// addresses.
    pub(super) fn heap(&mut self, trace: &ExecutionTrace) {
        let layout = self.layout;
        let block = layout.heap;
        let mut unused = block.rows.saturating_sub(trace.heap.len());
        let mut touched = trace.heap.iter().peekable();
        let mut free = 0u64;
        for index in 0..block.rows {
            let next = touched.next_if(|(address, _)| unused == 0 || u64::from(**address) == free);
            let (address, cell, set) = match next {
                Some((address, cell)) => (u64::from(*address), *cell, true),
                None => {
                    unused = unused.saturating_sub(1);
                    (free, Cell { value: 0, time: 0 }, false)
                }
            };
            self.set(block.at(index, heap::ADDRESS), address);
            self.set(block.at(index, heap::VALUE), cell.value);
            self.set(block.at(index, heap::TIME), u64::from(cell.time));
            self.set(block.at(index, heap::SET), u64::from(set));
            for (limb, value) in self.limbs(address - free).enumerate() {
                self.look_up(value);
                // The lowest limb is not a column.
                if let Some(column) = limb.checked_sub(1) {
                    self.set(block.at(index, heap::LIMB + column), value);
                }
            }
            self.look_up(u64::from(cell.time));
            free = address + 1;
        }
        let last = free.saturating_sub(1) as u32;
        self.upper_limbs(&layout.heap_end, 0, heap_end::LIMB, last);
    }

    pub(super) fn leftovers(&mut self, block: &Block, cells: &[Cell]) {
        for index in 0..block.rows {
            let cell = cells.get(index);
            self.set(block.at(index, leftover::ACTIVE), u64::from(cell.is_some()));
            let cell = cell.copied().unwrap_or(Cell { value: 0, time: 0 });
            self.set(block.at(index, leftover::VALUE), cell.value);
            self.set(block.at(index, leftover::TIME), u64::from(cell.time));
            self.look_up(u64::from(cell.time));
        }
    }
}
