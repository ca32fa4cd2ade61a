//! Equations between affine forms, solved by substitution, over variables of two kinds: those that may be any field
//! element and those that are integers in a range.
//!
//! A variable of the first kind is solved for as soon as an equation has one: it becomes a form in lower ones of its kind
//! and in any of the second. An equation of the second kind alone pins its variable, makes two of them one, or is kept
//! for `digits`.

use super::form::{Form, Poly, small};
use ark_bls12_381::Fr;
use ark_ff::{Field, Zero};
use std::cell::Cell;
use std::collections::BTreeMap;

/// The equation cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction;

/// How much of the prover's freedom an equation takes, from nothing to much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// At most a distance in time, or a variable that may be any field element.
    Nothing,
    /// A word is a given one, or two are the same.
    Word,
    /// Words have a given sum.
    Sum,
}

/// A state to go back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark(usize, usize, usize);

const NONE: u32 = u32::MAX;
/// The range of a variable that has none.
const ANY: (i64, i64) = (1, 0);
/// Ranges up to this wide are distances in time and the like.
pub const NARROW: i64 = 1 << 20;

#[derive(Clone, Debug)]
pub struct System {
    /// For each variable, the index of its form.
    solved: Vec<u32>,
    forms: Vec<Form>,
    pub(super) order: Vec<u32>,
    pub(super) ranges: Vec<(i64, i64)>,
    ranged: Vec<u32>,
    /// Ranges as they were before a sum narrowed them.
    pub(super) narrowed: Vec<(u32, (i64, i64))>,
    /// The number of substitutions so far, so that a search can give up.
    effort: Cell<u64>,
    /// Equations in ranged variables. Each has a variable that is eliminated from the later ones.
    pub sums: Vec<(u32, Form)>,
}

impl System {
    pub fn new(variables: usize) -> Self {
        System {
            solved: vec![NONE; variables],
            forms: Vec::new(),
            order: Vec::new(),
            ranges: vec![ANY; variables],
            ranged: Vec::new(),
            narrowed: Vec::new(),
            effort: Cell::new(0),
            sums: Vec::new(),
        }
    }

    /// Removes all equations.
    pub fn clear(&mut self) {
        self.back(Mark(0, 0, 0));
        for var in self.ranged.drain(..) {
            self.ranges[var as usize] = ANY;
        }
    }

    pub fn mark(&self) -> Mark {
        Mark(self.order.len(), self.sums.len(), self.narrowed.len())
    }

    /// Removes the equations since a mark, and their changes of ranges.
    pub fn back(&mut self, mark: Mark) {
        for var in self.order.drain(mark.0..) {
            self.solved[var as usize] = NONE;
        }
        self.forms.truncate(mark.0);
        self.sums.truncate(mark.1);
        for (var, range) in self.narrowed.drain(mark.2..).rev() {
            self.ranges[var as usize] = range;
        }
    }

    /// Gives a variable a range.
    pub fn range(&mut self, var: u32, low: i64, high: i64) {
        self.ranges[var as usize] = (low, high);
        self.ranged.push(var);
    }

    /// How many substitutions were made so far.
    pub fn effort(&self) -> u64 {
        self.effort.get()
    }

    pub fn ranged(&self) -> &[u32] {
        &self.ranged
    }

    /// The range of a variable, if it has one.
    pub fn range_of(&self, var: u32) -> Option<(i64, i64)> {
        let range = self.ranges[var as usize];
        (range != ANY).then_some(range)
    }

    pub fn is_solved(&self, var: u32) -> bool {
        self.solved[var as usize] != NONE
    }

    fn known(&self, var: u32) -> Option<&Form> {
        self.forms.get(self.solved[var as usize] as usize)
    }

    pub(super) fn solve(&mut self, var: u32, form: Form) {
        self.solved[var as usize] = self.forms.len() as u32;
        self.forms.push(form);
        self.order.push(var);
    }

    /// Requires both polynomials to be the same for every β.
    pub fn same(&mut self, one: &Poly, other: &Poly) -> Result<Cost, Contradiction> {
        self.vanishes(&one.minus(other))
    }

    /// Requires a polynomial to be zero for every β.
    pub fn vanishes(&mut self, poly: &Poly) -> Result<Cost, Contradiction> {
        let mut cost = Cost::Nothing;
        for form in &poly.0 {
            cost = cost.max(self.zero(form)?);
        }
        Ok(cost)
    }

    /// Requires a form to be zero.
    pub fn zero(&mut self, form: &Form) -> Result<Cost, Contradiction> {
        // Most equations can be solved at once.
        match form.terms.as_slice() {
            [] if form.constant.is_zero() => return Ok(Cost::Nothing),
            [] => return Err(Contradiction),
            [lower @ .., (var, value)] if !self.is_solved(*var) => {
                if self.ranges[*var as usize] == ANY {
                    let scale = -value.inverse().unwrap();
                    let terms = lower.iter().map(|(var, value)| (*var, *value * scale));
                    let rest = Form {
                        constant: form.constant * scale,
                        terms: terms.collect(),
                    };
                    self.solve(*var, rest);
                    return Ok(Cost::Nothing);
                }
                if lower.is_empty() {
                    return self.integers(form.clone());
                }
            }
            _ => {}
        }
        let (rest, pivot) = self.reduce(form, true);
        let Some((var, value)) = pivot else {
            return self.integers(rest);
        };
        let scale = -value.inverse().unwrap();
        self.solve(var, rest.scaled(scale));
        Ok(Cost::Nothing)
    }

    /// A form in which every solved variable is substituted.
    pub fn reduced(&self, form: &Form) -> Form {
        self.reduce(form, false).0
    }

    /// Substitutes the solved variables. With `pivot`, stops at the highest variable that can be solved for, and takes it out.
    fn reduce(&self, form: &Form, pivot: bool) -> (Form, Option<(u32, Fr)>) {
        let mut constant = form.constant;
        let mut left: BTreeMap<u32, Fr> = form.terms.iter().copied().collect();
        let mut rest: BTreeMap<u32, Fr> = BTreeMap::new();
        let mut found = None;
        let mut effort = self.effort.get();
        while let Some((var, value)) = left.pop_last() {
            effort += 1;
            if value.is_zero() {
                continue;
            }
            if let Some(known) = self.known(var) {
                constant += known.constant * value;
                for (var, factor) in &known.terms {
                    *left.entry(*var).or_default() += *factor * value;
                }
            } else if self.ranges[var as usize] == ANY && pivot {
                found = Some((var, value));
                break;
            } else {
                *rest.entry(var).or_default() += value;
            }
        }
        self.effort.set(effort);
        for (var, value) in left {
            *rest.entry(var).or_default() += value;
        }
        let mut terms: Vec<(u32, Fr)> = rest.into_iter().collect();
        terms.retain(|(_, value)| !value.is_zero());
        (Form { constant, terms }, found)
    }

    /// The value of a form, given all variables that are not solved.
    pub fn value(&self, form: &Form, values: &[Fr]) -> Fr {
        let terms = form.terms.iter();
        form.constant
            + terms
                .map(|(var, factor)| values[*var as usize] * factor)
                .sum::<Fr>()
    }

    /// Fills in the values of all solved variables, given the others.
    pub fn fill(&self, values: &mut [Fr]) {
        let mut order = self.order.clone();
        // Ranged variables follow from ranged ones alone; the others from lower ones and those.
        order.sort_unstable_by_key(|var| (self.ranges[*var as usize] == ANY, *var));
        for var in order {
            let ranged = self.ranges[var as usize] != ANY;
            let value = match (ranged, self.known(var)) {
                (true, _) => {
                    let mut root = Form::var(var);
                    while let Some((var, known)) = root
                        .terms
                        .first()
                        .and_then(|(var, _)| Some((var, self.known(*var)?)))
                    {
                        let _ = var;
                        root = known.clone();
                    }
                    self.value(&root, values)
                }
                (false, Some(known)) => self.value(known, values),
                (false, None) => continue,
            };
            values[var as usize] = value;
        }
    }

    /// Whether values satisfy every equation.
    pub fn holds(&self, values: &[Fr]) -> bool {
        let solved = self.order.iter().zip(&self.forms);
        let same = |(var, form): (&u32, &Form)| values[*var as usize] == self.value(form, values);
        let sums = self.sums.iter();
        let vanish = |(_, form): &(u32, Form)| self.value(form, values).is_zero();
        solved.into_iter().all(same) && sums.into_iter().all(vanish)
    }

    /// A ranged variable's value must be inside its range.
    pub fn inside(&self, var: u32, value: Fr) -> bool {
        let (low, high) = self.ranges[var as usize];
        small(value).is_some_and(|value| (i128::from(low)..=i128::from(high)).contains(&value))
    }
}
