//! Computes what an expression is a function of, and so whether it is fixed before the challenges are drawn.

use super::context::Context;
use super::fixed::Fixed;
use crate::circuit::builder::Lc;
use crate::circuit::layout::statement::BETA;
use crate::circuit::variable::{ONE, Var};

impl Context<'_> {
    /// What a linear combination is a function of.
    pub(super) fn fixed_by(&self, lc: &Lc) -> Fixed {
        let vars = lc.0.iter().map(|(var, _)| self.fixed_var(*var));
        vars.max().unwrap_or(Fixed::COMMITTED)
    }

    /// What a product of two expressions is a function of.
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

    /// Refuses an expression that is not a function of the committed block alone.
    pub(super) fn require_committed(&mut self, what: &'static str, lc: &Lc) {
        if self.fixed_by(lc) > Fixed::COMMITTED {
            let why = "which is not fixed by the committed block".into();
            self.ledger.refuse(what, "a value", why);
        }
    }
}
