//! The remaining witness, from the constraints: one constraint determines each derived variable.

use crate::circuit::Circuit;
use crate::circuit::builder::{Derivation, Rule};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero, serial_batch_inversion_and_mul};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// How many quotients share one inversion. An inversion takes about as long as a hundred multiplications. This many
/// values stay in the cache.
const TOGETHER: usize = 1 << 11;

impl Circuit {
    /// Computes the derived variables, given the statement and the committed block.
    pub fn derive(&self, assignment: &mut Vec<Fr>) {
        fill(self, assignment);
    }
}

/// Computes every derived variable. Products and zero tests come first, in the order in which they were written. No
/// product depends on a quotient, so afterwards the quotients share inversions. The vector has the capacity for every
/// variable, so it does not grow and leaves no copy of the witness behind.
fn fill(circuit: &Circuit, assignment: &mut Vec<Fr>) {
    let matrices = circuit.matrices.products();
    assignment.resize(circuit.variables, Fr::zero());
    let mut quotients = Vec::with_capacity(circuit.derivations.len());
    for derivation in &circuit.derivations {
        let row = derivation.constraint as usize;
        let value = match derivation.rule {
            Rule::Quotient => {
                quotients.push(*derivation);
                continue;
            }
            Rule::WhereZero if matrices.dot(1, row, assignment).is_zero() => {
                set(assignment, derivation.var, Fr::zero());
                matrices.dot(2, row + 1, assignment)
            }
            Rule::WhereZero => Fr::zero(),
            Rule::Product => {
                let product = matrices.dot(0, row, assignment) * matrices.dot(1, row, assignment);
                set(assignment, derivation.var, Fr::zero());
                product - matrices.dot(2, row, assignment)
            }
        };
        set(assignment, derivation.var, value);
    }
    let view: &[Fr] = assignment;
    let mut values = Zeroizing::new(vec![Fr::zero(); quotients.len()]);
    let parts = values.par_chunks_mut(TOGETHER);
    parts
        .zip(quotients.par_chunks(TOGETHER))
        .for_each(|(values, quotients)| {
            let dot = |matrix, derivation: &Derivation| {
                matrices.dot(matrix, derivation.constraint as usize, view)
            };
            for (value, derivation) in values.iter_mut().zip(quotients) {
                *value = dot(1, derivation);
            }
            serial_batch_inversion_and_mul(values, &Fr::one());
            for (value, derivation) in values.iter_mut().zip(quotients) {
                *value *= dot(2, derivation);
            }
        });
    for (derivation, value) in quotients.iter().zip(values.iter()) {
        set(assignment, derivation.var, *value);
    }
}

fn set(assignment: &mut [Fr], var: u32, value: Fr) {
    if let Some(slot) = assignment.get_mut(var as usize) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::shape::{Shape, capacities};
    use ark_ff::UniformRand;

    /// Whatever is committed, what it determines meets its constraints.
    #[test]
    fn each_variable_is_what_its_constraint_says() {
        let circuit = Circuit::new(capacities(160, 8, Shape::Plain)).unwrap();
        let rules = circuit.derivations.iter().map(|derivation| derivation.rule);
        assert!(rules.filter(|rule| *rule == Rule::Quotient).count() > TOGETHER);
        let value = |index: usize| match index % 2 {
            0 => Fr::zero(),
            _ => Fr::rand(&mut rand::rngs::OsRng),
        };
        let mut assignment: Vec<Fr> = (0..circuit.layout.committed_end()).map(value).collect();
        // The constant and the statement.
        for slot in assignment.iter_mut().take(circuit.layout.committed_start()) {
            *slot = Fr::rand(&mut rand::rngs::OsRng);
        }
        assignment[0] = Fr::one();
        fill(&circuit, &mut assignment);
        assert_eq!(assignment.len(), circuit.variables);
        for derivation in &circuit.derivations {
            let constraint = derivation.constraint as usize;
            assert!(
                circuit.matrices.holds(constraint, &assignment),
                "{derivation:?}"
            );
        }
    }
}
