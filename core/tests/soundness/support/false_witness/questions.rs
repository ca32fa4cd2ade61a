//! The questions that the rows ask the coprocessors, and the table rows that answer them.

use super::follow::base;
use super::{Claim, FalseWitness, fr, integer};
use ark_bls12_381::Fr;
use ark_ff::PrimeField;
use provable::circuit::cost::Table;
use provable::circuit::encoding::Bit;
use provable::circuit::operations::table;
use provable::circuit::operations::*;

/// Operation, a, b.
pub type Question = (u64, u32, u32);

/// Factor, high word (or quotient), low word (or remainder). `None` if the question has no answer.
fn products((op, a, b): Question) -> Option<[i64; 3]> {
    let wide = i128::from(a);
    let factor = match op {
        COP_SHL | COP_SHR | COP_ROTL => 1i128 << (b < 32).then_some(b)?,
        _ => i128::from(b),
    };
    let [high, low] = match op {
        COP_MUL | COP_SHL | COP_MULHI | COP_ROTL => {
            [(wide * factor) >> 32, (wide * factor) & 0xffff_ffff]
        }
        _ => [wide.checked_div(factor)?, wide.checked_rem(factor)?],
    };
    Some([factor, high, low].map(|value| value as i64))
}

/// The result and the carry. Both are zero if the question has no answer.
pub fn answer(question: Question) -> (i64, i64) {
    let (op, a, b) = question;
    match op {
        COP_AND => (i64::from(a & b), 0),
        COP_OR => (i64::from(a | b), 0),
        COP_XOR => (i64::from(a ^ b), 0),
        COP_EQ => (i64::from(a == b), 0),
        COP_LT => (i64::from(a < b), 0),
        COP_GT => (i64::from(a > b), 0),
        _ => match (op, products(question)) {
            (_, None) => (0, 0),
            (COP_ROTL, Some([_, high, low])) => (high + low, i64::from(low != 0)),
            (COP_DIV | COP_SHR | COP_MULHI, Some([_, high, low])) => (high, i64::from(low != 0)),
            (_, Some([_, high, low])) => (low, i64::from(high != 0)),
        },
    }
}

/// The question of a row. `None` if the row asks none, or asks one whose operands are no words.
pub fn question(claim: &Claim, top: Fr) -> Option<Question> {
    let asks = claim.entry.has(Bit::Cop) || claim.entry.has(Bit::CopCarry);
    let word = |value: Fr| u32::try_from(integer(value)).ok();
    let (op, n) = operation(wide(claim.entry.operand).filter(|_| asks)?)?;
    Some((
        op,
        word(claim.fill)?,
        word(top - base(claim) + Fr::from(n))?,
    ))
}

/// The integer of either sign, below 2^126, that a field element stands for.
fn wide(value: Fr) -> Option<i128> {
    let low = |value: Fr| match value.into_bigint().0 {
        [low, high, 0, 0] if high < 1 << 62 => Some(i128::from(low) | i128::from(high) << 64),
        _ => None,
    };
    low(value).or_else(|| low(-value).map(|value| -value))
}

impl FalseWitness<'_> {
    /// The questions that a table is asked.
    pub fn asked(&self, wanted: Table) -> Vec<Question> {
        let questions = self.questions.iter().copied();
        questions.filter(|(op, ..)| table(*op) == wanted).collect()
    }

    /// Fills one row a question, as long as there are rows. The other rows hold 0 MOD 1, 0 AND 0 and 0 LT 0.
    pub(super) fn answers(&mut self) {
        let layout = &self.case.circuit.layout;
        let asked = self.asked(Table::Arithmetic);
        for (row, asked) in (0..layout.arithmetic.rows).zip(asked) {
            if let Some([factor, high, low]) = products(asked) {
                self.product(row, asked, fr(factor), [fr(high), fr(low)]);
            }
        }
        let asked = self.asked(Table::Bitwise);
        for row in 0..layout.bitwise.rows {
            let (op, a, b) = asked.get(row).copied().unwrap_or((COP_AND, 0, 0));
            let (result, _) = answer((op, a, b));
            self.bitwise_row(row, op, [a, b], result);
        }
        let asked = self.asked(Table::Compare);
        for (row, (op, a, b)) in (0..layout.compare.rows).zip(asked) {
            let (difference, carry) = a.overflowing_sub(b);
            let kinds = [COP_EQ, COP_GT].map(|kind| i64::from(op == kind));
            let words = [b, difference].map(Fr::from);
            self.compare_row(row, kinds, fr(carry.into()), words);
        }
    }
}
