//! Affine forms in the unknown columns, and polynomials in β whose coefficients are such forms.

use ark_bls12_381::Fr;
use ark_ff::{PrimeField, Zero};

/// A constant and multiples of variables, in the variables' order, none of them zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub constant: Fr,
    pub terms: Vec<(u32, Fr)>,
}

impl Form {
    pub fn constant(constant: Fr) -> Self {
        Form {
            constant,
            terms: Vec::new(),
        }
    }

    pub fn var(var: u32) -> Self {
        Form {
            constant: Fr::zero(),
            terms: vec![(var, Fr::from(1u64))],
        }
    }

    pub fn is_zero(&self) -> bool {
        self.terms.is_empty() && self.constant.is_zero()
    }

    /// Adds a multiple of another form, and leaves the terms as they come: [`Form::tidy`] follows.
    pub fn gather(&mut self, other: &Form, scale: Fr) {
        self.constant += other.constant * scale;
        self.terms.extend(
            other
                .terms
                .iter()
                .map(|(var, value)| (*var, *value * scale)),
        );
    }

    /// Puts the terms in order, one for each variable.
    pub fn tidy(&mut self) {
        if self.terms.len() > 1 {
            self.terms.sort_unstable_by_key(|(var, _)| *var);
            let mut merged: Vec<(u32, Fr)> = Vec::with_capacity(self.terms.len());
            for (var, value) in self.terms.drain(..) {
                match merged.last_mut() {
                    Some(last) if last.0 == var => last.1 += value,
                    _ => merged.push((var, value)),
                }
            }
            self.terms = merged;
        }
        self.terms.retain(|(_, value)| !value.is_zero());
    }

    pub fn scaled(&self, scale: Fr) -> Form {
        let mut form = Form::default();
        form.gather(self, scale);
        form.tidy();
        form
    }

    pub fn minus(&self, other: &Form) -> Form {
        let mut form = self.clone();
        form.gather(other, -Fr::from(1u64));
        form.tidy();
        form
    }
}

/// Σ βⁱ·formᵢ. No leading form is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poly(pub Vec<Form>);

impl Poly {
    pub fn constant(value: Fr) -> Self {
        let mut poly = Poly(vec![Form::constant(value)]);
        poly.tidy();
        poly
    }

    /// The coefficient of a power, made if it is not there yet.
    pub fn at(&mut self, power: usize) -> &mut Form {
        if self.0.len() <= power {
            self.0.resize(power + 1, Form::default());
        }
        &mut self.0[power]
    }

    pub fn gather(&mut self, other: &Poly, scale: Fr) {
        for (power, form) in other.0.iter().enumerate() {
            self.at(power).gather(form, scale);
        }
    }

    pub fn tidy(&mut self) {
        self.0.iter_mut().for_each(Form::tidy);
        while self.0.last().is_some_and(Form::is_zero) {
            self.0.pop();
        }
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The number, if there is no unknown and no β in it.
    pub fn number(&self) -> Option<Fr> {
        match self.0.as_slice() {
            [] => Some(Fr::zero()),
            [form] if form.terms.is_empty() => Some(form.constant),
            _ => None,
        }
    }

    /// Whether no unknown is in it.
    pub fn is_known(&self) -> bool {
        self.0.iter().all(|form| form.terms.is_empty())
    }

    pub fn minus(&self, other: &Poly) -> Poly {
        let mut poly = self.clone();
        poly.gather(other, -Fr::from(1u64));
        poly.tidy();
        poly
    }

    /// The product, if one factor has no unknowns.
    pub fn times(&self, other: &Poly) -> Option<Poly> {
        let (known, other) = match (self.is_known(), other.is_known()) {
            (true, _) => (self, other),
            (_, true) => (other, self),
            _ => return None,
        };
        let mut product = Poly::default();
        for (power, factor) in known.0.iter().enumerate() {
            if factor.constant.is_zero() {
                continue;
            }
            for (more, form) in other.0.iter().enumerate() {
                product.at(power + more).gather(form, factor.constant);
            }
        }
        product.tidy();
        Some(product)
    }
}

/// An integer of either sign as a field element.
pub fn integer(value: i128) -> Fr {
    let size = Fr::from(value.unsigned_abs());
    match value < 0 {
        true => -size,
        false => size,
    }
}

/// The integer below 2^100 in absolute value that a field element stands for.
pub fn small(value: Fr) -> Option<i128> {
    let low = |value: Fr| match value.into_bigint().0 {
        [low, high, 0, 0] if high < 1 << 36 => Some(i128::from(high) << 64 | i128::from(low)),
        _ => None,
    };
    low(value).or_else(|| low(-value).map(|value| -value))
}
