//! Fact 1: a value is a number, a boolean, one of two numbers, or a weight that counts where something is zero. Also
//! the bounds that follow from these by sums and products.

use super::fixed::Fixed;
use super::{Basis, Bounded, Context, Fact, Interval};
use crate::circuit::builder::Lc;
use crate::circuit::family::Family;
use crate::circuit::variable::Var;

/// What a constraint A·B = `value` − `rest` determines.
pub(in crate::circuit) struct Outcome<'a> {
    /// A.
    pub a: &'a Bounded,
    /// B.
    pub b: &'a Bounded,
    /// The other terms on the C side, subtracted from the value.
    pub rest: &'a Bounded,
}

impl Context<'_> {
    /// Requires 0 or 1.
    pub fn boolean(&mut self, family: Family, bit: impl Into<Lc>) -> Bounded {
        let bit = bit.into();
        self.builder.boolean(family, bit.clone());
        let interval = Interval::of(0, 1);
        Bounded::known(bit, interval, Basis::of(Fact::Selections))
    }

    /// Requires (one − value)·(value − other) = 0: the value is one of the two, which may be expressions.
    pub fn one_of(
        &mut self,
        family: Family,
        value: impl Into<Lc>,
        one: &Bounded,
        other: &Bounded,
    ) -> Bounded {
        let value = value.into();
        self.builder.enforce(
            family,
            one.lc() - value.clone(),
            value.clone() - other.lc(),
            Lc::zero(),
        );
        let interval = one.interval.hull(other.interval);
        Bounded::known(value, interval, one.basis.max(other.basis))
    }

    /// Requires a value to be equal to a number.
    pub fn fixed(&mut self, family: Family, value: impl Into<Lc>, number: i128) -> Bounded {
        let value = value.into();
        let number = Bounded::constant(number);
        self.builder.zero(family, value.clone() - number.lc());
        Bounded {
            lc: value,
            ..number
        }
    }

    /// Requires a value other than zero.
    pub fn not_zero(&mut self, family: Family, value: impl Into<Lc>) {
        let inverse = self.fresh(Fixed::Free);
        self.builder.inverse(family, inverse, value);
    }

    /// A new variable that is `weight` where `value` is zero, and zero elsewhere.
    pub fn where_zero(
        &mut self,
        family: Family,
        value: impl Into<Lc>,
        weight: &Bounded,
    ) -> Bounded {
        let value = value.into();
        // Whether a polynomial in β is zero is not itself a polynomial in β.
        let fixed = match self.fixed_by(&value) {
            Fixed::COMMITTED => self.fixed_by(&weight.lc),
            _ => Fixed::Free,
        };
        let (inverse, var) = (self.fresh(Fixed::Free), self.fresh(fixed));
        self.builder
            .where_zero(family, var, inverse, value, weight.lc());
        let interval = weight.interval.hull(Interval::of(0, 0));
        Bounded::known(var, interval, weight.basis)
    }

    /// A new variable that is the product of two values.
    pub fn product(&mut self, family: Family, a: &Bounded, b: &Bounded) -> Bounded {
        let var = self.free_product(family, a.lc(), b.lc());
        Bounded::known(var, a.interval * b.interval, a.basis.max(b.basis))
    }

    /// A new variable that is the product of two values, without a bound.
    pub fn free_product(&mut self, family: Family, a: impl Into<Lc>, b: impl Into<Lc>) -> Var {
        let (a, b) = (a.into(), b.into());
        let var = self.fresh(self.fixed_product(&a, &b));
        self.builder.product(family, var, a, b)
    }

    /// Requires `value` to be a product plus a rest.
    pub fn outcome(&mut self, family: Family, value: Var, of: Outcome<'_>) -> Bounded {
        let Outcome { a, b, rest } = of;
        self.builder
            .enforce(family, a.lc(), b.lc(), value - rest.lc());
        let interval = a.interval * b.interval + rest.interval;
        let basis = a.basis.max(b.basis).max(rest.basis);
        Bounded::known(value, interval, basis)
    }
}
