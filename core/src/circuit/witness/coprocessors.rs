//! The coprocessor tables' rows: the questions a run asked, and their answers.

use super::commit::{count, Writer};
use super::recording::Recording;
use crate::circuit::layout::{arithmetic, bitwise};
use crate::circuit::tuple::{COP_AND, COP_DIV, COP_MOD, COP_MUL, COP_OR, COP_SHL, COP_SHR};
use ark_bls12_381::Fr;

/// Whether an operation is the arithmetic table's; else it is the bitwise table's.
pub fn is_arithmetic(op: u64) -> bool {
    op < COP_AND
}

/// The coprocessor operation an entry's operand names.
pub fn operation(operand: Fr) -> Option<u64> {
    (COP_MUL..=COP_OR + 1).find(|op| Fr::from(*op) == operand)
}

impl Writer<'_> {
    /// A row without a question is 0 · 0. A question without an answer (no run asks one) gets a row that breaks a
    /// constraint, so that the prover refuses it.
    pub(super) fn arithmetic(&mut self, recording: &Recording) {
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
                let product = u64::from(a).wrapping_mul(factor);
                ((product >> 32) as u32, product as u32)
            } else {
                let a = u64::from(a);
                (
                    a.checked_div(factor).unwrap_or(0) as u32,
                    a.checked_rem(factor).unwrap_or(a) as u32,
                )
            };
            let slack = if upward {
                0
            } else {
                factor.wrapping_sub(1).wrapping_sub(u64::from(low)) as u32
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
    pub(super) fn bitwise(&mut self, recording: &Recording) {
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
}
