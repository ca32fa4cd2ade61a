//! Packing: puts bounded fields into one field element, each into its width, and puts unbounded values under powers of
//! β.

use super::context::Context;
use super::tuples::{Memory, Question, TimesBeta, TimesBetaSquared, Tuple};
use super::{Basis, Bounded};
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;
use crate::circuit::field::pow2;
use crate::circuit::layout::statement::BETA;
use crate::circuit::tuple::{COPROCESSOR, Format, MEMORY};
use crate::circuit::variable::Var;
use ark_bls12_381::Fr;

impl Context<'_> {
    /// Packs fields, each into its width. `row` is the row of which the format's fact is shown, counted from 1, or 0 if
    /// the fact is shown for all rows at once.
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
        self.pack(&COPROCESSOR, tuple, &[a, c, result, op, b], 0)
    }

    /// A new variable: an expression times β.
    pub fn times_beta(&mut self, family: Family, value: impl Into<Lc>) -> TimesBeta {
        let value = value.into();
        self.require_committed("a field under β", &value);
        TimesBeta(self.free_product(family, value, BETA).into())
    }

    /// A new variable: an expression times β².
    pub fn times_beta_squared(&mut self, family: Family, value: impl Into<Lc>) -> TimesBetaSquared {
        let value = value.into();
        self.require_committed("a field under β²", &value);
        let squared: Var = self.beta_squared();
        TimesBetaSquared(self.free_product(family, value, squared).into())
    }

    /// The address that is so many cells further. This takes no constraint.
    pub fn beside(&self, address: &TimesBetaSquared, cells: u64) -> TimesBetaSquared {
        let distance = self.beta_squared() * Fr::from(cells);
        TimesBetaSquared(address.0.clone() + distance)
    }

    /// A number times β. This takes no constraint.
    pub fn number_times_beta(&self, number: Fr) -> TimesBeta {
        TimesBeta(BETA * number)
    }

    /// A number times β². This takes no constraint.
    pub fn number_times_beta_squared(&self, number: u64) -> TimesBetaSquared {
        TimesBetaSquared(self.beta_squared() * Fr::from(number))
    }
}
