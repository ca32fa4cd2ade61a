//! The order in which removals look for additions: row by row. What belongs to no step comes before the first or after the last.

use super::layout::{LEFT, STEP};
use super::matching::Matching;
use super::sha256::TABLE;
use rand::rngs::StdRng;
use std::collections::BTreeSet;

/// The most sums of words that must have given values. Each needs a long stretch of its own.
const SUMS: usize = 8;

impl Matching<'_, '_> {
    /// Sorts what belongs to no step: additions before the first row, removals after the last, and what may be left.
    pub(super) fn sort(&mut self) {
        for (index, cell) in self.rows.cells.iter().enumerate() {
            for _ in 0..cell.count.unsigned_abs() {
                match cell.place.0 {
                    STEP | TABLE => {}
                    block if LEFT.contains(&block) => self.left.push(index),
                    _ if cell.count > 0 => self.additions.push(index),
                    _ => self.removals.push(index),
                }
            }
        }
    }

    /// The steps in their order; removals of a row come before its additions. A row of the SHA-256 table comes after
    /// the step that requests it.
    pub(super) fn steps(&mut self, free: &BTreeSet<usize>, rng: &mut StdRng) {
        let cells = self.rows.cells.iter().enumerate();
        let steps = cells.filter(|(_, cell)| [STEP, TABLE].contains(&cell.place.0));
        let mut steps: Vec<((usize, bool), bool, usize, u64)> = steps
            .map(|(index, cell)| {
                (
                    (cell.place.1, cell.place.0 == TABLE),
                    cell.count > 0,
                    index,
                    cell.count.unsigned_abs(),
                )
            })
            .collect();
        steps.sort_unstable();
        for (_, adds, index, count) in steps {
            let system = &self.rows.system;
            if system.effort() > self.end || system.sums.len() > SUMS {
                self.patience = 0;
                return;
            }
            for _ in 0..count {
                match adds {
                    true => self.additions.push(index),
                    false => self.step(index, free.contains(&index), rng),
                }
            }
        }
    }
}
