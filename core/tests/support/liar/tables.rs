//! What a run leaves in the tables. Multiplicities are left to the fix-up.

use super::bag::key;
use super::Liar;
use provable_core::circuit::layout::{arithmetic, bitwise, heap, leftover, program, Block};
use provable_core::circuit::tuple::*;
use provable_core::circuit::witness::coprocessors::is_arithmetic;

impl Liar<'_> {
    /// Fills the tables; `None` if one is too small.
    pub(super) fn tables(&mut self) -> Option<()> {
        let layout = &self.circuit.layout;
        for (index, entry) in self.entries.clone().into_iter().enumerate() {
            let at = |column| layout.program.at(index, column);
            self.set(at(program::BITS), entry.bits as i64);
            self.assignment[at(program::OPERAND).0 as usize] = entry.operand;
        }
        self.heap()?;
        self.leftovers(&layout.stack, Space::Stack)?;
        self.leftovers(&layout.calls, Space::Calls)?;
        self.arithmetic()?;
        self.bitwise()
    }

    /// Limbs that add up to a value, whatever it is: what does not fit is in the last.
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
        let mut addresses: Vec<i64> = self.bag.heap.iter().copied().collect();
        let mut free = addresses.last().map_or(0, |last| last + 1);
        while addresses.len() < block.rows {
            addresses.push(free);
            free += 1;
        }
        let mut before = -1;
        for (index, address) in addresses.iter().enumerate() {
            if index == block.rows {
                return None;
            }
            self.set(block.at(index, heap::ADDRESS), *address);
            self.limbs(&block, index, heap::LIMB, address - before - 1);
            if let Some(cell) = self.bag.left(key(Space::Heap, *address)) {
                self.set(block.at(index, heap::VALUE), cell.value);
                self.set(block.at(index, heap::TIME), cell.time);
                self.set(block.at(index, heap::SET), cell.set);
            }
            before = *address;
        }
        Some(())
    }

    fn leftovers(&mut self, block: &Block, space: Space) -> Option<()> {
        for index in 0..block.rows {
            if let Some(cell) = self.bag.left(key(space, index as i64)) {
                self.set(block.at(index, leftover::ACTIVE), 1);
                self.set(block.at(index, leftover::VALUE), cell.value);
                self.set(block.at(index, leftover::TIME), cell.time);
            }
        }
        (!self.bag.reaches(space, block.rows)).then_some(())
    }

    /// Rows nobody asks multiply 0 by 0.
    fn arithmetic(&mut self) -> Option<()> {
        let block = self.circuit.layout.arithmetic;
        let limbs = self.circuit.layout.capacities.word_limbs();
        let asked = self.questions.clone().into_iter();
        let asked: Vec<_> = asked.filter(|((op, ..), _)| is_arithmetic(*op)).collect();
        for index in asked.len()..block.rows {
            self.set(block.at(index, arithmetic::KIND), 1);
        }
        for (index, ((op, a, b), answer)) in asked.iter().enumerate() {
            if index == block.rows {
                return None;
            }
            for (kind, code) in [COP_MUL, COP_DIV, COP_MOD, COP_SHL].iter().enumerate() {
                self.set(
                    block.at(index, arithmetic::KIND + kind),
                    i64::from(op == code),
                );
            }
            self.set(block.at(index, arithmetic::FACTOR), answer.factor);
            let words = [*a, *b, answer.high, answer.low, answer.slack];
            for (word, value) in words.into_iter().enumerate() {
                self.limbs(&block, index, arithmetic::LIMB + word * limbs, value);
            }
        }
        Some(())
    }

    /// Rows nobody asks are 0 AND 0.
    fn bitwise(&mut self) -> Option<()> {
        let block = self.circuit.layout.bitwise;
        let asked = self.questions.clone().into_keys();
        let asked: Vec<_> = asked.filter(|(op, ..)| !is_arithmetic(*op)).collect();
        for index in asked.len()..block.rows {
            self.set(block.at(index, bitwise::KIND), 1);
        }
        for (index, (op, a, b)) in asked.iter().enumerate() {
            if index == block.rows {
                return None;
            }
            for (kind, code) in [COP_AND, COP_OR].iter().enumerate() {
                self.set(block.at(index, bitwise::KIND + kind), i64::from(op == code));
            }
            for (part, value) in [*a, *b, a & b].into_iter().enumerate() {
                for nibble in 0..8 {
                    // The last takes what does not fit.
                    let kept = if nibble < 7 { 15 } else { i64::MAX };
                    let column = bitwise::NIBBLE + 8 * part + nibble;
                    self.set(block.at(index, column), value >> (4 * nibble) & kept);
                }
            }
        }
        Some(())
    }
}
