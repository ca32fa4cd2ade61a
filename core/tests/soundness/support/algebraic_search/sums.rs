//! Equations between ranged variables alone: sums of integers that are zero in the field.

use super::form::{Form, integer, small};
use super::radix::split;
use super::system::{Contradiction, Cost, NARROW, System};
use ark_bls12_381::Fr;
use ark_ff::{Field, Zero};

/// How often the consequences of one sum are substituted into the others.
const ROUNDS: usize = 12;

impl System {
    /// A sum from which the own variables of other sums are eliminated.
    fn eliminated(&self, mut form: Form, sums: &[(u32, Form)]) -> Form {
        for (pivot, sum) in sums {
            let at = |form: &Form| {
                let place = form.terms.binary_search_by_key(pivot, |(var, _)| *var);
                place.ok().map(|place| form.terms[place].1)
            };
            if let (Some(value), Some(own)) = (at(&form), at(sum)) {
                form.gather(sum, -value * own.inverse().unwrap());
                form.tidy();
            }
        }
        form
    }

    /// The variable of a sum that is eliminated from others: the latest word, or the latest variable if the sum has no word. So sums of
    /// distances in time remain.
    fn pivot(&self, form: &Form) -> Option<u32> {
        let vars = form.terms.iter().map(|(var, _)| *var);
        vars.max_by_key(|var| {
            let (low, high) = self.ranges[*var as usize];
            (high - low >= NARROW, *var)
        })
    }

    /// The sums with all solved variables substituted, each with a variable of its own, the earliest first. `None` if they cannot all
    /// hold.
    pub fn echelon(&self) -> Option<Vec<Form>> {
        let mut rows: Vec<(u32, Form)> = Vec::new();
        for (_, sum) in &self.sums {
            let sum = self.eliminated(self.reduced(sum), &rows);
            match self.pivot(&sum) {
                Some(pivot) => rows.push((pivot, sum)),
                None if sum.is_zero() => {}
                None => return None,
            }
        }
        rows.sort_by_key(|(pivot, sum)| {
            let narrow = |(var, _): &(u32, Fr)| cost(self.ranges[*var as usize]) == Cost::Nothing;
            (!sum.terms.iter().all(narrow), *pivot)
        });
        Some(rows.into_iter().map(|(_, sum)| sum).collect())
    }

    /// An equation in ranged variables alone.
    pub(super) fn integers(&mut self, form: Form) -> Result<Cost, Contradiction> {
        let form = match form.terms.len() {
            0..=2 => form,
            _ => self.reduced(&self.eliminated(form, &self.sums)),
        };
        let range = |var: u32| self.ranges[var as usize];
        match *form.terms.as_slice() {
            [] if form.constant.is_zero() => Ok(Cost::Nothing),
            [] => Err(Contradiction),
            [(var, factor)] => {
                let value = -form.constant * factor.inverse().unwrap();
                let (low, high) = range(var);
                let inside = |number: &i128| (low.into()..=high.into()).contains(number);
                small(value).filter(inside).ok_or(Contradiction)?;
                self.solve(var, Form::constant(value));
                Ok(cost((low, high)))
            }
            [(one, factor), (other, minus)]
                if form.constant.is_zero() && (factor + minus).is_zero() =>
            {
                let ((low, high), (least, most)) = (range(one), range(other));
                if low.max(least) > high.min(most) {
                    return Err(Contradiction);
                }
                let cost = cost((low, high)).min(cost((least, most)));
                self.narrowed.push((other, (least, most)));
                self.ranges[other as usize] = (low.max(least), high.min(most));
                self.solve(one, Form::var(other));
                Ok(cost)
            }
            _ => {
                if !self.possible(&form) {
                    return Err(Contradiction);
                }
                if let Some([low, high]) = split(self, &form)? {
                    let cost = self.integers(low)?;
                    let high = self.reduced(&high);
                    return Ok(cost.max(self.integers(high)?));
                }
                let narrow =
                    |(var, _): &(u32, Fr)| cost(self.ranges[*var as usize]) == Cost::Nothing;
                let cost = match form.terms.iter().all(narrow) {
                    true => Cost::Nothing,
                    false => Cost::Sum,
                };
                self.sums
                    .push((self.pivot(&form).ok_or(Contradiction)?, form));
                Ok(cost)
            }
        }
    }

    /// Derives from the sums what follows for single variables, and from that what follows for other sums.
    pub fn propagate(&mut self) -> Result<(), Contradiction> {
        // A bound on the rounds, because ranges may narrow in very small steps.
        for _ in 0..ROUNDS {
            let before = self.order.len() + self.narrowed.len();
            for index in 0..self.sums.len() {
                let sum = self.reduced(&self.sums[index].1);
                self.digest(sum)?;
            }
            if self.order.len() + self.narrowed.len() == before {
                break;
            }
        }
        Ok(())
    }

    /// What follows from one sum that is kept already.
    fn digest(&mut self, sum: Form) -> Result<(), Contradiction> {
        if let Some([low, high]) = split(self, &sum)? {
            self.digest(low)?;
            let high = self.reduced(&high);
            return self.digest(high);
        }
        let same = |one: &Fr, other: &Fr| sum.constant.is_zero() && (*one + other).is_zero();
        match sum.terms.as_slice() {
            [] | [_] => self.integers(sum).map(|_| ()),
            [(_, one), (_, other)] if same(one, other) => self.integers(sum).map(|_| ()),
            _ => self.narrow(&sum),
        }
    }

    /// Narrows the ranges of the variables of a sum, by the least and the greatest value of the others.
    fn narrow(&mut self, sum: &Form) -> Result<(), Contradiction> {
        if !self.possible(sum) {
            return Err(Contradiction);
        }
        let wide = |value: &i128| value.abs() < 1 << 80;
        let weights = sum
            .terms
            .iter()
            .map(|(_, weight)| small(*weight).filter(wide));
        let (Some(weights), Some(constant), true) = (
            weights.collect::<Option<Vec<i128>>>(),
            small(sum.constant),
            sum.terms.len() <= 6,
        ) else {
            return Ok(());
        };
        let vars: Vec<u32> = sum.terms.iter().map(|(var, _)| *var).collect();
        let end = |system: &System, place: usize, high: bool| {
            let (low, most) = system.ranges[vars[place] as usize];
            let chosen = if high == (weights[place] > 0) {
                most
            } else {
                low
            };
            weights[place] * i128::from(chosen)
        };
        for place in 0..vars.len() {
            let others = (0..vars.len()).filter(|other| *other != place);
            let (mut least, mut most) = (constant, constant);
            for other in others {
                least += end(self, other, false);
                most += end(self, other, true);
            }
            // weight·x is between −most and −least.
            let weight = weights[place];
            let (first, last) = if weight > 0 {
                (-most, -least)
            } else {
                (least, most)
            };
            let size = weight.abs();
            let first = first.div_euclid(size) + i128::from(first.rem_euclid(size) > 0);
            let last = last.div_euclid(size);
            let old = self.ranges[vars[place] as usize];
            let low = first.max(old.0.into()) as i64;
            let high = last.min(old.1.into()) as i64;
            if low > high {
                return Err(Contradiction);
            }
            if (low, high) != old {
                self.narrowed.push((vars[place], old));
                self.ranges[vars[place] as usize] = (low, high);
                if low == high {
                    self.solve(vars[place], number(low));
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Whether a sum of integers can be zero, by its least and its greatest value. True if coefficients are large.
    fn possible(&self, form: &Form) -> bool {
        if form.terms.len() > 6 {
            return true;
        }
        let Some(constant) = small(form.constant) else {
            return !self.small_sum(form);
        };
        let (mut low, mut high) = (constant, constant);
        for (var, value) in &form.terms {
            let Some(factor) = small(*value).filter(|factor| factor.abs() < 1 << 80) else {
                return true;
            };
            let (least, most) = self.ranges[*var as usize];
            let ends = [factor * i128::from(least), factor * i128::from(most)];
            low += ends[0].min(ends[1]);
            high += ends[0].max(ends[1]);
        }
        low <= 0 && 0 <= high
    }

    /// Whether all coefficients are so small that the sum is below 2^100.
    fn small_sum(&self, form: &Form) -> bool {
        form.terms
            .iter()
            .all(|(_, value)| small(*value).is_some_and(|factor| factor.abs() < 1 << 60))
    }
}

fn cost((low, high): (i64, i64)) -> Cost {
    match high - low < NARROW {
        true => Cost::Nothing,
        false => Cost::Word,
    }
}

/// The number as a form.
pub fn number(value: i64) -> Form {
    Form::constant(integer(value.into()))
}
