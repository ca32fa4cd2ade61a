//! Which constraints alone refuse some false witness: without such a constraint the search would have found a counterexample.
//!
//! This is what taking out the constraints one by one shows ([`singles`]), for all of them at once. A mutant that violates
//! nothing but one constraint, or nothing but what one lookup asks, is judged as if that were taken out. So the thousands of
//! constraints of a row of SHA-256 are measured in the time of one search.
//!
//! `mutation --sole 1 --seconds 900 --seed 1` found 1804 of the 4359 of the circuit with two rows and limbs of 8 bits, and 1685 of the
//! 4385 of the one with one row and limbs of 6 bits, in 281,634 mutants of both; the counts still grew. `docs/proof-system.md` has
//! them by kind, and the two kinds of which there are none. Each term of the memory sum counts where that sum alone refuses.

use super::incremental::{Base, Change};
use super::rewritten_runs::Run;
use super::single_constraints::{Single, singles};
use super::violations::Violated;
use crate::support::checker::Fault;
use ark_bls12_381::Fr;
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

/// A mutant that one constraint refuses.
#[derive(Clone, Debug)]
pub struct Refused {
    pub seed: u64,
    pub kind: &'static str,
    pub run: Run,
    pub fault: Fault,
    pub change: Change,
}

/// The constraints of a block's rows, and for each the first mutant that it alone refuses.
pub struct SoleRefusals {
    pub singles: Vec<Single>,
    /// For each constraint of a row, the index of its single.
    of: HashMap<u32, usize>,
    pub found: BTreeMap<usize, Refused>,
}

/// In place of a single: the memory sum.
const MEMORY: usize = usize::MAX;

/// The only element of a set, if it is a place.
fn only(set: &BTreeSet<Option<usize>>) -> Option<usize> {
    match set.len() {
        1 => set.first().copied().flatten(),
        _ => None,
    }
}

impl SoleRefusals {
    /// Those of the rows of the SHA-256 table.
    pub fn sha256(circuit: &Circuit) -> Self {
        let own = |single: &Single| single.block == "sha256";
        let singles: Vec<Single> = singles(circuit).into_iter().filter(own).collect();
        let mut of = HashMap::new();
        for (index, single) in singles.iter().enumerate() {
            let rows = single.without.constraints.iter();
            for row in rows.chain(&single.without.lookups) {
                of.insert(*row as u32, index);
            }
        }
        SoleRefusals {
            singles,
            of,
            found: BTreeMap::new(),
        }
    }

    /// Notes a refused mutant, if `look` finds its rows false and only one constraint refuses it. Each term of the memory sum
    /// refuses what that sum alone refuses, and a sum of lookups what its lookups alone refuse.
    pub fn note(
        &mut self,
        base: &mut Base<'_>,
        change: &Change,
        (run, seed, kind): (&Run, u64, &'static str),
        look: impl FnOnce(&[Fr]) -> Result<(), Fault>,
    ) {
        let of = &self.of;
        let place = |violated| match violated {
            Violated::Memory => Some(MEMORY),
            Violated::Constraint(row) | Violated::Lookup(row) => of.get(&row).copied(),
        };
        let (mut places, mut sums) = (BTreeSet::new(), BTreeSet::new());
        let mut note = |violated, sum: Option<usize>| {
            places.insert(place(violated));
            sums.insert(sum.and_then(|row| of.get(&(row as u32)).copied()));
            [&places, &sums].iter().any(|set| only(set).is_some())
        };
        let Some(Err(fault)) = base.violations(change, &mut note, look) else {
            return;
        };
        let memory = |index: &usize| {
            let single = &self.singles[*index];
            let families = [Family::Sha256Requests, Family::Sha256Memory];
            single.without.lookups.is_empty() && single.term && families.contains(&single.family)
        };
        let mut alone: Vec<usize> = only(&sums).into_iter().collect();
        match only(&places) {
            Some(MEMORY) => alone.extend((0..self.singles.len()).filter(memory)),
            place => alone.extend(place),
        }
        for place in alone {
            self.found.entry(place).or_insert_with(|| Refused {
                seed,
                kind,
                run: run.clone(),
                fault,
                change: change.clone(),
            });
        }
    }

    /// For each family: how many constraints a row has, and how many of them alone refuse a mutant.
    pub fn counts(&self) -> BTreeMap<Family, (usize, usize)> {
        let mut counts = BTreeMap::new();
        for (index, single) in self.singles.iter().enumerate() {
            let (all, found) = counts.entry(single.family).or_insert((0, 0));
            *all += 1;
            *found += usize::from(self.found.contains_key(&index));
        }
        counts
    }

    /// The constraints that alone refuse no mutant, by the columns that they have.
    pub fn missed<'a>(&'a self, circuit: &'a Circuit) -> impl Iterator<Item = String> + 'a {
        let names = circuit.layout.column_names(&circuit.layout.sha256);
        let missed = self.singles.iter().enumerate();
        let missed = missed.filter(|(index, _)| !self.found.contains_key(index));
        missed.map(move |(_, single)| {
            let rows = single.without.constraints.iter();
            let row = rows.chain(&single.without.lookups).next();
            let sides = (0..3).flat_map(|side| {
                let row = row.map(|row| circuit.matrices.abc[side].row(*row));
                row.into_iter().flatten()
            });
            let places = sides.filter_map(|(var, _)| circuit.layout.sha256.place(var as usize));
            let names: Vec<&str> = places.map(|(_, column)| names[column].as_str()).collect();
            let names = match names.as_slice() {
                [first, .., last] => format!("{first} to {last}"),
                names => names.join(" "),
            };
            format!("{:?} {}: {names}", single.family, single.number)
        })
    }
}

impl fmt::Display for SoleRefusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (family, (all, found)) in self.counts() {
            writeln!(f, "{family:?}: {found} of {all}")?;
        }
        write!(f, "{} of {}", self.found.len(), self.singles.len())
    }
}
