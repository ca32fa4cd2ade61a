//! Fact 11: what an instruction takes from the stack is a word, or the number under an empty stack.

use super::question::{Base, Words};
use super::{Basis, Bounded, Context, Fact, Interval};
use crate::circuit::builder::Lc;
use crate::circuit::encoding::{NUMBERS, WORDS};
use crate::circuit::family::Family;
use crate::circuit::layout::step;
use crate::circuit::operations::EMPTY;

impl Context<'_> {
    /// A new variable: the base of a row.
    pub fn base(&mut self, family: Family, row: usize, times: &Bounded) -> Base {
        let fill = self.layout.step.at(row, step::FILL);
        Base {
            var: self.free_product(family, times.lc(), fill),
            times: times.interval,
        }
    }

    /// The words of a row that asks a coprocessor: a is `fill`; b is top minus the base, plus the word in the operand.
    /// An earlier row put `fill` and top on the stack, so each is a word or the number under an empty stack. This rests
    /// on the memory, so only the coprocessors use it. If a row does not ask, then nothing is known of its values, and
    /// its tuple does not count.
    ///
    /// The operand is an operation plus 2^36 times a word, as every operand of the program table. In the tuple both
    /// are one multiple of it, so the word has no term of its own in b.
    pub(super) fn words(&self, row: usize, base: &Base, operand: &Bounded) -> Words {
        let column = |column| Lc::from(self.layout.step.at(row, column));
        let word = Interval::of(0, i128::from(EMPTY));
        let known = |lc, interval| Bounded::known(lc, interval, Basis::of(Fact::Words));
        let of_operand = |lc, interval| Bounded::known(lc, interval, operand.basis);
        let based = known(base.var.into(), base.times * word);
        Words {
            a: known(column(step::FILL), word),
            b: known(column(step::TOP), word) - based + of_operand(Lc::zero(), WORDS),
            op: of_operand(operand.lc(), NUMBERS),
        }
    }
}
