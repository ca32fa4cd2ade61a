//! The difference of two solutions of a row's constraints, followed through the matrices. A value in which the two cannot differ
//! is *same*. Inputs are same from the start, and stand for any value. Control bits are known numbers. So the result holds for
//! all inputs at once.
//!
//! The rules, each exact:
//! - A·B = C with A (or B) a known number a is linear: a·ΔB = ΔC. With A and B same it is ΔC = 0.
//! - A linear equation of the differences, reduced by the others, in which one value is left, makes it same.
//! - x·(1 − x) = 0 means that x is 0 or 1; a lookup in the range table that x is below 2^k. So differences are integers
//!   with bounds, a linear equation between them is one of integers where it cannot wrap around p, and bounds narrow each
//!   other until a difference can only be zero.
//! - z·v = 0 and i·v = w − z make z the answer to "is v zero", w or 0: same where v and w are.

mod bounds;
mod rules;
mod scope;

use super::equations::{Equations, Form, add};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use bounds::Bounds;
use provable::circuit::variable::Var;
use provable::circuit::{Circuit, Family};
use std::collections::{HashMap, HashSet};

/// The differences of two solutions.
#[derive(Clone)]
pub struct Differences<'a> {
    circuit: &'a Circuit,
    /// Constraints that are left out.
    dropped: Option<Family>,
    /// The constraints of the row, except for sums and terms.
    constraints: Vec<usize>,
    /// Terms of sums: the sum, the constraint.
    terms: Vec<(Family, usize)>,
    /// Values that are known numbers.
    known: HashMap<u32, Fr>,
    /// Values that are another value plus a known number.
    follows: HashMap<u32, (u32, Fr)>,
    same: HashSet<u32>,
    /// Linear forms that are known numbers.
    numbers: Vec<(Form, Fr)>,
    /// Relations that are given besides the constraints.
    given: Vec<Form>,
    bounds: Bounds,
    equations: Equations,
}

impl<'a> Differences<'a> {
    /// The constraints whose committed variables are all in `allowed` and at least one in `own`.
    pub fn new(
        circuit: &'a Circuit,
        own: &HashSet<u32>,
        allowed: &HashSet<u32>,
        dropped: Option<Family>,
    ) -> Self {
        let (constraints, terms) = scope::scope(circuit, own, allowed, dropped);
        let mut same = HashSet::new();
        same.extend(1..circuit.layout.committed_start() as u32);
        // β², the first derived value.
        same.extend(circuit.derivations.first().map(|squared| squared.var));
        Differences {
            circuit,
            dropped,
            constraints,
            terms,
            known: HashMap::from([(0, Fr::one())]),
            follows: HashMap::new(),
            same,
            numbers: Vec::new(),
            given: Vec::new(),
            bounds: Bounds::default(),
            equations: Equations::default(),
        }
    }

    pub fn know(&mut self, var: Var, value: Fr) {
        self.known.insert(var.0, value);
    }

    /// A value that is an input and a number.
    pub fn follows(&mut self, var: Var, input: Var, number: Fr) {
        self.follows.insert(var.0, (input.0, number));
        self.same.insert(var.0);
    }

    /// An input.
    pub fn input(&mut self, var: Var) {
        self.same.insert(var.0);
    }

    /// Two solutions agree in a sum of limbs.
    pub fn input_word(&mut self, limbs: &[Var], bits: u32) {
        let sum = provable::circuit::builder::recompose(limbs, bits);
        let form = sum.0.into_iter().map(|(var, value)| (var.0, value));
        self.given.push(form.collect());
    }

    /// Two solutions agree in a linear form.
    pub fn input_form(&mut self, form: Form) {
        self.given.push(form);
    }

    /// A linear form that is a known number. So two solutions agree in it.
    pub fn know_form(&mut self, form: Form, value: Fr) {
        self.numbers.push((form.clone(), value));
        self.given.push(form);
    }

    /// Both solutions have a sum of limbs between zero and this.
    pub fn bound_word(&mut self, limbs: &[Var], bits: u32, highest: i128) {
        // The number of a step row's variable, which a table's row does not have. It is below all others, so that the equations solve
        // for a limb and keep the word.
        let word = (self.circuit.layout.committed_start() + self.given.len()) as u32;
        self.input_word(limbs, bits);
        if let Some(form) = self.given.last_mut() {
            form.insert(word, -Fr::one());
        }
        self.bounds.value(word, 0, highest);
    }

    pub fn is_same(&self, var: Var) -> bool {
        self.same.contains(&var.0) || self.known.contains_key(&var.0)
    }

    /// Applies the rules until nothing new follows.
    pub fn solve(&mut self) {
        self.boolean_bounds();
        self.range_bounds();
        loop {
            let before = (self.same.len(), self.bounds.narrowed);
            self.equations = Equations::default();
            for form in self.given.clone() {
                self.equations.require(self.without_same(form));
            }
            // Two passes: a product of same values is seen as one only when the equations say so.
            for _ in 0..2 {
                for row in self.constraints.clone() {
                    if let Some(form) = self.linear(row) {
                        self.equations.require(form);
                    }
                }
            }
            let reduced = self.equations.reduced();
            for (var, form) in reduced {
                match form.is_empty() {
                    true => drop(self.same.insert(var)),
                    false => self.bounds.equation(var, &form),
                }
            }
            self.same.extend(self.bounds.zero());
            self.zero_tests();
            if (self.same.len(), self.bounds.narrowed) == before {
                return;
            }
        }
    }

    /// The linear combinations that the constraints require to be zero, with the known numbers substituted.
    pub fn zeros(&self) -> Vec<Form> {
        let asks = |row: &usize| {
            let factor = self.number(0, *row).filter(|number| !number.is_zero());
            (factor.is_some() && self.number(2, *row) == Some(Fr::zero())).then(|| {
                let mut form = Form::new();
                for (var, coefficient) in self.side(1, *row) {
                    match self.known.get(&var) {
                        Some(number) => *form.entry(0).or_default() += *number * coefficient,
                        None => *form.entry(var).or_default() += coefficient,
                    }
                }
                form.retain(|_, value| !value.is_zero());
                form
            })
        };
        self.constraints.iter().filter_map(asks).collect()
    }

    fn side(&self, side: usize, row: usize) -> impl Iterator<Item = (u32, Fr)> + '_ {
        let matrices = &self.circuit.matrices;
        let entries = matrices.abc[side].row(row);
        entries.map(|(var, index)| (var, matrices.coefficients[index as usize]))
    }

    /// A side that is a known number.
    fn number(&self, side: usize, row: usize) -> Option<Fr> {
        if !self.numbers.is_empty() {
            let form: Form = self.side(side, row).collect();
            let found = self.numbers.iter().find(|(known, _)| *known == form);
            if let Some((_, value)) = found {
                return Some(*value);
            }
        }
        let (mut sum, mut rest) = (Fr::zero(), Form::new());
        for (var, coefficient) in self.side(side, row) {
            let (base, number) = match self.follows.get(&var) {
                Some((base, number)) => (*base, *number),
                None => (var, Fr::zero()),
            };
            sum += number * coefficient;
            match self.known.get(&base) {
                Some(number) => sum += *number * coefficient,
                None => *rest.entry(base).or_default() += coefficient,
            }
        }
        rest.values().all(Zero::is_zero).then_some(sum)
    }

    fn without_same(&self, form: Form) -> Form {
        let moves = |var: &u32| !self.same.contains(var) && !self.known.contains_key(var);
        form.into_iter().filter(|(var, _)| moves(var)).collect()
    }

    /// The difference of a side.
    fn difference(&self, side: usize, row: usize) -> Form {
        let mut form = Form::new();
        for (var, coefficient) in self.side(side, row) {
            *form.entry(var).or_default() += coefficient;
        }
        self.without_same(form)
    }

    /// The equation of a constraint between differences, if it is linear in them.
    fn linear(&self, row: usize) -> Option<Form> {
        let [a, b, c] = [0, 1, 2].map(|side| self.difference(side, row));
        let mut form = Form::new();
        add(&mut form, &c, -Fr::one());
        if let Some(number) = self.number(0, row) {
            add(&mut form, &b, number);
        } else if let Some(number) = self.number(1, row) {
            add(&mut form, &a, number);
        } else if !(self.vanishes(a) && self.vanishes(b)) {
            return None;
        }
        Some(form)
    }

    fn vanishes(&self, form: Form) -> bool {
        self.equations.reduce(form).is_empty()
    }

    /// Whether all solutions agree in a tuple (and its numerator, if it is a known number other than zero).
    pub fn agrees(&self, row: usize) -> bool {
        self.vanishes(self.difference(1, row)) && self.vanishes(self.difference(2, row))
    }

    /// Whether the constraints of one of these families are left out.
    pub fn lacks(&self, families: &[Family]) -> bool {
        self.dropped
            .is_some_and(|dropped| families.contains(&dropped))
    }

    /// The terms of these sums whose numerator is not known to be zero.
    pub fn terms(&self, sums: &[Family]) -> Vec<usize> {
        let on = |row: usize| self.number(2, row).is_none_or(|number| !number.is_zero());
        let terms = self
            .terms
            .iter()
            .filter(|(sum, row)| sums.contains(sum) && on(*row));
        terms.map(|(_, row)| *row).collect()
    }

    /// The family of a constraint.
    pub fn family(&self, row: usize) -> Family {
        self.circuit.families[row]
    }
}
