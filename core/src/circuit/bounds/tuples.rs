//! Tuples: packed fields, each bounded, and what stands under powers of β.

use super::Bounded;
use crate::circuit::builder::Lc;

/// An expression, of which nothing has to be known, times β.
#[derive(Clone, Debug)]
pub(in crate::circuit) struct TimesBeta(pub(super) Lc);

/// An expression, of which nothing has to be known, times β².
#[derive(Clone, Debug)]
pub(in crate::circuit) struct TimesBetaSquared(pub(super) Lc);

impl TimesBeta {
    /// The linear combination.
    pub fn lc(&self) -> Lc {
        self.0.clone()
    }
}

/// What a lookup or the memory compares: packed fields, one more under β, and one under β². A second field under one
/// power would trade with the first: no sum takes such a tuple.
#[derive(Clone, Debug)]
pub(super) struct Tuple {
    packed: Lc,
    value: Option<TimesBeta>,
    address: Option<TimesBetaSquared>,
    /// Whether a second field was put under a power.
    clashes: bool,
}

impl Tuple {
    /// One value alone, of which nothing has to be known.
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

    /// With what the packed fields are, where they are no expressions of their own.
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

/// A cell of the memory at a time. Time, space and whether it was stored are packed; value and address are not.
pub(in crate::circuit) struct Memory {
    /// When it was put there.
    pub time: Bounded,
    /// What it is part of.
    pub space: Bounded,
    /// 1 if it was ever stored.
    pub set: Bounded,
    /// Its value, under β. None for zero.
    pub value: Option<TimesBeta>,
    /// Its address, under β².
    pub address: TimesBetaSquared,
}

/// A question to the coprocessors, and its answer. All of it is packed.
pub(in crate::circuit) struct Question {
    /// The first operand.
    pub a: Bounded,
    /// The operation.
    pub op: Bounded,
    /// The carry.
    pub c: Bounded,
    /// The answer.
    pub result: Bounded,
    /// The second operand.
    pub b: Bounded,
}
