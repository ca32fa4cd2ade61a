//! Tuples: packed fields, each bounded, and what stands under powers of β.

use super::{Basis, Bounded, Context};
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;
use crate::circuit::field::pow2;
use crate::circuit::layout::statement::BETA;
use crate::circuit::tuple::{COPROCESSOR, Format, MEMORY};
use crate::circuit::variable::Var;
use ark_bls12_381::Fr;

/// An expression, of which nothing has to be known, times β.
#[derive(Clone, Debug)]
pub(in crate::circuit) struct TimesBeta(Lc);

/// An expression, of which nothing has to be known, times β².
#[derive(Clone, Debug)]
pub(in crate::circuit) struct TimesBetaSquared(Lc);

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

impl Context<'_> {
    /// Packs fields, each into its room. `row` is the row of which the format's fact is shown, counted from 1, or 0 where
    /// it is shown for all rows at once.
    pub(super) fn pack(
        &mut self,
        format: &Format,
        tuple: &'static str,
        fields: &[Bounded],
        row: usize,
    ) -> Tuple {
        let serves = Basis {
            fact: format.serves,
            row,
        };
        if fields.len() != format.fields.len() {
            let why = format!("and {} fields of {}", fields.len(), format.fields.len());
            self.ledger.refuse(tuple, format.name, why);
        }
        let mut lc = Lc::zero();
        for (index, (bounded, field)) in fields.iter().zip(format.fields).enumerate() {
            self.ledger.record(format, tuple, index, bounded, serves);
            lc = lc + bounded.lc() * pow2(field.shift);
        }
        Tuple::single(lc)
    }

    pub(super) fn memory_tuple(&mut self, tuple: &'static str, cell: Memory) -> Tuple {
        let fields = [cell.time, cell.space, cell.set];
        let packed = self.pack(&MEMORY, tuple, &fields, 0);
        let valued = match cell.value {
            Some(value) => packed.under_beta(value),
            None => packed,
        };
        valued.under_beta_squared(cell.address)
    }

    pub(super) fn question_tuple(&mut self, tuple: &'static str, question: Question) -> Tuple {
        let Question {
            a,
            op,
            c,
            result,
            b,
        } = question;
        self.pack(&COPROCESSOR, tuple, &[a, op, c, result, b], 0)
    }

    /// A new variable, an expression times β.
    pub fn times_beta(&mut self, family: Family, value: impl Into<Lc>) -> TimesBeta {
        let value = value.into();
        self.require_committed("a field under β", &value);
        TimesBeta(self.free_product(family, value, BETA).into())
    }

    /// A new variable, an expression times β².
    pub fn times_beta_squared(&mut self, family: Family, value: impl Into<Lc>) -> TimesBetaSquared {
        let value = value.into();
        self.require_committed("a field under β²", &value);
        let squared: Var = self.beta_squared();
        TimesBetaSquared(self.free_product(family, value, squared).into())
    }

    /// A number times β, which takes no constraint.
    pub fn number_times_beta(&self, number: Fr) -> TimesBeta {
        TimesBeta(BETA * number)
    }

    /// A number times β², which takes no constraint.
    pub fn number_times_beta_squared(&self, number: u64) -> TimesBetaSquared {
        TimesBetaSquared(self.beta_squared() * Fr::from(number))
    }
}
