//! Fact 11: what an instruction takes from the stack is a word, or the number under an empty stack.

use super::{Basis, Bounded, Context, Fact, Interval};
use crate::circuit::layout::step;
use crate::circuit::operations::EMPTY;

impl Context<'_> {
    /// `fill` and `top` of a row that asks a coprocessor. An earlier row put each of them on the stack, so each is a
    /// word or the number under an empty stack. This rests on the memory, so only the coprocessors use it. If a row
    /// does not ask, then nothing is known of its values, and its tuple does not count.
    pub(super) fn taken(&self, row: usize) -> [Bounded; 2] {
        [step::FILL, step::TOP].map(|column| {
            let column = self.layout.step.at(row, column);
            let interval = Interval::of(0, i128::from(EMPTY));
            Bounded::known(column, interval, Basis::of(Fact::Words))
        })
    }
}
