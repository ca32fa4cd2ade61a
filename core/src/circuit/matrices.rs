//! Rank-one constraints in compressed rows: three sparse matrices over one vector z of variables, satisfied when (A z)
//! ∘ (B z) = C z. Each coefficient is an index into a small table, because a circuit uses few distinct ones.

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

/// A matrix with its arrays resolved. Resolving them takes longer than one row.
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

    /// Prepares the matrices for many products.
    pub fn products(&self) -> Products<'_> {
        Products {
            abc: self.abc.each_ref().map(Matrix::rows),
            coefficients: &self.coefficients,
            minus_one: self
                .coefficients
                .iter()
                .position(|value| *value == -Fr::one()),
        }
    }

    /// As [`Products::dot`]. For many products, [`products`](Self::products) is faster.
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
        self.products().holds(row, assignment)
    }

    /// The first constraint that does not hold, if any.
    pub fn first_failure(&self, assignment: &[Fr]) -> Option<usize> {
        let products = self.products();
        (0..self.constraints())
            .into_par_iter()
            .find_first(|&row| !products.holds(row, assignment))
    }
}

/// The matrices, prepared for many products with assignments.
#[derive(Clone, Copy)]
pub struct Products<'a> {
    abc: [Rows<'a>; 3],
    coefficients: &'a [Fr],
    /// The index of minus one. It is found at once, because the first boolean has it.
    minus_one: Option<usize>,
}

impl Products<'_> {
    /// The inner product of one row of one matrix (0, 1, 2 for A, B, C) with the assignment. A variable beyond the
    /// assignment counts as zero. Zeros are not multiplied: most values of an assignment are zero.
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
                _ if value.is_zero() => {}
                other if self.minus_one == Some(other as usize) => sum -= value,
                other => {
                    if let Some(coefficient) = self.coefficients.get(other as usize) {
                        sum += *value * coefficient;
                    }
                }
            }
        }
        sum
    }

    fn holds(&self, row: usize, assignment: &[Fr]) -> bool {
        let [a, b, c] = [0, 1, 2].map(|matrix| self.dot(matrix, row, assignment));
        a * b == c
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
    /// Adds an entry to the row that is being written.
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

/// Gives each distinct coefficient an index. One has index 0.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::{Capacities, Circuit};
    use ark_ff::UniformRand;

    /// Whatever is not multiplied is what a multiplication would give.
    #[test]
    fn a_product_is_the_sum_of_its_terms() {
        let circuit = Circuit::new(Capacities {
            rows: 4,
            program: 4,
            range_bits: 4,
            heap: 1,
            stack: 1,
            calls: 1,
            arithmetic: 1,
            bitwise: 1,
            compare: 1,
            sha256: 0,
        })
        .unwrap();
        let matrices = &circuit.matrices;
        // Zeros, ones, others, and variables that the assignment lacks.
        let value = |index: usize| match index % 3 {
            0 => Fr::zero(),
            1 => Fr::one(),
            _ => Fr::rand(&mut rand::rngs::OsRng),
        };
        let assignment: Vec<Fr> = (0..circuit.variables - 10).map(value).collect();
        let term = |(column, coefficient): (u32, u32)| {
            let value = assignment.get(column as usize).copied();
            value.unwrap_or_default() * matrices.coefficients[coefficient as usize]
        };
        let (mut ones, mut minus) = (0, 0);
        for (side, matrix) in matrices.abc.iter().enumerate() {
            let found = matrices.evaluate(side, &assignment);
            assert_eq!(found.len(), matrices.constraints());
            for (row, found) in found.into_iter().enumerate() {
                let expected: Fr = matrix.row(row).map(term).sum();
                assert_eq!(found, expected, "{side} {row}");
                let coefficients = matrix.row(row).map(|(_, index)| index as usize);
                for coefficient in coefficients.map(|index| matrices.coefficients[index]) {
                    ones += usize::from(coefficient.is_one());
                    minus += usize::from((-coefficient).is_one());
                }
            }
        }
        assert!(ones > 0 && minus > 0);
    }
}
