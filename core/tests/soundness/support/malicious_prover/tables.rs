//! The rows of the tables after a run. The multiplicities come from [`crate::support::rebalance`].

use super::MaliciousProver;
use super::coprocessor::Answer;
use super::multiset::key;
use crate::support::false_witness::tables::{digit_tuples, heap_addresses, selectors};
use crate::support::rows::write_entry;
use provable::circuit::cost::Table;
use provable::circuit::layout::{Block, arithmetic, bitwise, compare, heap, heap_end, leftover};
use provable::circuit::operations::table;
use provable::circuit::operations::*;
use provable::circuit::tuple::*;

/// A question (operation, a, b) and its answer.
type Asked = ((u64, i64, i64), Answer);

impl MaliciousProver<'_> {
    /// Fills the tables; `None` if one is too small.
    pub(super) fn tables(&mut self) -> Option<()> {
        let layout = &self.circuit.layout;
        for (index, entry) in self.entries.clone().into_iter().enumerate() {
            write_entry(layout, index, entry, &mut self.assignment);
        }
        self.heap()?;
        self.leftovers(&layout.stack, Space::Stack)?;
        self.leftovers(&layout.calls, Space::Calls)?;
        self.arithmetic()?;
        self.bitwise()?;
        self.compare()
    }

    /// Writes limbs whose sum is the value. The last limb takes the excess of what is no word.
    pub(super) fn limbs(&mut self, block: &Block, row: usize, column: usize, value: i64) {
        let capacities = self.circuit.layout.capacities;
        let last = capacities.word_limbs() - 1;
        let mut rest = value;
        for index in 0..last {
            let limb = rest & ((1 << capacities.range_bits) - 1);
            self.set(block.at(row, column + index), limb);
            rest >>= capacities.range_bits;
        }
        self.set(block.at(row, column + last), rest);
    }

    fn heap(&mut self) -> Option<()> {
        let block = self.circuit.layout.heap;
        let touched = self.multiset.heap.iter().copied();
        if touched.len() > block.rows {
            return None;
        }
        let addresses: Vec<i64> = heap_addresses(touched, block.rows).collect();
        let mut before = -1;
        for (index, address) in addresses.iter().enumerate() {
            self.set(block.at(index, heap::ADDRESS), *address);
            // The lowest limb is no column.
            let capacities = self.circuit.layout.capacities;
            let mut rest = (address - before - 1) >> capacities.range_bits;
            for limb in 0..capacities.word_limbs() - 1 {
                let kept = (1 << capacities.range_bits) - 1;
                let last = limb + 2 == capacities.word_limbs();
                let value = if last { rest } else { rest & kept };
                self.set(block.at(index, heap::LIMB + limb), value);
                rest >>= capacities.range_bits;
            }
            if let Some(cell) = self.multiset.left(key(Space::Heap, *address)) {
                if cell.value == EMPTY as i64 {
                    self.deviate("the number under an empty stack in the heap");
                }
                self.set(block.at(index, heap::VALUE), cell.value);
                self.set(block.at(index, heap::TIME), cell.time);
                self.set(block.at(index, heap::SET), cell.set);
            }
            before = *address;
        }
        let end = self.circuit.layout.heap_end;
        let bits = self.circuit.layout.capacities.range_bits;
        let count = end.width - heap_end::LIMB;
        for limb in 0..count {
            let rest = before >> (bits as usize * (limb + 1));
            let kept = if limb + 1 == count {
                i64::MAX
            } else {
                (1 << bits) - 1
            };
            self.set(end.at(0, heap_end::LIMB + limb), rest & kept);
        }
        Some(())
    }

    fn leftovers(&mut self, block: &Block, space: Space) -> Option<()> {
        for index in 0..block.rows {
            if let Some(cell) = self.multiset.left(key(space, index as i64)) {
                self.set(block.at(index, leftover::ACTIVE), 1);
                self.set(block.at(index, leftover::VALUE), cell.value);
                self.set(block.at(index, leftover::TIME), cell.time);
            }
        }
        (!self.multiset.reaches(space, block.rows)).then_some(())
    }

    /// The questions to a table; `None` if it has fewer rows.
    fn asked(&self, wanted: Table, block: &Block) -> Option<Vec<Asked>> {
        let asked = self.questions.clone().into_iter();
        let asked: Vec<_> = asked.filter(|((op, ..), _)| table(*op) == wanted).collect();
        (asked.len() <= block.rows).then_some(asked)
    }

    /// Rows without a question are 0 MOD 1.
    fn arithmetic(&mut self) -> Option<()> {
        let block = self.circuit.layout.arithmetic;
        let limbs = self.circuit.layout.capacities.word_limbs();
        for (index, ((op, a, b), answer)) in self
            .asked(Table::Arithmetic, &block)?
            .into_iter()
            .enumerate()
        {
            let [upward, shift, quotient] = selectors(op);
            let (result, other) = answer.result_and_other(op);
            for (column, value) in [
                (arithmetic::UPWARD, i64::from(upward)),
                (arithmetic::SHIFT, i64::from(shift)),
                (arithmetic::QUOTIENT, i64::from(quotient)),
                (arithmetic::AMOUNT, if shift { b } else { 0 }),
            ] {
                self.set(block.at(index, column), value);
            }
            let rest = if upward { answer.factor } else { answer.slack };
            for (word, value) in [a, result, other, rest].into_iter().enumerate() {
                self.limbs(&block, index, arithmetic::LIMB + word * limbs, value);
            }
        }
        Some(())
    }

    /// Rows without a question are 0 AND 0.
    fn bitwise(&mut self) -> Option<()> {
        let block = self.circuit.layout.bitwise;
        let bits = self.circuit.layout.capacities.digit_bits();
        let asked = self.asked(Table::Bitwise, &block)?;
        for index in 0..block.rows {
            let question = asked.get(index).map(|(question, _)| *question);
            let (op, a, b) = question.unwrap_or((COP_AND, 0, 0));
            let result = match op {
                COP_AND => a & b,
                COP_OR => a | b,
                _ => a ^ b,
            };
            for (digit, tuple) in digit_tuples(bits, op, [a, b], result)
                .into_iter()
                .enumerate()
            {
                let var = block.at(index, bitwise::DIGIT + digit);
                self.assignment[var.0 as usize] = tuple;
            }
        }
        Some(())
    }

    /// Rows without a question are 0 LT 0.
    fn compare(&mut self) -> Option<()> {
        let block = self.circuit.layout.compare;
        let limbs = self.circuit.layout.capacities.word_limbs();
        for (index, ((op, a, b), _)) in self.asked(Table::Compare, &block)?.into_iter().enumerate()
        {
            let carry = i64::from(a < b);
            self.set(block.at(index, compare::KIND), i64::from(op == COP_EQ));
            self.set(block.at(index, compare::KIND + 1), i64::from(op == COP_GT));
            self.set(block.at(index, compare::CARRY), carry);
            for (word, value) in [b, a - b + (carry << 32)].into_iter().enumerate() {
                self.limbs(&block, index, compare::LIMB + word * limbs, value);
            }
        }
        Some(())
    }
}
