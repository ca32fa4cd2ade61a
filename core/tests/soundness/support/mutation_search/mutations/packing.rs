//! Mutations that preserve one constraint, one tuple or one sum of limbs.

use super::Draw;
use crate::support::mutation_search::wiring::Term;
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::encoding::COLUMNS;
use provable::circuit::field::pow2;
use provable::circuit::layout::{arithmetic, compare, heap, step};
use provable::circuit::variable::Var;
use rand::Rng;
use rand::rngs::StdRng;

impl Draw<'_> {
    pub(super) fn limb(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let layout = &self.wiring.circuit.layout;
        let limbs = layout.capacities.word_limbs();
        let (block, row, first, limbs) = match rng.gen_range(0..5) {
            0 => {
                let row = rng.gen_range(0..layout.heap.rows);
                (layout.heap, row, heap::LIMB, limbs - 1)
            }
            1 => {
                let word = rng.gen_range(0..arithmetic::WORDS);
                let row = rng.gen_range(0..layout.arithmetic.rows);
                (
                    layout.arithmetic,
                    row,
                    arithmetic::LIMB + word * limbs,
                    limbs,
                )
            }
            2 => {
                let word = rng.gen_range(0..compare::WORDS);
                let row = rng.gen_range(0..layout.compare.rows);
                (layout.compare, row, compare::LIMB + word * limbs, limbs)
            }
            _ => (layout.step, self.row(rng), step::LIMB, limbs),
        };
        let from = rng.gen_range(0..limbs);
        let to = rng.gen_range(0..limbs);
        let base = pow2(layout.capacities.range_bits);
        let (low, high) = (block.at(row, first + from), block.at(row, first + to));
        let amount = [
            Fr::one(),
            -Fr::one(),
            Fr::from(2u64),
            base.inverse().unwrap_or_default(),
        ];
        let amount = amount[rng.gen_range(0..amount.len())];
        let weight = base.pow([limbs as u64]);
        let scale = base.pow([from as u64])
            * weight
            * (base.pow([to as u64]) * weight)
                .inverse()
                .unwrap_or_default();
        if from != to {
            values.push((
                low.0,
                self.value(low) + amount * scale.inverse().unwrap_or_default(),
            ));
            values.push((high.0, self.value(high) - amount));
        }
    }

    /// Changes two committed values of one tuple, and the tuple stays.
    pub(super) fn trade(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let terms = &self.wiring.terms;
        self.traded(terms[rng.gen_range(0..terms.len())], rng, values);
    }

    /// The same for the tuple of this term.
    pub(super) fn traded(&self, term: Term, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let entries = self.entries(1, term.constraint);
        if entries.len() < 2 {
            return self.cell(rng, values);
        }
        let (x, cx) = entries[rng.gen_range(0..entries.len())];
        let (y, cy) = entries[rng.gen_range(0..entries.len())];
        if x == y {
            return self.cell(rng, values);
        }
        let hash = self.wiring.circuit.layout.sha256.place(x.0 as usize);
        let new = match hash {
            Some(_) => self.value(x) + self.distance(rng),
            None => self.other(self.value(x), rng),
        };
        let moved = (new - self.value(x)) * cx * cy.inverse().unwrap_or_default();
        values.push((x.0, new));
        values.push((y.0, self.value(y) - moved));
    }

    pub(super) fn bits(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let row = self.row(rng);
        let (one, other) = (rng.gen_range(0..COLUMNS), rng.gen_range(0..COLUMNS));
        let (low, high) = (one.min(other), one.max(other));
        let sign = if rng.r#gen() { Fr::one() } else { -Fr::one() };
        if low < high {
            let (low_var, high_var) = (
                self.step(row, step::BIT + low),
                self.step(row, step::BIT + high),
            );
            values.push((high_var.0, self.value(high_var) + sign));
            let weight = pow2((high - low) as u32);
            values.push((low_var.0, self.value(low_var) - sign * weight));
        }
    }

    /// The committed variables of one side of a constraint.
    pub(super) fn entries(&self, side: usize, row: u32) -> Vec<(Var, Fr)> {
        let (matrices, layout) = (&self.wiring.circuit.matrices, &self.wiring.circuit.layout);
        let committed = layout.committed_start() as u32..layout.committed_end() as u32;
        let found = matrices.abc[side].row(row as usize);
        let found = found.filter(|(var, _)| committed.contains(var));
        found
            .map(|(var, index)| (Var(var), matrices.coefficients[index as usize]))
            .collect()
    }

    /// Changes one value, and solves a constraint that has both values for the other.
    pub(super) fn pair(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let matrices = &self.wiring.circuit.matrices;
        let row = rng.gen_range(0..matrices.constraints()) as u32;
        let sides: Vec<Vec<(Var, Fr)>> = (0..3).map(|side| self.entries(side, row)).collect();
        let all: Vec<Var> = sides.iter().flatten().map(|(var, _)| *var).collect();
        if all.len() < 2 {
            return self.cell(rng, values);
        }
        let (x, y) = (
            all[rng.gen_range(0..all.len())],
            all[rng.gen_range(0..all.len())],
        );
        let of = |side: usize, var: Var| -> Fr {
            let found = sides[side].iter().find(|(found, _)| *found == var);
            found.map_or(Fr::zero(), |(_, coefficient)| *coefficient)
        };
        if x == y || !(of(0, y) * of(1, y)).is_zero() {
            return self.cell(rng, values);
        }
        let new = self.other(self.value(x), rng);
        let moved = new - self.value(x);
        let at = |side| matrices.dot(side, row as usize, self.assignment) + of(side, x) * moved;
        let (a, b, c) = (at(0), at(1), at(2));
        // (a + of(0)·d)(b + of(1)·d) = c + of(2)·d, in which the product of the two is zero.
        let slope = of(0, y) * b + of(1, y) * a - of(2, y);
        let Some(inverse) = slope.inverse() else {
            return self.cell(rng, values);
        };
        values.push((x.0, new));
        values.push((y.0, self.value(y) + (c - a * b) * inverse));
    }
}
