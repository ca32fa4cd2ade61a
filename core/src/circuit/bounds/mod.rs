//! Bounds: which expressions may share a field element with others, how wide they are, and which facts these bounds
//! rest on.
//!
//! A value that is packed with others (`x + 2^40·y`) must be bounded. Otherwise a fraction in `x` could compensate for
//! a false value in `y`. So packing takes [`Bounded`] expressions only. Outside this folder, the only way to make one
//! is to write the constraint that bounds it: a number, a boolean, a choice of two, a range lookup, a fetch, or sums
//! and products of these. A committed column is an [`Lc`] and not a [`Bounded`]: packing it does not compile. A value
//! without a bound stands under a power of β of its own. One bound has no constraint on its row and does not leave this
//! folder: the words that a row takes from the stack when it asks a coprocessor (`words.rs`). That bound rests on the
//! memory.
//!
//! What is looked up or packed, and how often it counts, is fixed before the challenges are drawn. It is the committed
//! block, or products and results of zero tests that follow from it (`fixed.rs`). A sum takes nothing else. Otherwise a
//! malicious prover could choose a term after it knows the pole.
//!
//! Each bound names the [`Fact`] of `docs/proof-system.md` that it rests on. Facts are ordered. A tuple that serves a
//! fact takes only bounds that rest on earlier facts; otherwise the circuit is not built. So no bound rests on itself.

mod choices;
mod context;
mod digits;
mod fixed;
mod fixed_by;
mod ledger;
mod packing;
mod program;
mod question;
mod ranges;
mod requests;
mod sha256;
mod tuples;
mod words;

pub(super) use choices::Outcome;
pub(super) use context::{Asked, Context, Numerator};
pub use ledger::{Ledger, Refusal, Use};
pub(super) use program::ProgramTable;
pub(super) use question::Base;
pub(super) use requests::{Replaced, Request};
pub(super) use sha256::{Applied, chunk};
pub(super) use tuples::{Memory, Question};

use super::builder::Lc;
use super::fact::{Basis, Fact};
use super::interval::Interval;
use super::variable::ONE;
use ark_bls12_381::Fr;
use std::ops::{Add, Neg, Sub};

/// A linear combination whose value is an integer in a known interval whenever the constraints hold.
#[derive(Clone, Debug)]
pub struct Bounded {
    lc: Lc,
    interval: Interval,
    basis: Basis,
}

impl Bounded {
    /// A number.
    pub fn constant(number: i128) -> Self {
        Bounded {
            lc: Lc::from(ONE) * field(number),
            interval: Interval::of(number, number),
            basis: Basis::of(Fact::Selections),
        }
    }

    /// The linear combination.
    pub fn lc(&self) -> Lc {
        self.lc.clone()
    }

    /// A multiple.
    pub fn times(&self, factor: i128) -> Self {
        Bounded {
            lc: self.lc.clone() * field(factor),
            interval: self.interval * Interval::of(factor, factor),
            basis: self.basis,
        }
    }

    /// An expression that is in an interval because of a fact.
    fn known(lc: impl Into<Lc>, interval: Interval, basis: Basis) -> Self {
        Bounded {
            lc: lc.into(),
            interval,
            basis,
        }
    }

    /// With a wider interval, which also contains these numbers.
    fn or_within(self, min: i128, max: i128) -> Self {
        Bounded {
            interval: self.interval.hull(Interval::of(min, max)),
            ..self
        }
    }

    /// Whether constraints of the row make it 0 or 1.
    fn is_boolean(&self) -> bool {
        self.interval.is_within(Interval::of(0, 1)) && self.basis.fact == Fact::Selections
    }
}

impl Add<&Bounded> for Bounded {
    type Output = Bounded;
    fn add(self, other: &Bounded) -> Bounded {
        Bounded {
            lc: (self.lc + other.lc.clone()).merged(),
            interval: self.interval + other.interval,
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
    if number < 0 { -size } else { size }
}

#[cfg(test)]
mod tests;
