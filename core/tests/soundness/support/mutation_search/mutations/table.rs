//! Mutations of the other tables.

use super::Draw;
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::layout::{Block, leftover, step};
use rand::Rng;
use rand::rngs::StdRng;

impl Draw<'_> {
    pub(super) fn table(&self, rng: &mut StdRng, values: &mut Vec<(u32, Fr)>) {
        let layout = &self.wiring.circuit.layout;
        let blocks = [
            layout.heap,
            layout.heap_end,
            layout.stack,
            layout.calls,
            layout.program,
            layout.arithmetic,
            layout.bitwise,
            layout.compare,
        ];
        let block: Block = blocks[rng.gen_range(0..blocks.len())];
        let row = rng.gen_range(0..block.rows);
        let at = |row, column| block.at(row, column);
        match rng.gen_range(0..4) {
            // Two rows change places.
            0 => {
                let other = rng.gen_range(0..block.rows);
                for column in 0..block.width {
                    values.push((at(row, column).0, self.value(at(other, column))));
                    values.push((at(other, column).0, self.value(at(row, column))));
                }
            }
            // One row becomes a copy of another.
            1 => {
                let other = rng.gen_range(0..block.rows);
                for column in 0..block.width {
                    values.push((at(row, column).0, self.value(at(other, column))));
                }
            }
            // A leftover row appears with the tuple of a step row, or disappears.
            2 if block.width == leftover::WIDTH => {
                let active = at(row, leftover::ACTIVE);
                values.push((active.0, Fr::one() - self.value(active)));
                let from = self.row(rng);
                values.push((
                    at(row, leftover::VALUE).0,
                    self.value(self.step(from, step::TOP)),
                ));
                values.push((at(row, leftover::TIME).0, Fr::from(from as u64 + 1)));
            }
            _ => {
                for _ in 0..rng.gen_range(1..5) {
                    self.set(at(row, rng.gen_range(0..block.width)), rng, values);
                }
            }
        }
    }
}
