//! The coprocessor tables' rows: the questions a run asked, and their answers.

use super::commit::{Writer, count};
use super::execution_trace::ExecutionTrace;
use crate::circuit::cost::Table;
use crate::circuit::layout::{arithmetic, bitwise, compare};
use crate::circuit::tuple::*;
use ark_bls12_381::Fr;

/// The table that answers an operation.
pub fn table(op: u64) -> Table {
    match op {
        0..COP_LT => Table::Arithmetic,
        COP_LT..COP_AND => Table::Compare,
        _ => Table::Bitwise,
    }
}

/// The coprocessor operation an entry's operand names.
pub fn operation(operand: Fr) -> Option<u64> {
    OPERATIONS.into_iter().find(|op| Fr::from(*op) == operand)
}

/// The tuple's carry: in the arithmetic table, that the number beside the result is not 0. MUL sets C by it.
pub fn carry(op: u64, a: u32, b: u32) -> bool {
    table(op) == Table::Arithmetic && Product::new(op, a, b).other != 0
}

/// What an arithmetic row says besides its question.
struct Product {
    /// a · factor, rather than a divided by it.
    upward: bool,
    shift: bool,
    /// The result is the quotient.
    quotient: bool,
    result: u32,
    /// High word, or what is no result of quotient and remainder.
    other: u32,
    /// The factor; downward what is left of it above the remainder, less one.
    rest: u32,
}

impl Product {
    /// For a question without an answer (no run asks one), numbers that break a constraint or answer no question, so
    /// that the prover refuses them.
    fn new(op: u64, a: u32, b: u32) -> Self {
        let (upward, shift) = (
            op == COP_MUL || op == COP_SHL,
            op == COP_SHL || op == COP_SHR,
        );
        let quotient = op == COP_DIV || op == COP_SHR;
        let factor = match shift {
            true => 1u64.checked_shl(b).unwrap_or(1),
            false => u64::from(b),
        };
        let wide = u64::from(a);
        let (high, low) = match upward {
            true => {
                let product = wide.wrapping_mul(factor);
                ((product >> 32) as u32, product as u32)
            }
            false => (
                wide.checked_div(factor).unwrap_or(0) as u32,
                wide.checked_rem(factor).unwrap_or(wide) as u32,
            ),
        };
        let rest = match upward {
            true => factor,
            false => factor.wrapping_sub(1).wrapping_sub(u64::from(low)),
        };
        let (result, other) = if quotient { (high, low) } else { (low, high) };
        Product {
            upward,
            shift,
            quotient,
            result,
            other,
            rest: rest as u32,
        }
    }
}

impl ExecutionTrace {
    /// The questions to one table, with how many rows ask each.
    fn asked(&self, wanted: Table) -> impl Iterator<Item = ((u64, u32, u32), u64)> + '_ {
        let asked = self.questions.iter();
        let asked = asked.filter(move |((op, ..), _)| table(*op) == wanted);
        asked.map(|(question, count)| (*question, *count))
    }
}

impl Writer<'_> {
    /// A row without a question is 0 MOD 1, all zeros.
    pub(super) fn arithmetic(&mut self, trace: &ExecutionTrace) {
        let block = self.layout.arithmetic;
        let limbs = self.layout.capacities.word_limbs();
        let mut asked = trace.asked(Table::Arithmetic);
        for index in 0..block.rows {
            let ((op, a, b), multiplicity) = asked.next().unwrap_or(((COP_MOD, 0, 1), 0));
            let product = Product::new(op, a, b);
            let amount = if product.shift { b } else { 0 };
            for (column, value) in [
                (arithmetic::MULTIPLICITY, multiplicity),
                (arithmetic::UPWARD, product.upward.into()),
                (arithmetic::SHIFT, product.shift.into()),
                (arithmetic::QUOTIENT, product.quotient.into()),
                (arithmetic::AMOUNT, amount.into()),
            ] {
                self.set(block.at(index, column), value);
            }
            if product.shift {
                count(&mut self.powers, u64::from(b));
            }
            let words = [a, product.result, product.other, product.rest];
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
