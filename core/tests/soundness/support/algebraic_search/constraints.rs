//! The equations that one constraint adds to the system.

use super::form::{Form, Poly, small};
use super::layout::{ANSWERS, HEAP, power};
use super::rows::{Cell, Rows, Value};
use super::system::Contradiction;
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::Family;

impl Rows<'_> {
    pub(super) fn product(&mut self, row: usize, var: u32) -> Result<(), Contradiction> {
        let left = self.side(0, row);
        let product = match left.is_zero() {
            true => left,
            false => left.times(&self.side(1, row)).ok_or(Contradiction)?,
        };
        // C may hold more than the variable.
        self.set(var, Value::Known(Fr::zero()));
        let rest = self.side(2, row);
        let value = product.minus(&rest);
        match value.number() {
            Some(number) => self.set(var, Value::Known(number)),
            None => self.set(var, Value::Derived(value)),
        }
        Ok(())
    }

    pub(super) fn where_zero(
        &mut self,
        row: usize,
        var: u32,
        zero: bool,
    ) -> Result<(), Contradiction> {
        self.set(var, Value::Known(Fr::zero()));
        let weight = self.side(2, row + 1).number().ok_or(Contradiction)?;
        let tested = self.side(1, row);
        if weight.is_zero() {
            return Ok(());
        }
        let is_zero = match tested.number() {
            Some(number) => number.is_zero(),
            None => {
                if zero {
                    self.system.vanishes(&tested)?;
                } else {
                    self.nonzero.extend(tested.0.first().cloned());
                }
                zero
            }
        };
        if is_zero {
            self.set(var, Value::Known(weight));
        }
        Ok(())
    }

    pub(super) fn term(
        &mut self,
        row: usize,
        sum: Family,
        minus: bool,
        place: (usize, usize),
    ) -> Result<(), Contradiction> {
        let capacities = &self.wiring.circuit.layout.capacities;
        match sum {
            // A lookup that is taken out.
            Family::RangeSum if self.side(2, row).is_zero() => Ok(()),
            Family::RangeSum => self.in_range(row, 1 << capacities.range_bits, place),
            Family::TopSum => self.in_range(row, 1 << capacities.top_bits(), place),
            Family::MemorySum => {
                let count = self
                    .side(2, row)
                    .number()
                    .and_then(small)
                    .ok_or(Contradiction)?;
                if count != 0 {
                    let tuple = self.tuple(row);
                    let count = if minus { -count } else { count } as i64;
                    self.cells.push(Cell {
                        tuple,
                        count,
                        place,
                    });
                }
                Ok(())
            }
            Family::CoprocessorSum if minus => {
                let tuple = self.tuple(row);
                self.answers.push(tuple);
                Ok(())
            }
            // Digits, pieces and chunks are drawn from their tables.
            Family::DigitSum | Family::Sha256Sums => Ok(()),
            _ => {
                let count = self.side(2, row).number().ok_or(Contradiction)?;
                if count.is_zero() {
                    return Ok(());
                }
                let tuple = self.tuple(row);
                if sum == Family::PowerSum {
                    let entry = power(self.amount);
                    return self.system.same(&tuple, &entry).map(|_| ());
                }
                self.questions.push((place.1, tuple));
                Ok(())
            }
        }
    }

    /// A range lookup of a number, of a variable plus a number, or of a sum. A sum gets a variable of its own.
    fn in_range(
        &mut self,
        row: usize,
        size: i64,
        place: (usize, usize),
    ) -> Result<(), Contradiction> {
        let tuple = self.tuple(row);
        let form = match tuple.0.as_slice() {
            [] => return Ok(()),
            [form] => form.clone(),
            _ => return Err(Contradiction),
        };
        match *form.terms.as_slice() {
            [(var, factor)] if factor.is_one() => {
                // A word is looked up limb by limb; it has its range already.
                if self.system.range_of(var).is_none() {
                    let low = -small(form.constant).ok_or(Contradiction)? as i64;
                    let high = low + size - 1;
                    match self.punctual && high == 0 {
                        true => self.know(var, Fr::zero()),
                        false => self.system.range(var, low, high),
                    }
                }
                Ok(())
            }
            [] => match small(form.constant) {
                Some(number) if (0..i128::from(size)).contains(&number) => Ok(()),
                _ => Err(Contradiction),
            },
            // The writer sorts the addresses, so their order needs no equation.
            _ if place.0 == HEAP => Ok(()),
            _ => {
                let var = self.fresh(0, size - 1)?;
                self.system.zero(&form.minus(&Form::var(var))).map(|_| ())
            }
        }
    }

    pub(super) fn plain(&mut self, row: usize, place: (usize, usize)) -> Result<(), Contradiction> {
        let left = self.side(0, row);
        let number = left.number();
        if number.is_some_and(|number| number.is_zero()) {
            let rest = self.side(2, row);
            return self.system.vanishes(&rest).map(|_| ());
        }
        let right = self.side(1, row);
        let rest = self.side(2, row);
        if let Some(product) = left.times(&right) {
            return self.system.same(&product, &rest).map(|_| ());
        }
        // Two unknown factors, one of which is zero.
        if rest.is_zero()
            && let (Some((var, one)), Some((other, two))) = (root(&left), root(&right))
            && var == other
        {
            self.options.insert(var, [one, two]);
            return Ok(());
        }
        if !ANSWERS.contains(&place.0) {
            return Err(Contradiction);
        }
        let factor = Poly::constant(self.factor);
        self.system.same(&right, &factor)?;
        let product = left.times(&factor).ok_or(Contradiction)?;
        self.system.same(&product, &rest).map(|_| ())
    }
}

/// The one variable of a form, and the value at which the form is zero.
fn root(poly: &Poly) -> Option<(u32, Fr)> {
    let [form] = poly.0.as_slice() else {
        return None;
    };
    let [(var, factor)] = form.terms.as_slice() else {
        return None;
    };
    Some((*var, -form.constant * factor.inverse()?))
}
