//! Chooses the multiplicities of the fixed tables: each entry counts as often as it is looked up. A value that is no
//! entry has no multiplicity that would help.

use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::builder::Rule;
use provable::circuit::{Circuit, Family};
use std::collections::HashMap;

const TABLES: [Family; 3] = [Family::RangeSum, Family::TopSum, Family::Sha256Sums];

pub fn recount(circuit: &Circuit, assignment: &mut Vec<Fr>) {
    let committed = circuit.layout.committed_end();
    // Products that tuples contain.
    circuit.derive(assignment);
    let matrices = &circuit.matrices;
    let terms: HashMap<u32, usize> = circuit
        .derivations
        .iter()
        .filter(|derivation| derivation.rule == Rule::Quotient)
        .map(|derivation| (derivation.var, derivation.constraint as usize))
        .collect();
    let products = matrices.products();
    let mut counts: HashMap<u32, u64> = HashMap::new();
    for (row, family) in circuit.families.iter().enumerate() {
        if !TABLES.contains(family) {
            continue;
        }
        let mut entries: HashMap<Fr, u32> = HashMap::new();
        let mut looked_up = Vec::new();
        for (var, coefficient) in matrices.abc[0].row(row) {
            let constraint = terms[&var];
            let pole_minus_tuple = products.dot(1, constraint, assignment);
            match matrices.coefficients[coefficient as usize].is_one() {
                true => looked_up.push(pole_minus_tuple),
                false => {
                    let (multiplicity, _) = matrices.abc[2].row(constraint).next().unwrap();
                    entries.insert(pole_minus_tuple, multiplicity);
                    counts.insert(multiplicity, 0);
                }
            }
        }
        assert!(!entries.is_empty());
        for value in looked_up {
            if let Some(entry) = entries.get(&value) {
                *counts.entry(*entry).or_default() += 1;
            }
        }
    }
    for (var, count) in counts {
        assignment[var as usize] = match count {
            0 => Fr::zero(),
            count => Fr::from(count),
        };
    }
    assignment.truncate(committed);
}
