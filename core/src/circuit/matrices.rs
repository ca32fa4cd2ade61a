//! Rank-one constraints in compressed rows: three sparse matrices over one variable vector z, satisfied when
//! (A z) ∘ (B z) = C z. A coefficient is an index into a small table, since a circuit uses few distinct ones.

use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use rayon::prelude::*;
use std::collections::HashMap;

/// A sparse matrix in compressed rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// `ends[i]` is one past the last entry of row i.
    pub ends: Vec<u32>,
    /// For each entry, the variable.
    pub columns: Vec<u32>,
    /// For each entry, the index of its coefficient.
    pub coefficients: Vec<u16>,
}

impl Matrix {
    /// The entries of a row as (variable, coefficient index).
    pub fn row(&self, row: usize) -> impl Iterator<Item = (u32, u16)> + '_ {
        let end = self.ends.get(row).copied().unwrap_or(0) as usize;
        let start = match row.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0) as usize,
            None => 0,
        };
        let columns = self.columns.get(start..end).unwrap_or(&[]);
        let coefficients = self.coefficients.get(start..end).unwrap_or(&[]);
        columns.iter().copied().zip(coefficients.iter().copied())
    }
}

/// The three matrices and their shared coefficients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrices {
    /// A, B and C.
    pub abc: [Matrix; 3],
    /// The distinct coefficients; the first is one.
    pub coefficients: Vec<Fr>,
}

impl Matrices {
    /// The number of constraints.
    pub fn constraints(&self) -> usize {
        self.abc[0].ends.len()
    }

    /// The inner product of one row of one matrix (0, 1, 2 for A, B, C) with the assignment. A variable beyond
    /// the assignment counts as zero.
    pub fn dot(&self, matrix: usize, row: usize, assignment: &[Fr]) -> Fr {
        let mut sum = Fr::zero();
        let Some(matrix) = self.abc.get(matrix) else {
            return sum;
        };
        for (column, coefficient) in matrix.row(row) {
            let Some(value) = assignment.get(column as usize) else {
                continue;
            };
            match coefficient {
                0 => sum += value,
                other => {
                    if let Some(coefficient) = self.coefficients.get(usize::from(other)) {
                        sum += *value * coefficient;
                    }
                }
            }
        }
        sum
    }

    /// One matrix times the assignment.
    pub fn evaluate(&self, matrix: usize, assignment: &[Fr]) -> Vec<Fr> {
        (0..self.constraints())
            .into_par_iter()
            .map(|row| self.dot(matrix, row, assignment))
            .collect()
    }

    /// Whether one constraint holds.
    pub fn holds(&self, row: usize, assignment: &[Fr]) -> bool {
        self.dot(0, row, assignment) * self.dot(1, row, assignment) == self.dot(2, row, assignment)
    }

    /// The first constraint that does not hold, if any.
    pub fn first_failure(&self, assignment: &[Fr]) -> Option<usize> {
        (0..self.constraints())
            .into_par_iter()
            .find_first(|&row| !self.holds(row, assignment))
    }
}

/// Gives each distinct coefficient an index; one is index 0.
#[derive(Debug)]
pub(super) struct Interner {
    indices: HashMap<Fr, u16>,
    values: Vec<Fr>,
}

impl Interner {
    pub(super) fn new() -> Self {
        Interner {
            indices: HashMap::from([(Fr::one(), 0)]),
            values: vec![Fr::one()],
        }
    }

    pub(super) fn index(&mut self, value: Fr) -> u16 {
        let next = self.values.len();
        *self.indices.entry(value).or_insert_with(|| {
            self.values.push(value);
            next as u16
        })
    }

    pub(super) fn into_values(self) -> Vec<Fr> {
        self.values
    }
}
