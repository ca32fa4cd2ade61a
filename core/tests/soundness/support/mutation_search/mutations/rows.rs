//! Mutations of step rows.

use super::Draw;
use ark_bls12_381::Fr;
use provable::circuit::encoding::{Bit, COLUMNS};
use provable::circuit::field::FieldEncoding;
use provable::circuit::layout::step;
use rand::Rng;
use rand::rngs::StdRng;

impl Draw<'_> {
    pub(super) fn columns(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let rows = self.wiring.circuit.layout.step.rows;
        let (from, column) = (self.row(rng), rng.gen_range(0..step::BIT));
        let to = if rng.r#gen() {
            rows - 1
        } else {
            rng.gen_range(from..rows)
        };
        let old = self.value(self.step(from, column));
        let new = self.other(old, rng);
        let all = rng.r#gen::<bool>();
        for row in from..=to {
            let var = self.step(row, column);
            values.push((
                var.0,
                if all {
                    new
                } else {
                    self.value(var) + new - old
                },
            ));
        }
    }

    /// Exchanges the removals of one port between two rows, with their values and times.
    pub(super) fn exchange(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let ports = [(step::FILL, step::FILL_AGE), (step::LIMB, step::AGE)];
        let (value, age) = ports[rng.gen_range(0..ports.len())];
        let (one, other) = (self.row(rng), self.row(rng));
        let later = Fr::from(other as u64) - Fr::from(one as u64);
        let width = match value {
            step::LIMB => self.wiring.circuit.layout.capacities.word_limbs(),
            _ => 1,
        };
        for column in value..value + width {
            let (a, b) = (self.step(one, column), self.step(other, column));
            values.push((a.0, self.value(b)));
            values.push((b.0, self.value(a)));
        }
        let (a, b) = (self.step(one, age), self.step(other, age));
        values.push((a.0, self.value(b) - later));
        values.push((b.0, self.value(a) + later));
        if rng.r#gen() {
            let (a, b) = (self.step(one, step::SET), self.step(other, step::SET));
            values.push((a.0, self.value(b)));
            values.push((b.0, self.value(a)));
        }
    }

    pub(super) fn substitute(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let entries = FieldEncoding::new(self.program).entries;
        let row = self.row(rng);
        let index = rng.gen_range(0..entries.len());
        let mut bits = entries[index].bits;
        if rng.gen_range(0..3) == 0 {
            bits ^= 1 << rng.gen_range(0..COLUMNS);
        }
        for bit in 0..COLUMNS {
            let var = self.step(row, step::BIT + bit);
            values.push((var.0, Fr::from(bits >> bit & 1)));
        }
        let operand = match rng.gen_range(0..3) {
            0 => self.value(self.step(row, step::OPERAND)),
            _ => entries[index].operand,
        };
        values.push((self.step(row, step::OPERAND).0, operand));
        if rng.r#gen() {
            values.push((self.step(row, step::PC).0, Fr::from(index as u64)));
        }
        if bits >> Bit::Here as u32 & 1 == 1 && rng.r#gen() {
            // The machine is halted from here on.
            let last = self.wiring.circuit.layout.step.rows;
            for (at, column) in
                (row + 1..last).flat_map(|at| (0..step::BIT).map(move |column| (at, column)))
            {
                let var = self.step(row, column);
                let known = values
                    .iter()
                    .find(|(found, _)| *found == var.0)
                    .map(|(_, value)| *value);
                values.push((self.step(at, column).0, known.unwrap_or(self.value(var))));
            }
        }
    }
}
