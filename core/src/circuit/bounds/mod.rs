//! Bounds: which expressions may share a field element with others, how wide they are, and what that rests on.
//!
//! A value that is packed with others (`x + 2^40·y`) must be bounded, or a fraction in `x` makes up for a lie in `y`. So
//! packing takes [`Bounded`] expressions only. Outside this folder there is no way to make one but to write the constraint
//! that bounds it: a number, a boolean, a choice of two, a range lookup, a fetch, or sums and products of these. A
//! committed column is an [`Lc`] and no [`Bounded`]: packing it does not compile. What has no bound stands under a power
//! of β of its own, which takes a [`Scaled`] expression.
//!
//! Each bound names the [`Fact`] of `docs/proof-system.md` that it rests on. Facts are ordered, a tuple that serves a fact
//! takes bounds that rest on earlier ones, and the circuit is not built otherwise: so no bound rests on itself.

mod choices;
mod context;
mod digits;
mod fact;
mod ledger;
mod program;
mod ranges;
mod tuples;
mod words;

pub(super) use choices::Outcome;
pub(super) use context::{Context, Numerator};
pub use fact::{Basis, Fact};
pub use ledger::{Ledger, Refusal, Use};
pub(super) use program::ProgramTable;
pub(super) use tuples::{Memory, Question};

use super::builder::{Lc, ONE};
use ark_bls12_381::Fr;
use std::ops::{Add, Neg, Sub};

/// A linear combination that is an integer between two others whenever the constraints hold. The numbers saturate: a
/// bound at an end of `i128` is none, and no packing takes it.
#[derive(Clone, Debug)]
pub struct Bounded {
    lc: Lc,
    min: i128,
    max: i128,
    basis: Basis,
}

impl Bounded {
    /// A number.
    pub fn constant(number: i128) -> Self {
        Bounded {
            lc: Lc::from(ONE) * field(number),
            min: number,
            max: number,
            basis: Basis::of(Fact::Selections),
        }
    }

    /// The linear combination.
    pub fn lc(&self) -> Lc {
        self.lc.clone()
    }

    /// A multiple.
    pub fn times(&self, factor: i128) -> Self {
        let [one, other] = [self.min, self.max].map(|end| end.saturating_mul(factor));
        Bounded {
            lc: self.lc.clone() * field(factor),
            min: one.min(other),
            max: one.max(other),
            basis: self.basis,
        }
    }

    /// The bounds of a product of two.
    fn product_bounds(&self, other: &Bounded) -> (i128, i128) {
        let ends =
            [self.min, self.max].map(|a| [other.min, other.max].map(|b| a.saturating_mul(b)));
        let ends = ends.as_flattened();
        let (min, max) = (ends.iter().copied().min(), ends.iter().copied().max());
        (min.unwrap_or(i128::MIN), max.unwrap_or(i128::MAX))
    }

    /// The same expression, known within these numbers by a fact.
    fn known(lc: impl Into<Lc>, (min, max): (i128, i128), basis: Basis) -> Self {
        let lc = lc.into();
        Bounded {
            lc,
            min,
            max,
            basis,
        }
    }

    /// The smallest interval that holds both.
    fn hull(&self, other: &Bounded) -> (i128, i128) {
        (self.min.min(other.min), self.max.max(other.max))
    }
}

impl Add<&Bounded> for Bounded {
    type Output = Bounded;
    fn add(self, other: &Bounded) -> Bounded {
        Bounded {
            lc: (self.lc + other.lc.clone()).merged(),
            min: self.min.saturating_add(other.min),
            max: self.max.saturating_add(other.max),
            basis: self.basis.max(other.basis),
        }
    }
}

impl Add<Bounded> for Bounded {
    type Output = Bounded;
    fn add(self, other: Bounded) -> Bounded {
        self + &other
    }
}

impl Sub<&Bounded> for Bounded {
    type Output = Bounded;
    fn sub(self, other: &Bounded) -> Bounded {
        self + other.times(-1)
    }
}

impl Sub<Bounded> for Bounded {
    type Output = Bounded;
    fn sub(self, other: Bounded) -> Bounded {
        self - &other
    }
}

impl Neg for Bounded {
    type Output = Bounded;
    fn neg(self) -> Bounded {
        self.times(-1)
    }
}

impl From<Bounded> for Lc {
    fn from(bounded: Bounded) -> Lc {
        bounded.lc
    }
}

impl From<&Bounded> for Lc {
    fn from(bounded: &Bounded) -> Lc {
        bounded.lc.clone()
    }
}

/// A number as a field element.
fn field(number: i128) -> Fr {
    let size = Fr::from(number.unsigned_abs());
    if number < 0 {
        -size
    } else {
        size
    }
}

#[cfg(test)]
mod tests;
