//! All that a change violates.

use super::incremental::{Base, Change, Group, tapes};
use ark_bls12_381::Fr;
use ark_ff::{One, Zero};
use hashbrown::HashMap;
use provable::circuit::tuple::Space;

/// What a mutant violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violated {
    Constraint(u32),
    /// A lookup of what is in no table, by the constraint of its term.
    Lookup(u32),
    /// A tuple of the memory sum.
    Memory,
}

impl Base<'_> {
    /// Judges a change, and gives `each` all that it violates, with the constraint of the sum, until that returns false. If it never does, `look` gets the changed
    /// assignment.
    pub fn violations<T>(
        &mut self,
        change: &Change,
        each: &mut impl FnMut(Violated, Option<usize>) -> bool,
        look: impl FnOnce(&[Fr]) -> T,
    ) -> Option<T> {
        self.apply(change);
        let all = self.visit(change, each);
        let seen = all.then(|| look(&self.assignment));
        self.revert();
        seen
    }

    /// Gives `each` what the change violates, in the order of the sums, with the constraint of the sum, until it returns false.
    pub(super) fn visit(
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
                let offered = |tuple: &Fr| {
                    let group = self.groups[term.sum as usize].get(tuple);
                    group.is_some_and(|group| group.entries > 0)
                };
                // Most lookups are of one entry of a fixed table in place of another.
                if wiring.fixed[term.sum as usize] && offered(&new_tuple) && offered(&tuple) {
                    continue;
                }
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
