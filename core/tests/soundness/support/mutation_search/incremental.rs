//! Judges a change by the constraints that it touches.
//!
//! A sum Σ numerator/(γ − tuple) is zero at the challenge exactly if the numerators of each tuple add up to zero, except with
//! probability about terms/p over γ. So the sums are kept tuple by tuple, without inverses. A tuple that the table has is balanced
//! by its free multiplicity. Candidates are confirmed with the full matrices.

use super::sole_refusals::Violated;
use super::wiring::Wiring;
use crate::support::Case;
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use provable::circuit::Family;
use provable::circuit::builder::Rule;
use provable::circuit::statement::Challenges;
use provable::circuit::tuple::{Space, packed_first, packed_public};
use std::collections::{BTreeSet, HashMap};

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
struct Group {
    balance: Fr,
    entries: i32,
}

/// An assignment whose changes are judged. It does not have the values of the terms.
pub struct Base<'a> {
    wiring: &'a Wiring<'a>,
    pub assignment: Vec<Fr>,
    output: Vec<u32>,
    terms: Vec<(Fr, Fr)>,
    groups: Vec<HashMap<Fr, Group>>,
    /// What is violated without a change: constraints, and tuples of sums.
    broken: (Vec<u32>, Vec<(u8, Fr)>),
    /// Marks of what the current change has visited: constraints, derivations and terms, one range each.
    seen: Vec<u32>,
    round: u32,
    undo: Vec<(u32, Fr)>,
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

    fn first(&mut self, mark: usize) -> bool {
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

    fn revert(&mut self) {
        while let Some((var, value)) = self.undo.pop() {
            self.assignment[var as usize] = value;
        }
    }

    /// Sets the values, and derives products and zero tests again in the order of the derivations.
    fn apply(&mut self, change: &Change) {
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

    /// Judges a change, and gives `each` all that it violates, until that returns false. If it never does, `look` gets the changed
    /// assignment.
    pub fn violations<T>(
        &mut self,
        change: &Change,
        each: &mut impl FnMut(Violated) -> bool,
        look: impl FnOnce(&[Fr]) -> T,
    ) -> Option<T> {
        self.apply(change);
        let all = self.visit(change, &mut |violated, _| each(violated));
        let seen = all.then(|| look(&self.assignment));
        self.revert();
        seen
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

    /// Gives `each` what the change violates, in the order of the sums, with the constraint of the sum, until it returns false.
    fn visit(
        &mut self,
        change: &Change,
        each: &mut impl FnMut(Violated, Option<usize>) -> bool,
    ) -> bool {
        let wiring = self.wiring;
        let circuit = wiring.circuit;
        for index in 0..self.broken.0.len() {
            let row = self.broken.0[index];
            let holds = circuit.matrices.holds(row as usize, &self.assignment);
            if self.first(row as usize) && !holds && !each(Violated::Constraint(row), None) {
                return false;
            }
        }
        let changed: Vec<u32> = self.undo.iter().map(|(var, _)| *var).collect();
        for var in &changed {
            for row in &wiring.uses[*var as usize].plain {
                if self.first(*row as usize)
                    && !circuit.matrices.holds(*row as usize, &self.assignment)
                    && !each(Violated::Constraint(*row), None)
                {
                    return false;
                }
            }
        }
        let base = circuit.matrices.constraints() + circuit.derivations.len();
        let mut moved: HashMap<(u8, Fr), Group> = HashMap::new();
        let mut lookups: Vec<(u8, Fr, u32)> = Vec::new();
        for var in &changed {
            for index in &wiring.uses[*var as usize].terms {
                let term = wiring.terms[*index as usize];
                if wiring.open[term.sum as usize] || !self.first(base + *index as usize) {
                    continue;
                }
                let (tuple, numerator) = self.terms[*index as usize];
                let (new_tuple, new_numerator) = wiring.term(term, &self.assignment);
                let old = moved.entry((term.sum, tuple)).or_default();
                match term.entry {
                    true => old.entries -= 1,
                    false => old.balance -= numerator,
                }
                let new = moved.entry((term.sum, new_tuple)).or_default();
                match term.entry {
                    true => new.entries += 1,
                    false => new.balance += new_numerator,
                }
                if term.sum > 0 && !term.entry {
                    lookups.push((term.sum, new_tuple, term.constraint));
                }
            }
        }
        if let (Some(output), false) = (&change.output, wiring.open[0]) {
            for (tuple, one) in tapes(&self.output, Space::Output, Fr::one()).chain(tapes(
                output,
                Space::Output,
                -Fr::one(),
            )) {
                moved.entry((0, tuple)).or_default().balance += one;
            }
        }
        for broken in &self.broken.1 {
            moved.entry(*broken).or_default();
        }
        // The verdict names the first violated sum, whatever the order of the tuples.
        let unbalanced = moved.into_iter().filter(|((sum, tuple), change)| {
            let found = self.groups[*sum as usize]
                .get(tuple)
                .copied()
                .unwrap_or_default();
            let offered = found.entries + change.entries > 0;
            !offered && !(found.balance + change.balance).is_zero()
        });
        let mut unbalanced: Vec<(u8, Fr)> = unbalanced.map(|(place, _)| place).collect();
        unbalanced.sort_by_key(|(sum, _)| *sum);
        for (sum, tuple) in unbalanced {
            let row = wiring.sums[sum as usize];
            let own = lookups.iter().filter(|one| (one.0, one.1) == (sum, tuple));
            let mut found: Vec<Violated> = own.map(|one| Violated::Lookup(one.2)).collect();
            if found.is_empty() {
                // Terms of the memory; or a lookup that lost its entry.
                found.push(match sum {
                    0 => Violated::Memory,
                    _ => Violated::Constraint(row as u32),
                });
            }
            if !found.into_iter().all(|violated| each(violated, Some(row))) {
                return false;
            }
        }
        true
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
fn tapes(words: &[u32], space: Space, numerator: Fr) -> impl Iterator<Item = (Fr, Fr)> + '_ {
    let challenges = Case::challenges();
    words.iter().enumerate().map(move |(index, word)| {
        let address = challenges.beta * Fr::from(index as u64);
        let tuple = packed_public(space) + challenges.beta * (Fr::from(*word) + address);
        (challenges.gamma - tuple, numerator)
    })
}
