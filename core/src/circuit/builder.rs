//! Writes constraints: linear combinations, families, and which variable each constraint determines.

use super::family::Family;
use super::field::pow2;
use super::matrices::{Entries, Interner, Matrices};
use super::variable::{ONE, Var};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use std::ops::{Add, Mul, Neg, Sub};

/// A linear combination of variables.
#[derive(Clone, Debug, Default)]
pub struct Lc(pub Vec<(Var, Fr)>);

impl Lc {
    /// The empty sum.
    pub fn zero() -> Self {
        Lc(Vec::new())
    }

    /// A constant.
    pub fn constant(value: impl Into<Fr>) -> Self {
        Lc(vec![(ONE, value.into())])
    }

    /// The same sum with each variable at most once, in the order of the variables, and without zero coefficients.
    pub fn merged(mut self) -> Self {
        self.0.sort_by_key(|(var, _)| *var);
        let mut merged: Vec<(Var, Fr)> = Vec::with_capacity(self.0.len());
        for (var, value) in self.0 {
            match merged.last_mut() {
                Some(last) if last.0 == var => last.1 += value,
                _ => merged.push((var, value)),
            }
        }
        merged.retain(|(_, value)| !value.is_zero());
        Lc(merged)
    }
}

impl From<Var> for Lc {
    fn from(var: Var) -> Self {
        Lc(vec![(var, Fr::one())])
    }
}

impl<T: Into<Lc>> Add<T> for Lc {
    type Output = Lc;
    fn add(mut self, other: T) -> Lc {
        self.0.extend(other.into().0);
        self
    }
}

impl<T: Into<Lc>> Sub<T> for Lc {
    type Output = Lc;
    fn sub(mut self, other: T) -> Lc {
        self.0
            .extend(other.into().0.into_iter().map(|(var, value)| (var, -value)));
        self
    }
}

impl Neg for Lc {
    type Output = Lc;
    fn neg(self) -> Lc {
        Lc::zero() - self
    }
}

impl Mul<Fr> for Lc {
    type Output = Lc;
    fn mul(mut self, factor: Fr) -> Lc {
        for (_, value) in &mut self.0 {
            *value *= factor;
        }
        self
    }
}

impl<T: Into<Lc>> Add<T> for Var {
    type Output = Lc;
    fn add(self, other: T) -> Lc {
        Lc::from(self) + other
    }
}

impl<T: Into<Lc>> Sub<T> for Var {
    type Output = Lc;
    fn sub(self, other: T) -> Lc {
        Lc::from(self) - other
    }
}

impl Mul<Fr> for Var {
    type Output = Lc;
    fn mul(self, factor: Fr) -> Lc {
        Lc::from(self) * factor
    }
}

/// The sum of limbs, each `bits` wide, lowest first.
pub fn recompose(limbs: &[Var], bits: u32) -> Lc {
    let mut sum = Lc::zero();
    for (index, limb) in limbs.iter().enumerate() {
        sum = sum + *limb * pow2(bits * index as u32);
    }
    sum
}

/// How the prover computes the variable that a constraint determines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The variable stands on the C side with coefficient one: it is A·B minus the other terms of C.
    Product,
    /// The variable is the whole A side: it is C / B, or zero where B is zero.
    Quotient,
    /// The variable is the whole A side. Where B is not zero it is 0. Where B is zero, it is what the C side of the
    /// next constraint is without it.
    WhereZero,
}

/// A variable of the remaining witness, and the constraint that determines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The variable.
    pub var: u32,
    /// The constraint.
    pub constraint: u32,
    /// How it determines the variable.
    pub rule: Rule,
}

/// Collects constraints.
#[derive(Debug)]
pub struct Builder {
    matrices: [Entries; 3],
    interner: Interner,
    /// The family of each constraint.
    pub families: Vec<Family>,
    /// How each variable of the remaining witness is determined, in an order in which they can be computed.
    pub derivations: Vec<Derivation>,
}

impl Builder {
    /// No constraints yet.
    pub fn new() -> Self {
        Builder {
            matrices: <[Entries; 3]>::default(),
            interner: Interner::new(),
            families: Vec::new(),
            derivations: Vec::new(),
        }
    }

    /// Requires a · b = c.
    pub fn enforce(
        &mut self,
        family: Family,
        a: impl Into<Lc>,
        b: impl Into<Lc>,
        c: impl Into<Lc>,
    ) {
        for (matrix, lc) in self.matrices.iter_mut().zip([a.into(), b.into(), c.into()]) {
            for (var, value) in lc.merged().0 {
                matrix.push(var.0, self.interner.index(value));
            }
            matrix.end_row();
        }
        self.families.push(family);
    }

    /// Requires a linear combination to be zero.
    pub fn zero(&mut self, family: Family, lc: impl Into<Lc>) {
        self.enforce(family, lc, ONE, Lc::zero());
    }

    /// Requires a linear combination to be 0 or 1. The C side stays empty: a committed variable on the C side costs the
    /// prover one more base.
    pub fn boolean(&mut self, family: Family, bit: impl Into<Lc>) {
        let bit = bit.into();
        self.enforce(family, bit.clone(), ONE - bit, Lc::zero());
    }

    /// Determines `var` as a · b.
    pub fn product(&mut self, family: Family, var: Var, a: impl Into<Lc>, b: impl Into<Lc>) -> Var {
        self.derive(var, Rule::Product);
        self.enforce(family, a, b, var);
        var
    }

    /// Determines `var` as numerator / (pole − tuple): one term of a logarithmic derivative (Haböck, "Multivariate
    /// lookups based on logarithmic derivatives", eprint 2022/1530, section 3). The inverse is on the A side and the
    /// small values are on the B side, where a variable costs a multiplication in G2.
    pub fn term(
        &mut self,
        family: Family,
        var: Var,
        pole: Var,
        tuple: impl Into<Lc>,
        numerator: impl Into<Lc>,
    ) -> Var {
        self.derive(var, Rule::Quotient);
        self.enforce(family, var, Lc::from(pole) - tuple, numerator);
        var
    }

    /// Determines `var` as the inverse of `value`, which is not zero then.
    pub fn inverse(&mut self, family: Family, var: Var, value: impl Into<Lc>) {
        self.derive(var, Rule::Quotient);
        self.enforce(family, var, value, ONE);
    }

    /// Determines `var` as `weight` where `value` is zero, and as zero elsewhere. The constraints var · value = 0 and
    /// inverse · value = weight − var leave only this value for `var`.
    pub fn where_zero(
        &mut self,
        family: Family,
        var: Var,
        inverse: Var,
        value: impl Into<Lc>,
        weight: impl Into<Lc>,
    ) {
        let value = value.into();
        self.derive(var, Rule::WhereZero);
        self.enforce(family, var, value.clone(), Lc::zero());
        self.derive(inverse, Rule::Quotient);
        self.enforce(family, inverse, value, weight.into() - var);
    }

    fn derive(&mut self, var: Var, rule: Rule) {
        let constraint = self.families.len() as u32;
        self.derivations.push(Derivation {
            var: var.0,
            constraint,
            rule,
        });
    }

    /// The matrices, the families and the derivations.
    pub fn finish(self) -> (Matrices, Vec<Family>, Vec<Derivation>) {
        let matrices = Matrices {
            abc: self.matrices.map(Entries::finish),
            coefficients: self.interner.into_values(),
        };
        (matrices, self.families, self.derivations)
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}
