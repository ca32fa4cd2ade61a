//! The remaining witness, from the constraints themselves: each derived variable is determined by one of them.

use crate::circuit::builder::Rule;
use crate::circuit::Circuit;
use ark_bls12_381::Fr;
use ark_ff::{batch_inversion, Zero};
use rayon::prelude::*;

/// Fills in every derived variable. Products and zero tests come first, in the order in which they were written;
/// no product depends on a quotient, so all the quotients then share one batch inversion.
pub fn fill(circuit: &Circuit, assignment: &mut Vec<Fr>) {
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
    let mut values: Vec<Fr> = Vec::with_capacity(quotients.len());
    quotients
        .par_iter()
        .with_min_len(256)
        .map(|derivation| matrices.dot(1, derivation.constraint as usize, view))
        .collect_into_vec(&mut values);
    batch_inversion(&mut values);
    let numerators: Vec<Fr> = quotients
        .par_iter()
        .with_min_len(256)
        .map(|derivation| matrices.dot(2, derivation.constraint as usize, view))
        .collect();
    for ((derivation, inverse), numerator) in quotients.iter().zip(values).zip(numerators) {
        set(assignment, derivation.var, inverse * numerator);
    }
}

fn set(assignment: &mut [Fr], var: u32, value: Fr) {
    if let Some(slot) = assignment.get_mut(var as usize) {
        *slot = value;
    }
}
