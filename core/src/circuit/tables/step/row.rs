//! A row's columns by name.

use crate::circuit::bounds::Bounded;
use crate::circuit::builder::Lc;
use crate::circuit::encoding::Bit;
use crate::circuit::layout::Layout;
use crate::circuit::variable::Var;

/// Reads one row's columns by name.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) layout: &'a Layout,
    pub(super) index: usize,
}

impl Row<'_> {
    pub(super) fn at(&self, column: usize) -> Var {
        self.layout.step.at(self.index, column)
    }

    /// The row after; `None` for the last.
    pub(super) fn next(&self) -> Option<Self> {
        let index = self.index + 1;
        let layout = self.layout;
        (index < layout.step.rows).then_some(Row { layout, index })
    }

    /// By how much a counter grows. The last row, which halts, changes no counter.
    pub(super) fn growth(&self, counter: usize) -> Lc {
        self.next().map_or(Lc::zero(), |next| {
            Lc::from(next.at(counter)) - self.at(counter)
        })
    }

    /// The time of the row.
    pub(super) fn now(&self) -> Bounded {
        Bounded::constant(self.index as i128 + 1)
    }
}

/// The bits of binary operations, and `Drop`: each stands for a pop.
pub(super) const POP: [Bit; 5] = [Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry, Bit::Drop];

/// The bits of binary operations.
pub(super) const BINARY: [Bit; 4] = [Bit::Add, Bit::Sub, Bit::Cop, Bit::CopCarry];
