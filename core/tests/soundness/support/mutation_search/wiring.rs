//! The constraints of each variable, computed once for a circuit, so that a change is judged by what it touches.
//!
//! The rest of the witness is a function of the statement and the committed block: a product is A·B, a zero test has one outcome,
//! a term of a sum is numerator / (γ − tuple). So the search changes committed values only.

use super::mutations::{Role, roles};
use crate::support::sums;
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::builder::Rule;
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeSet, HashMap};

/// A term of a logarithmic derivative.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    pub constraint: u32,
    /// Index into the circuit's [`sums`].
    pub sum: u8,
    /// Whether the sum subtracts it.
    pub minus: bool,
    /// Whether its numerator is a free multiplicity.
    pub entry: bool,
}

/// Where a variable occurs.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    /// Constraints that derive nothing.
    pub plain: Vec<u32>,
    /// Derivations (by index) of products and zero tests.
    pub derived: Vec<u32>,
    /// Terms (by index) whose tuple or numerator has it.
    pub terms: Vec<u32>,
}

pub struct Wiring<'a> {
    pub circuit: &'a Circuit,
    pub uses: Vec<Uses>,
    pub terms: Vec<Term>,
    /// All constraints that derive nothing, without sums and without what is taken out.
    pub plain: Vec<u32>,
    /// What is taken out of the matrices.
    pub without: Without,
    /// The constraints of the sums.
    pub sums: Vec<usize>,
    /// The terms (by index) of the lookups of the rows of the SHA-256 table.
    pub sha256_terms: Vec<usize>,
    pub sha256_roles: Vec<Role>,
    /// For each sum, whether its table is fixed.
    pub fixed: Vec<bool>,
    /// For each sum, whether it can always be balanced, because it or one of its terms is taken out.
    pub open: Vec<bool>,
}

/// What is taken out of the matrices.
#[derive(Clone, Debug, Default)]
pub struct Without {
    /// Constraints. If one of them defines a term, its sum can have any value.
    pub constraints: BTreeSet<usize>,
    /// Constraints that define the term of a lookup: the whole lookup is taken out.
    pub lookups: BTreeSet<usize>,
}

impl Without {
    /// All constraints of a family.
    pub fn family(circuit: &Circuit, family: Family) -> Self {
        let all = circuit.families.iter().enumerate();
        Without {
            constraints: all
                .filter(|(_, found)| **found == family)
                .map(|(row, _)| row)
                .collect(),
            lookups: BTreeSet::new(),
        }
    }
}

impl<'a> Wiring<'a> {
    /// The wiring of a circuit without what is taken out.
    pub fn new(circuit: &'a Circuit, without: Without) -> Self {
        let matrices = &circuit.matrices;
        let mut uses = vec![Uses::default(); circuit.variables];
        let mut plain = vec![true; matrices.constraints()];
        let mut quotient = HashMap::new();
        for (index, derivation) in circuit.derivations.iter().enumerate() {
            let row = derivation.constraint as usize;
            plain[row] = false;
            let inputs: &[(usize, usize)] = match derivation.rule {
                Rule::Product => &[(0, row), (1, row)],
                Rule::WhereZero => &[(1, row), (2, row + 1)],
                Rule::Quotient => {
                    quotient.insert(derivation.var, derivation.constraint);
                    continue;
                }
            };
            let vars = inputs
                .iter()
                .flat_map(|(side, row)| matrices.abc[*side].row(*row));
            let vars = vars.map(|(var, _)| var);
            for var in vars
                .filter(|var| *var != derivation.var)
                .collect::<BTreeSet<_>>()
            {
                uses[var as usize].derived.push(index as u32);
            }
        }
        let sums = sums(circuit);
        let (mut terms, mut open) = (Vec::new(), vec![false; sums.len()]);
        let committed = circuit.layout.committed_start()..circuit.layout.committed_end();
        let mut fixed: Vec<bool> = (0..sums.len()).map(|sum| sum > 0).collect();
        for (sum, row) in sums.iter().copied().enumerate() {
            plain[row] = false;
            open[sum] = without.constraints.contains(&row);
            for (var, coefficient) in matrices.abc[0].row(row) {
                // A variable that is no term belongs to the verifier.
                let Some(constraint) = quotient.get(&var).copied() else {
                    continue;
                };
                if without.lookups.contains(&(constraint as usize)) {
                    continue;
                }
                open[sum] |= without.constraints.contains(&(constraint as usize));
                let minus = !matrices.coefficients[coefficient as usize].is_one();
                let index = terms.len() as u32;
                terms.push(Term {
                    constraint,
                    sum: sum as u8,
                    minus,
                    entry: minus && sum > 0,
                });
                let sides = [1, 2]
                    .into_iter()
                    .flat_map(|side| matrices.abc[side].row(constraint as usize));
                for var in sides.map(|(var, _)| var).collect::<BTreeSet<_>>() {
                    uses[var as usize].terms.push(index);
                }
                let mut tuple = matrices.abc[1].row(constraint as usize);
                let constant = tuple.all(|(var, _)| (var as usize) < committed.start);
                fixed[sum] &= constant || !(minus && sum > 0);
            }
        }
        let own = |index: &usize| {
            let mut vars = matrices.abc[1].row(terms[*index].constraint as usize);
            let block = circuit.layout.sha256;
            vars.any(|(var, _)| block.place(var as usize).is_some())
        };
        let sha256_terms = (0..terms.len()).filter(own).collect();
        let kept = |row: &usize| plain[*row] && !without.constraints.contains(row);
        let plain: Vec<u32> = (0..plain.len())
            .filter(kept)
            .map(|row| row as u32)
            .collect();
        for row in &plain {
            let row = *row as usize;
            let vars = matrices.abc.iter().flat_map(|matrix| matrix.row(row));
            for var in vars.map(|(var, _)| var).collect::<BTreeSet<_>>() {
                uses[var as usize].plain.push(row as u32);
            }
        }
        Wiring {
            circuit,
            uses,
            terms,
            plain,
            without,
            sha256_terms,
            sha256_roles: roles(circuit),
            sums,
            fixed,
            open,
        }
    }

    /// γ − tuple of a term, and its numerator with its sign. The numerator of an entry is the prover's choice.
    pub fn term(&self, term: Term, assignment: &[Fr]) -> (Fr, Fr) {
        let (matrices, row) = (&self.circuit.matrices, term.constraint as usize);
        let numerator = matrices.dot(2, row, assignment);
        let signed = if term.minus { -numerator } else { numerator };
        (matrices.dot(1, row, assignment), signed)
    }
}
