//! Tuples: packed fields, each bounded, and what stands under powers of β.

use super::Bounded;
use crate::circuit::builder::Lc;

/// An expression times β. The expression needs no bound.
#[derive(Clone, Debug)]
pub(in crate::circuit) struct TimesBeta(pub(super) Lc);

/// An expression times β². The expression needs no bound.
#[derive(Clone, Debug)]
pub(in crate::circuit) struct TimesBetaSquared(pub(super) Lc);

impl TimesBeta {
    /// The linear combination.
    pub fn lc(&self) -> Lc {
        self.0.clone()
    }
}

/// What a lookup or the memory compares: packed fields, one field under β, and one under β². Two fields under one power
/// could compensate for each other, so no sum takes such a tuple.
#[derive(Clone, Debug)]
pub(super) struct Tuple {
    packed: Lc,
    value: Option<TimesBeta>,
    address: Option<TimesBetaSquared>,
    /// Whether a second field was put under the same power.
    clashes: bool,
}

impl Tuple {
    /// A single value. It needs no bound.
    pub fn single(value: Lc) -> Self {
        Tuple {
            packed: value,
            value: None,
            address: None,
            clashes: false,
        }
    }

    /// With a field under β.
    pub fn under_beta(self, value: TimesBeta) -> Self {
        Tuple {
            clashes: self.clashes || self.value.is_some(),
            value: Some(value),
            ..self
        }
    }

    /// With a field under β².
    pub fn under_beta_squared(self, address: TimesBetaSquared) -> Self {
        Tuple {
            clashes: self.clashes || self.address.is_some(),
            address: Some(address),
            ..self
        }
    }

    /// Adds the packed fields, if they are not expressions of their own.
    pub(super) fn plus(self, packed: Lc) -> Self {
        Tuple {
            packed: self.packed + packed,
            ..self
        }
    }

    pub(super) fn clashes(&self) -> bool {
        self.clashes
    }

    pub(super) fn lc(self) -> Lc {
        let value = self.value.map(|value| value.0).unwrap_or_default();
        let address = self.address.map(|address| address.0).unwrap_or_default();
        self.packed + value + address
    }
}

/// A cell of the memory at a time. The time, the space and the `set` bit are packed. The value and the address are not.
pub(in crate::circuit) struct Memory {
    /// When the cell was put.
    pub time: Bounded,
    /// Which memory space the cell belongs to.
    pub space: Bounded,
    /// 1 if the cell was ever stored.
    pub set: Bounded,
    /// The value, under β. None stands for zero.
    pub value: Option<TimesBeta>,
    /// The address, under β².
    pub address: TimesBetaSquared,
}

/// A question to the coprocessors and its answer. All fields are packed.
#[derive(Clone)]
pub(in crate::circuit) struct Question {
    /// The first operand.
    pub a: Bounded,
    /// The operation.
    pub op: Bounded,
    /// The carry.
    pub c: Bounded,
    /// The result.
    pub result: Bounded,
    /// The second operand.
    pub b: Bounded,
}
