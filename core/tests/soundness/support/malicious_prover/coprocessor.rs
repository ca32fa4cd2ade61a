//! Answers of the coprocessors' tables, also to questions that have none.

use super::{MaliciousProver, is_word};
use provable::circuit::operations::*;
use rand::Rng;
use rand::rngs::StdRng;

/// The words of a table row. A number that is no word overflows its limbs or digits.
#[derive(Clone, Copy)]
pub struct Answer {
    pub factor: i64,
    pub high: i64,
    pub low: i64,
    pub slack: i64,
}

impl Answer {
    /// A row whose products hold. A shift of 32 or more has the power 1. A division by zero divides by 1; or it takes any quotient with
    /// the remainder a, and then either the slack −1 − a or the slack 0.
    fn of(op: u64, a: i64, b: i64, rng: &mut StdRng) -> Self {
        let way = if b == 0 { rng.gen_range(0..3) } else { 2 };
        let factor = match op {
            COP_SHL | COP_SHR | COP_ROTL if (0..32).contains(&b) => 1 << b,
            COP_SHL | COP_SHR | COP_ROTL => 1,
            COP_DIV | COP_MOD if b == 0 && way == 0 => 1,
            _ => b,
        };
        if [COP_MUL, COP_SHL, COP_MULHI, COP_ROTL].contains(&op) {
            let product = i128::from(a) * i128::from(factor);
            return Answer {
                factor,
                high: (product >> 32) as i64,
                low: product as i64 & i64::from(u32::MAX),
                slack: 0,
            };
        }
        let (high, low) = match factor {
            0 => (i64::from(rng.r#gen::<u32>()), a),
            _ => (a / factor, a % factor),
        };
        Answer {
            factor,
            high,
            low,
            slack: match factor == 0 && way == 1 {
                true => 0,
                false => factor - 1 - low,
            },
        }
    }
}

impl Answer {
    /// The result of an operation, and the other number of its pair. (A rotation is the sum of both.)
    pub fn result_and_other(&self, op: u64) -> (i64, i64) {
        match op {
            COP_DIV | COP_SHR | COP_MULHI | COP_ROTL => (self.high, self.low),
            _ => (self.low, self.high),
        }
    }
}

impl MaliciousProver<'_> {
    /// The result and the carry of a question.
    pub(super) fn ask(&mut self, op: u64, a: i64, b: i64) -> (i64, i64) {
        let trapping = match op {
            COP_DIV | COP_MOD => b == 0,
            COP_SHL | COP_SHR | COP_ROTL => b >= 32,
            _ => false,
        };
        if trapping || !is_word(a) || !is_word(b) {
            self.deviate("a question without an answer");
            // No table row at all. A negative operand has no table row.
            if a < 0 || b < 0 || self.coin() {
                return (self.word(), 0);
            }
        }
        let known = self.questions.entry((op, a, b));
        let answer = *known.or_insert_with(|| Answer::of(op, a, b, self.rng));
        match op {
            COP_AND => (a & b, 0),
            COP_OR => (a | b, 0),
            COP_XOR => (a ^ b, 0),
            COP_EQ => (i64::from(a == b), 0),
            COP_LT => (i64::from(a < b), 0),
            COP_GT => (i64::from(a > b), 0),
            _ => {
                let (result, other) = answer.result_and_other(op);
                let sum = if op == COP_ROTL {
                    result + other
                } else {
                    result
                };
                (sum, i64::from(other != 0))
            }
        }
    }
}
