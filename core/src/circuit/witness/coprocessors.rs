//! The rows of the coprocessor tables: the questions that a run asks, and their answers.

use super::cells::{Writer, count};
use crate::circuit::cost::Table;
use crate::circuit::execution_trace::ExecutionTrace;
use crate::circuit::layout::{arithmetic, bitwise, compare};
use crate::circuit::operations::*;
use crate::circuit::tuple::digits;

impl Writer<'_> {
    /// A row without a question is 0 MOD 1, all zeros.
    pub(super) fn arithmetic(&mut self, trace: &ExecutionTrace) {
        let block = self.layout.arithmetic;
        let limbs = self.layout.capacities.word_limbs();
        let mut asked = trace.asked(Table::Arithmetic);
        for index in 0..block.rows {
            let ((op, a, b), multiplicity) = asked.next().unwrap_or(((COP_MOD, 0, 1), 0));
            let answer = Answer::new(op, a, b);
            let amount = if answer.shift { b } else { 0 };
            let (once, rotated) = match op == COP_ROTL {
                true => (0, multiplicity),
                false => (multiplicity, 0),
            };
            for (column, value) in [
                (arithmetic::MULTIPLICITY, once),
                (arithmetic::ROTATED, rotated),
                (arithmetic::UPWARD, answer.upward.into()),
                (arithmetic::SHIFT, answer.shift.into()),
                (arithmetic::QUOTIENT, answer.quotient.into()),
                (arithmetic::AMOUNT, amount.into()),
            ] {
                self.set(block.at(index, column), value);
            }
            if answer.shift {
                count(&mut self.powers, u64::from(b));
            }
            let words = [a, answer.result, answer.other, answer.rest];
            for (word, value) in words.into_iter().enumerate() {
                self.word(&block, index, arithmetic::LIMB + word * limbs, value);
            }
        }
    }

    /// A row without a question is 0 AND 0.
    pub(super) fn bitwise(&mut self, trace: &ExecutionTrace) {
        let block = self.layout.bitwise;
        let bits = self.layout.capacities.digit_bits();
        let entries = digits(bits);
        let mut asked = trace.asked(Table::Bitwise);
        for index in 0..block.rows {
            let ((op, a, b), multiplicity) = asked.next().unwrap_or(((COP_AND, 0, 0), 0));
            self.set(block.at(index, bitwise::MULTIPLICITY), multiplicity);
            let kind = match op {
                COP_AND => 0,
                COP_OR => 1,
                _ => 2u64,
            };
            for digit in 0..32 / bits {
                let at = |word: u32| u64::from(word >> (bits * digit)) & ((1 << bits) - 1);
                let entry = (kind << (2 * bits)) + (at(b) << bits) + at(a);
                count(&mut self.digits, entry);
                let tuple = entries.get(entry as usize).copied().unwrap_or_default();
                self.set(block.at(index, bitwise::DIGIT + digit as usize), tuple);
            }
        }
    }

    /// A row without a question is 0 LT 0, all zeros.
    pub(super) fn compare(&mut self, trace: &ExecutionTrace) {
        let block = self.layout.compare;
        let limbs = self.layout.capacities.word_limbs();
        let mut asked = trace.asked(Table::Compare);
        for index in 0..block.rows {
            let ((op, a, b), multiplicity) = asked.next().unwrap_or(((COP_LT, 0, 0), 0));
            let (difference, carry) = a.overflowing_sub(b);
            let (eq, gt) = (op == COP_EQ, op == COP_GT);
            self.set(block.at(index, compare::MULTIPLICITY), multiplicity);
            self.set(block.at(index, compare::KIND), eq);
            self.set(block.at(index, compare::KIND + 1), gt);
            self.set(block.at(index, compare::CARRY), carry);
            for (word, value) in [b, difference].into_iter().enumerate() {
                self.word(&block, index, compare::LIMB + word * limbs, value);
            }
        }
    }
}
