//! The words of a question to a coprocessor, as the row that asks has them.

use super::{Bounded, Interval};
use crate::circuit::variable::Var;

/// The base of an address or of an operation on the top: a row's `fill` times a number of control bits.
pub(in crate::circuit) struct Base {
    pub(super) var: Var,
    /// How often `fill` counts.
    pub(super) times: Interval,
}

impl Base {
    /// The variable.
    pub fn var(&self) -> Var {
        self.var
    }
}

/// The two words of a question, and its operation.
pub(super) struct Words {
    pub a: Bounded,
    pub b: Bounded,
    pub op: Bounded,
}
