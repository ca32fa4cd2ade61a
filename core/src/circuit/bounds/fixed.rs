//! What is fixed before the challenges are drawn. Committed values are; so is a product of two fixed values, and the answer
//! of a zero test of one. A term of a sum is not, nor the inverse in a zero test: a prover chooses them last.

use super::Context;
use crate::circuit::builder::Lc;
use crate::circuit::layout::statement::BETA;
use crate::circuit::variable::{ONE, Var};

/// What a value is a function of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::circuit) enum Fixed {
    /// A polynomial in β of this degree, whose coefficients are functions of the committed block.
    Degree(u8),
    /// Anything else.
    Free,
}

impl Fixed {
    /// A function of the committed block alone.
    pub const COMMITTED: Fixed = Fixed::Degree(0);

    fn product(self, other: Fixed) -> Fixed {
        match (self, other) {
            (Fixed::Degree(a), Fixed::Degree(b)) => Fixed::Degree(a.saturating_add(b)),
            _ => Fixed::Free,
        }
    }
}

impl Context<'_> {
    /// What a linear combination is a function of.
    pub(super) fn fixed_by(&self, lc: &Lc) -> Fixed {
        let vars = lc.0.iter().map(|(var, _)| self.fixed_var(*var));
        vars.max().unwrap_or(Fixed::COMMITTED)
    }

    /// What a product of two is a function of.
    pub(super) fn fixed_product(&self, a: &Lc, b: &Lc) -> Fixed {
        self.fixed_by(a).product(self.fixed_by(b))
    }

    fn fixed_var(&self, var: Var) -> Fixed {
        let (index, end) = (var.0 as usize, self.layout.committed_end());
        match index.checked_sub(end) {
            Some(derived) => self.derived.get(derived).copied().unwrap_or(Fixed::Free),
            None if var == ONE || index >= self.layout.committed_start() => Fixed::COMMITTED,
            None if var == BETA => Fixed::Degree(1),
            None => Fixed::Free,
        }
    }

    /// Refuses what is not a function of the committed block alone.
    pub(super) fn require_committed(&mut self, what: &'static str, lc: &Lc) {
        if self.fixed_by(lc) > Fixed::COMMITTED {
            let why = "which is not fixed by the committed block".into();
            self.ledger.refuse(what, "a value", why);
        }
    }
}
