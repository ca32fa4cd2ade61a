//! Rules for constraints of a known form: booleans, range lookups and zero tests.

use super::{Differences, Form};
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::Family;
use provable::circuit::builder::Rule;
use std::collections::HashSet;

impl Differences<'_> {
    pub(super) fn boolean_bounds(&mut self) {
        for row in self.constraints.clone() {
            let sides: [Vec<(u32, Fr)>; 3] = [0, 1, 2].map(|side| self.side(side, row).collect());
            let [bit, rest, c] = sides.each_ref().map(Vec::as_slice);
            if let ([(var, one)], [], [(0, all), (other, less)]) = (bit, c, rest)
                && var == other
                && one.is_one()
                && all.is_one()
                && (-*less).is_one()
            {
                self.bounds.value(*var, 0, 1);
            }
        }
    }

    /// Lookups of single values in the tables of ranges.
    pub(super) fn range_bounds(&mut self) {
        let capacities = self.circuit.layout.capacities;
        let tables = [
            (Family::RangeSum, Family::RangeTable, capacities.range_bits),
            (Family::TopSum, Family::TopTable, capacities.top_bits()),
        ];
        for (sum, table, bits) in tables {
            if [sum, table].map(Some).contains(&self.dropped) {
                continue;
            }
            for (_, row) in self.terms.iter().filter(|(found, _)| *found == sum) {
                // γ − value, the numerator 1.
                let value: Vec<(u32, Fr)> =
                    self.side(1, *row).filter(|(var, _)| *var != 1).collect();
                if let ([(var, minus)], Some(number)) = (&value[..], self.number(2, *row))
                    && (-*minus).is_one()
                    && number.is_one()
                {
                    self.bounds.value(*var, 0, (1 << bits) - 1);
                }
            }
        }
    }

    /// z·v = 0 with its companion i·v = w − z.
    pub(super) fn zero_tests(&mut self) {
        let circuit = self.circuit;
        let dropped = self.dropped;
        let here: HashSet<usize> = self.constraints.iter().copied().collect();
        let zeros = circuit.derivations.iter();
        let zeros = zeros.filter(|found| found.rule == Rule::WhereZero);
        for derivation in zeros.filter(|found| here.contains(&(found.constraint as usize))) {
            let row = derivation.constraint as usize;
            let value: Form = self.side(1, row).collect();
            // Written right after it.
            let next: Form = self.side(1, row + 1).collect();
            let rest: Form = self.side(2, row + 1).collect();
            let paired = next == value && rest.get(&derivation.var) == Some(&-Fr::one());
            if !paired || dropped == Some(circuit.families[row + 1]) {
                continue;
            }
            let mut weight = rest;
            weight.remove(&derivation.var);
            if weight == Form::from([(0, Fr::one())]) {
                self.bounds.value(derivation.var, 0, 1);
            }
            if self.vanishes(self.without_same(value)) && self.vanishes(self.without_same(weight)) {
                self.same.insert(derivation.var);
            }
        }
    }
}
