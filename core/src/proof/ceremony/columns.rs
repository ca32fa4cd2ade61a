//! Sums over the columns of a matrix: for each variable, its coefficients times the bases of their constraints.

use crate::circuit::Circuit;
use ark_bls12_381::Fr;
use ark_ec::CurveGroup;
use ark_ff::PrimeField;
use rayon::prelude::*;

/// A matrix of a circuit by columns.
pub(super) struct Columns<'a> {
    coefficients: &'a [Fr],
    /// `ends[i]` is one past the last entry of variable i.
    ends: Vec<usize>,
    /// The constraint and the coefficient's index of each entry.
    entries: Vec<(u32, u32)>,
}

impl<'a> Columns<'a> {
    /// Of A, B or C, by its number.
    pub(super) fn of(circuit: &'a Circuit, matrix: usize) -> Self {
        let matrices = &circuit.matrices;
        let rows = matrices.abc.get(matrix);
        let entries = || {
            let rows = rows.into_iter();
            rows.flat_map(|rows| {
                let row = |row: usize| {
                    rows.row(row).map(move |(column, coefficient)| {
                        (column as usize, (row as u32, coefficient))
                    })
                };
                (0..matrices.constraints()).flat_map(row)
            })
        };
        let mut ends = vec![0; circuit.variables];
        for (column, _) in entries() {
            if let Some(count) = ends.get_mut(column) {
                *count += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            let count = *end;
            *end = total;
            total += count;
        }
        let mut sorted = vec![(0, 0); total];
        for (column, entry) in entries() {
            if let Some(place) = ends.get_mut(column) {
                if let Some(slot) = sorted.get_mut(*place) {
                    *slot = entry;
                }
                *place += 1;
            }
        }
        Columns {
            coefficients: &matrices.coefficients,
            ends,
            entries: sorted,
        }
    }

    fn column(&self, variable: usize) -> &[(u32, u32)] {
        let end = self.ends.get(variable).copied().unwrap_or(0);
        let start = match variable.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0),
            None => 0,
        };
        self.entries.get(start..end).unwrap_or_default()
    }

    /// For each variable the sum over its column, with one base for each constraint.
    pub(super) fn sums<G: CurveGroup<ScalarField = Fr>>(&self, bases: &[G::Affine]) -> Vec<G> {
        let minus_one = self
            .coefficients
            .iter()
            .position(|one| *one == -Fr::from(1u64));
        (0..self.ends.len())
            .into_par_iter()
            .map(|variable| {
                let mut sum = G::zero();
                for &(row, coefficient) in self.column(variable) {
                    let Some(base) = bases.get(row as usize) else {
                        continue;
                    };
                    match coefficient as usize {
                        // The first coefficient is one.
                        0 => sum += base,
                        index if Some(index) == minus_one => sum -= base,
                        index => {
                            let number = self.coefficients.get(index).copied().unwrap_or_default();
                            // Most coefficients are small, or small and negative.
                            let negative = -number;
                            match negative.into_bigint() < number.into_bigint() {
                                true => sum -= *base * negative,
                                false => sum += *base * number,
                            }
                        }
                    }
                }
                sum
            })
            .collect()
    }
}
