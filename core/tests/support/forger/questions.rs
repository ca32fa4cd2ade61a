//! What the rows asked of the coprocessors, and the table rows that answer.

use super::{fr, integer, Claim, Forger};
use ark_bls12_381::Fr;
use provable_core::circuit::encoding::Bit;
use provable_core::circuit::tuple::*;

/// Operation, a, b.
pub type Question = (u64, u32, u32);

/// Factor, high (or quotient), low (or remainder), slack. `None` where there is no answer.
fn products((op, a, b): Question) -> Option<[i64; 4]> {
    let wide = i128::from(a);
    let factor = match op {
        COP_SHL | COP_SHR => 1i128 << (b < 32).then_some(b)?,
        _ => i128::from(b),
    };
    let [high, low, slack] = match op {
        COP_MUL | COP_SHL => [(wide * factor) >> 32, (wide * factor) & 0xffff_ffff, 0],
        _ => {
            let low = wide.checked_rem(factor)?;
            [wide / factor, low, factor - 1 - low]
        }
    };
    Some([factor, high, low, slack].map(|value| value as i64))
}

/// The result and the carry; zero where there is no answer.
pub fn answer(question: Question) -> (i64, i64) {
    let (op, a, b) = question;
    match op {
        COP_AND => (i64::from(a & b), 0),
        COP_OR => (i64::from(a | b), 0),
        COP_XOR => (i64::from(a ^ b), 0),
        _ => match (op, products(question)) {
            (_, None) => (0, 0),
            (COP_MUL, Some([_, high, low, _])) => (low, i64::from(high != 0)),
            (COP_MOD | COP_SHL, Some([_, _, low, _])) => (low, 0),
            (_, Some([_, high, ..])) => (high, 0),
        },
    }
}

/// The question of a row, if it asks one about words.
pub fn question(claim: &Claim, top: Fr) -> Option<Question> {
    let asks = claim.entry.has(Bit::Cop) || claim.entry.has(Bit::CopCarry);
    let word = |value: Fr| u32::try_from(integer(value)).ok();
    let op = u64::try_from(integer(claim.entry.operand)).ok();
    let op = op.filter(|op| asks && (COP_MUL..=COP_XOR).contains(op))?;
    Some((op, word(claim.fill)?, word(top)?))
}

impl Forger<'_> {
    /// One row a question, as long as there are rows; the others say 0 · 0 and 0 AND 0.
    pub(super) fn answers(&mut self) {
        let layout = &self.case.circuit.layout;
        let (bitwise, arithmetic): (Vec<Question>, Vec<Question>) =
            self.questions.iter().partition(|(op, ..)| *op >= COP_AND);
        for row in 0..layout.arithmetic.rows {
            let asked = arithmetic.get(row).copied().unwrap_or((COP_MUL, 0, 0));
            self.arithmetic_answer(row, asked);
        }
        for row in 0..layout.bitwise.rows {
            let (op, a, b) = bitwise.get(row).copied().unwrap_or((COP_AND, 0, 0));
            let kinds = [COP_AND, COP_OR].map(|kind| i64::from(op == kind));
            self.bitwise_row(row, kinds, [a, b]);
        }
    }

    fn arithmetic_answer(&mut self, row: usize, question: Question) {
        let Some([factor, high, low, slack]) = products(question) else {
            return self.arithmetic_row(row, [1, 0, 0, 0], 0, [0; 5].map(fr));
        };
        let (op, a, b) = question;
        let kinds = [COP_MUL, COP_DIV, COP_MOD, COP_SHL].map(|kind| i64::from(op == kind));
        let words = [i64::from(a), i64::from(b), high, low, slack];
        self.arithmetic_row(row, kinds, factor, words.map(fr));
    }
}
