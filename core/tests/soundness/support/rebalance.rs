//! What a malicious prover does after it has changed committed values: it derives again everything that follows from them, and
//! chooses the multiplicities that balance the lookups. Only then the constraints are checked.

use super::{Case, sums};
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::builder::Rule;
use provable::circuit::variable::Var;
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeSet, HashMap};

/// A lookup sum: the constraints of its lookups; those of the entries of its table, with the variable of the multiplicity.
struct LookupSum {
    lookups: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

pub struct Rebalancer<'a> {
    circuit: &'a Circuit,
    sums: Vec<LookupSum>,
}

impl<'a> Rebalancer<'a> {
    pub fn new(circuit: &'a Circuit) -> Self {
        let matrices = &circuit.matrices;
        let term: HashMap<u32, u32> = circuit
            .derivations
            .iter()
            .filter(|derivation| derivation.rule == Rule::Quotient)
            .map(|derivation| (derivation.var, derivation.constraint))
            .collect();
        // The memory's comes first. It has no multiplicities.
        let rows = sums(circuit).into_iter().skip(1);
        let sums = rows.map(|row| {
            let mut sum = LookupSum {
                lookups: Vec::new(),
                entries: Vec::new(),
            };
            for (var, coefficient) in matrices.abc[0].row(row) {
                let constraint = term[&var];
                if matrices.coefficients[coefficient as usize].is_one() {
                    sum.lookups.push(constraint);
                } else {
                    let (multiplicity, _) =
                        matrices.abc[2].row(constraint as usize).next().unwrap();
                    sum.entries.push((constraint, multiplicity));
                }
            }
            sum
        });
        Rebalancer {
            circuit,
            sums: sums.collect(),
        }
    }

    /// Derives what follows from the committed values, chooses the multiplicities that balance every lookup that can be balanced,
    /// and derives again.
    pub fn rebalance(&self, assignment: &mut Vec<Fr>) {
        let matrices = &self.circuit.matrices;
        self.circuit.derive(assignment);
        for sum in &self.sums {
            let mut counts: HashMap<Fr, Fr> = HashMap::new();
            for constraint in &sum.lookups {
                let row = *constraint as usize;
                let numerator = matrices.dot(2, row, assignment);
                *counts.entry(matrices.dot(1, row, assignment)).or_default() += numerator;
            }
            for (constraint, multiplicity) in &sum.entries {
                let tuple = matrices.dot(1, *constraint as usize, assignment);
                let count = counts.remove(&tuple).unwrap_or_default();
                assignment[*multiplicity as usize] = count;
            }
        }
        self.circuit.derive(assignment);
    }

    /// The families of the violated constraints.
    pub fn violations(&self, assignment: &[Fr]) -> BTreeSet<Family> {
        (0..self.circuit.matrices.constraints())
            .filter(|row| !self.circuit.matrices.holds(*row, assignment))
            .map(|row| self.circuit.families[row])
            .collect()
    }

    /// Moves the discrepancy of a sum into one term of a family. Returns the families of the violated constraints, or `None` if the
    /// family has no term in the sum.
    pub fn violations_with_discrepancy_in(
        &self,
        assignment: &mut [Fr],
        sum: Family,
        family: Family,
    ) -> Option<BTreeSet<Family>> {
        use ark_ff::Field;
        let matrices = &self.circuit.matrices;
        let row = self
            .circuit
            .families
            .iter()
            .position(|found| *found == sum)?;
        let residue = matrices.dot(0, row, assignment);
        let constraint_of: HashMap<u32, u32> = self
            .circuit
            .derivations
            .iter()
            .map(|derivation| (derivation.var, derivation.constraint))
            .collect();
        let (var, coefficient) = matrices.abc[0].row(row).find(|(var, _)| {
            let constraint = constraint_of.get(var);
            constraint.is_some_and(|row| self.circuit.families[*row as usize] == family)
        })?;
        let coefficient = matrices.coefficients[coefficient as usize];
        assignment[var as usize] -= residue * coefficient.inverse()?;
        Some(self.violations(assignment))
    }

    /// Changes a copy of a case's assignment and rebalances it. Returns the families of the violated constraints.
    pub fn violations_after(&self, case: &Case<'_>, changes: &[(Var, Fr)]) -> BTreeSet<Family> {
        let mut assignment = case.assignment.clone();
        for (var, value) in changes {
            assignment[var.0 as usize] = *value;
        }
        self.rebalance(&mut assignment);
        self.violations(&assignment)
    }
}
