//! Tuples: packed fields, each bounded, and what stands under powers of β.

use super::{Basis, Bounded, Context, Fact};
use crate::circuit::builder::{pow2, Family, Lc, Var};
use crate::circuit::layout::statement::BETA;
use crate::circuit::tuple::{Format, COPROCESSOR, MEMORY};
use ark_bls12_381::Fr;

/// A power of β that keeps a field apart from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Power {
    Beta,
    BetaSquared,
}

/// An expression, of which nothing has to be known, times a power of β.
#[derive(Clone, Debug)]
pub(in crate::circuit) struct Scaled {
    lc: Lc,
    power: Power,
}

impl Scaled {
    /// The linear combination.
    pub fn lc(&self) -> Lc {
        self.lc.clone()
    }
}

/// What a lookup or the memory compares: packed fields, and others under powers of β.
#[derive(Clone, Debug)]
pub(super) struct Tuple {
    lc: Lc,
    powers: Vec<Power>,
}

impl Tuple {
    /// One value alone, of which nothing has to be known.
    pub fn single(value: Lc) -> Self {
        Tuple {
            lc: value,
            powers: Vec::new(),
        }
    }

    /// With a field under a power of β. A power serves one field: a second one under it would trade with the first.
    pub fn under(mut self, field: Scaled) -> Self {
        debug_assert!(!self.powers.contains(&field.power), "{:?}", field.power);
        if !self.powers.contains(&field.power) {
            self.lc = self.lc + field.lc;
            self.powers.push(field.power);
        }
        self
    }

    /// With what the packed fields are, where they are no expressions of their own.
    pub(super) fn plus(mut self, packed: Lc) -> Self {
        self.lc = self.lc + packed;
        self
    }

    pub(super) fn lc(self) -> Lc {
        self.lc
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
    pub value: Option<Scaled>,
    /// Its address, under β².
    pub address: Scaled,
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
    /// Packs fields, each into its room, for a tuple that serves a fact.
    pub(super) fn pack(
        &mut self,
        format: &Format,
        tuple: &'static str,
        fields: &[Bounded],
        serves: Basis,
    ) -> Tuple {
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
        let serves = Basis::of(Fact::MemoryTuples);
        let packed = self.pack(&MEMORY, tuple, &fields, serves);
        let valued = match cell.value {
            Some(value) => packed.under(value),
            None => packed,
        };
        valued.under(cell.address)
    }

    pub(super) fn question_tuple(&mut self, tuple: &'static str, question: Question) -> Tuple {
        let Question {
            a,
            op,
            c,
            result,
            b,
        } = question;
        let serves = Basis::of(Fact::Coprocessors);
        self.pack(&COPROCESSOR, tuple, &[a, op, c, result, b], serves)
    }

    /// A new variable, an expression times β.
    pub fn times_beta(&mut self, family: Family, value: impl Into<Lc>) -> Scaled {
        let lc = self.free_product(family, value, BETA).into();
        Scaled {
            lc,
            power: Power::Beta,
        }
    }

    /// A new variable, an expression times β².
    pub fn times_beta_squared(&mut self, family: Family, value: impl Into<Lc>) -> Scaled {
        let squared: Var = self.beta_squared();
        let lc = self.free_product(family, value, squared).into();
        Scaled {
            lc,
            power: Power::BetaSquared,
        }
    }

    /// A number times β, which takes no constraint.
    pub fn beta(&self, number: Fr) -> Scaled {
        Scaled {
            lc: BETA * number,
            power: Power::Beta,
        }
    }

    /// A number times β², which takes no constraint.
    pub fn number_times_beta_squared(&self, number: u64) -> Scaled {
        Scaled {
            lc: self.beta_squared() * Fr::from(number),
            power: Power::BetaSquared,
        }
    }
}
