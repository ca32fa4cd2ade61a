//! Judges a change by the constraints that it touches.
//!
//! A sum Σ numerator/(γ − tuple) is zero at the challenge exactly if the numerators of each tuple add up to zero, except with
//! probability about terms/p over γ. So the sums are kept tuple by tuple, without inverses. A tuple that the table has is balanced
//! by its free multiplicity. Candidates are confirmed with the full matrices.

use super::violations::Violated;
use super::wiring::Wiring;
use crate::support::Case;
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use hashbrown::HashMap;
use provable::circuit::Family;
use provable::circuit::builder::Rule;
use provable::circuit::statement::Challenges;
use provable::circuit::tuple::{Space, packed_first, packed_public};
use std::collections::BTreeSet;

/// New values of committed variables, and the output if another one is claimed.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub values: Vec<(u32, Fr)>,
    pub output: Option<Vec<u32>>,
}

/// The outcome of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A touched constraint of this family is violated, which is no sum.
    Local(Family),
    /// These constraints hold, and this sum does not.
    Sum(Family),
    /// Everything holds.
    Accepted,
}

/// A tuple of a sum: the total of its numerators, and the number of table entries that have it.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) balance: Fr,
    pub(super) entries: i32,
}

/// An assignment whose changes are judged. It does not have the values of the terms.
pub struct Base<'a> {
    pub(super) wiring: &'a Wiring<'a>,
    pub assignment: Vec<Fr>,
    pub(super) output: Vec<u32>,
    pub(super) terms: Vec<(Fr, Fr)>,
    pub(super) groups: Vec<HashMap<Fr, Group>>,
    /// What is violated without a change: constraints, and tuples of sums.
    pub(super) broken: (Vec<u32>, Vec<(u8, Fr)>),
    /// Marks of what the current change has visited: constraints, derivations and terms, one range each.
    seen: Vec<u32>,
    round: u32,
    pub(super) undo: Vec<(u32, Fr)>,
}

impl<'a> Base<'a> {
    pub fn new(wiring: &'a Wiring<'a>, case: &Case<'_>) -> Self {
        let circuit = wiring.circuit;
        let mut groups = vec![HashMap::<Fr, Group>::new(); wiring.sums.len()];
        let mut terms = Vec::with_capacity(wiring.terms.len());
        for term in &wiring.terms {
            let (tuple, numerator) = wiring.term(*term, &case.assignment);
            let group = groups[term.sum as usize].entry(tuple).or_default();
            match term.entry {
                true => group.entries += 1,
                false => group.balance += numerator,
            }
            terms.push((tuple, numerator));
        }
        let input = tapes(&case.public, Space::Input, Fr::one());
        let output = tapes(&case.outputs, Space::Output, -Fr::one());
        for (tuple, one) in input.chain(output).chain(data(case.program.data())) {
            groups[0].entry(tuple).or_default().balance += one;
        }
        let marks = circuit.matrices.constraints() + circuit.derivations.len() + terms.len();
        let mut base = Base {
            wiring,
            assignment: case.assignment.clone(),
            output: case.outputs.clone(),
            terms,
            groups,
            seen: vec![0; marks],
            round: 0,
            undo: Vec::new(),
            broken: Default::default(),
        };
        base.find_broken();
        base
    }

    /// Whether the unchanged assignment satisfies everything.
    pub fn holds(&self) -> bool {
        self.broken.0.is_empty() && self.broken.1.is_empty()
    }

    fn find_broken(&mut self) {
        let (wiring, circuit) = (self.wiring, self.wiring.circuit);
        let holds = |row: u32| circuit.matrices.holds(row as usize, &self.assignment);
        let plain = wiring.plain.iter().copied();
        let plain = plain.filter(|row| !holds(*row)).collect();
        let groups = self
            .groups
            .iter()
            .enumerate()
            .filter(|(sum, _)| !wiring.open[*sum]);
        let groups = groups.flat_map(|(sum, groups)| groups.iter().map(move |group| (sum, group)));
        let groups =
            groups.filter(|(_, (_, group))| group.entries == 0 && !group.balance.is_zero());
        let groups = groups
            .map(|(sum, (tuple, _))| (sum as u8, *tuple))
            .collect();
        self.broken = (plain, groups);
    }

    /// Judges a change, and undoes it.
    pub fn judge(&mut self, change: &Change) -> Verdict {
        self.apply(change);
        let verdict = self.verdict(change);
        self.revert();
        verdict
    }

    /// Judges a change. If it is accepted, `look` gets the changed assignment, without terms and multiplicities.
    pub fn accepted<T>(
        &mut self,
        change: &Change,
        look: impl FnOnce(&[Fr]) -> T,
    ) -> Result<T, Verdict> {
        self.apply(change);
        let verdict = self.verdict(change);
        let seen = match verdict {
            Verdict::Accepted => Ok(look(&self.assignment)),
            other => Err(other),
        };
        self.revert();
        seen
    }

    pub(super) fn first(&mut self, mark: usize) -> bool {
        let fresh = self.seen[mark] != self.round;
        self.seen[mark] = self.round;
        fresh
    }

    fn put(&mut self, var: u32, value: Fr) -> bool {
        let slot = &mut self.assignment[var as usize];
        let moved = *slot != value;
        if moved {
            self.undo.push((var, std::mem::replace(slot, value)));
        }
        moved
    }

    pub(super) fn revert(&mut self) {
        while let Some((var, value)) = self.undo.pop() {
            self.assignment[var as usize] = value;
        }
    }

    /// Sets the values, and derives products and zero tests again in the order of the derivations.
    pub(super) fn apply(&mut self, change: &Change) {
        self.round += 1;
        let circuit = self.wiring.circuit;
        let constraints = circuit.matrices.constraints();
        let mut waiting: BTreeSet<u32> = BTreeSet::new();
        for (var, value) in &change.values {
            if self.put(*var, *value) {
                waiting.extend(&self.wiring.uses[*var as usize].derived);
            }
        }
        while let Some(index) = waiting.pop_first() {
            if !self.first(constraints + index as usize) {
                continue;
            }
            let derivation = circuit.derivations[index as usize];
            let row = derivation.constraint as usize;
            let dot = |side| circuit.matrices.dot(side, row, &self.assignment);
            let value = match derivation.rule {
                Rule::WhereZero if dot(1).is_zero() => {
                    // The next constraint's C without the variable itself.
                    let weight = circuit.matrices.dot(2, row + 1, &self.assignment);
                    weight + self.assignment[derivation.var as usize]
                }
                Rule::WhereZero => Fr::zero(),
                _ => dot(0) * dot(1),
            };
            if self.put(derivation.var, value) {
                waiting.extend(&self.wiring.uses[derivation.var as usize].derived);
            }
        }
    }

    fn verdict(&mut self, change: &Change) -> Verdict {
        let circuit = self.wiring.circuit;
        let mut verdict = Verdict::Accepted;
        self.visit(change, &mut |violated, sum| {
            verdict = match (violated, sum) {
                (Violated::Constraint(row), None) => Verdict::Local(circuit.families[row as usize]),
                (_, sum) => Verdict::Sum(circuit.families[sum.unwrap_or(0)]),
            };
            false
        });
        verdict
    }
}

/// The verifier's terms of the words of the heap at the start, and of the first tuples of their cells.
fn data(words: &[(u32, u32)]) -> impl Iterator<Item = (Fr, Fr)> + '_ {
    let Challenges { gamma, beta, .. } = Case::challenges();
    words.iter().flat_map(move |(address, word)| {
        let address = beta * beta * Fr::from(*address);
        let word = packed_public(Space::Heap) + beta * Fr::from(*word) + address;
        let first = packed_first(Space::Heap) + address;
        [(gamma - word, Fr::one()), (gamma - first, -Fr::one())]
    })
}

/// The verifier's terms of the tapes: γ − tuple, and a numerator.
pub(super) fn tapes(
    words: &[u32],
    space: Space,
    numerator: Fr,
) -> impl Iterator<Item = (Fr, Fr)> + '_ {
    let challenges = Case::challenges();
    words.iter().enumerate().map(move |(index, word)| {
        let address = challenges.beta * Fr::from(index as u64);
        let tuple = packed_public(space) + challenges.beta * (Fr::from(*word) + address);
        (challenges.gamma - tuple, numerator)
    })
}
