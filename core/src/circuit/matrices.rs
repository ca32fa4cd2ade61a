//! Rank-one constraints in compressed rows: three sparse matrices over one variable vector z, satisfied when
//! (A z) ∘ (B z) = C z. A coefficient is an index into a small table, since a circuit uses few distinct ones.

use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable_mapped::Array;
use rayon::prelude::*;
use std::collections::HashMap;

/// A sparse matrix in compressed rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// `ends[i]` is one past the last entry of row i.
    pub ends: Array<u32>,
    /// For each entry, the variable.
    pub columns: Array<u32>,
    /// For each entry, the index of its coefficient.
    pub coefficients: Array<u32>,
}

impl Matrix {
    /// The entries of a row as (variable, coefficient index).
    pub fn row(&self, row: usize) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.rows().row(row)
    }

    fn rows(&self) -> Rows<'_> {
        Rows {
            ends: &self.ends,
            columns: &self.columns,
            coefficients: &self.coefficients,
        }
    }
}

/// A matrix at hand: finding its arrays takes longer than a row does.
#[derive(Clone, Copy)]
struct Rows<'a> {
    ends: &'a [u32],
    columns: &'a [u32],
    coefficients: &'a [u32],
}

impl<'a> Rows<'a> {
    fn row(self, row: usize) -> impl Iterator<Item = (u32, u32)> + 'a {
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

    /// What many products are made with.
    pub fn products(&self) -> Products<'_> {
        Products {
            abc: self.abc.each_ref().map(Matrix::rows),
            coefficients: &self.coefficients,
        }
    }

    /// As [`Products::dot`]. Many are quicker by [`products`](Self::products).
    pub fn dot(&self, matrix: usize, row: usize, assignment: &[Fr]) -> Fr {
        self.products().dot(matrix, row, assignment)
    }

    /// One matrix times the assignment.
    pub fn evaluate(&self, matrix: usize, assignment: &[Fr]) -> Vec<Fr> {
        let products = self.products();
        (0..self.constraints())
            .into_par_iter()
            .map(|row| products.dot(matrix, row, assignment))
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

/// The matrices at hand, for many products with assignments.
#[derive(Clone, Copy)]
pub struct Products<'a> {
    abc: [Rows<'a>; 3],
    coefficients: &'a [Fr],
}

impl Products<'_> {
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
                    if let Some(coefficient) = self.coefficients.get(other as usize) {
                        sum += *value * coefficient;
                    }
                }
            }
        }
        sum
    }
}

/// A matrix that is being written.
#[derive(Debug, Default)]
pub(super) struct Entries {
    ends: Vec<u32>,
    columns: Vec<u32>,
    coefficients: Vec<u32>,
}

impl Entries {
    /// The next entry of the row that is being written.
    pub(super) fn push(&mut self, column: u32, coefficient: u32) {
        self.columns.push(column);
        self.coefficients.push(coefficient);
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.ends.push(self.columns.len() as u32);
    }

    /// The matrix.
    pub(super) fn finish(self) -> Matrix {
        Matrix {
            ends: self.ends.into(),
            columns: self.columns.into(),
            coefficients: self.coefficients.into(),
        }
    }
}

/// Gives each distinct coefficient an index; one is index 0.
#[derive(Debug)]
pub(super) struct Interner {
    indices: HashMap<Fr, u32>,
    values: Vec<Fr>,
}

impl Interner {
    pub(super) fn new() -> Self {
        Interner {
            indices: HashMap::from([(Fr::one(), 0)]),
            values: vec![Fr::one()],
        }
    }

    pub(super) fn index(&mut self, value: Fr) -> u32 {
        let next = self.values.len();
        *self.indices.entry(value).or_insert_with(|| {
            self.values.push(value);
            next as u32
        })
    }

    pub(super) fn into_values(self) -> Vec<Fr> {
        self.values
    }
}
