//! Which constraints alone refuse some false witness: without such a constraint the search would have found a counterexample.
//!
//! This is what taking out the constraints one by one shows ([`singles`]), for all of them at once. A mutant that violates
//! nothing but one constraint, or nothing but what one lookup asks, is judged as if that were taken out. So the thousands of
//! constraints of a row of SHA-256 are measured in the time of one search.

use super::incremental::{Base, Change};
use super::single_constraints::{Single, singles};
use crate::support::checker::Fault;
use ark_bls12_381::Fr;
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// A mutant that one constraint refuses.
#[derive(Clone, Debug)]
pub struct Refused {
    pub seed: u64,
    pub kind: &'static str,
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

/// What a mutant violates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violated {
    Constraint(u32),
    /// A lookup of what is in no table, by the constraint of its term.
    Lookup(u32),
    /// A tuple of the memory sum.
    Memory,
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

    /// Notes a refused mutant, if `look` finds its rows false and only one constraint refuses it. One that only the memory sum
    /// refuses is refused by each term of that sum.
    pub fn note(
        &mut self,
        base: &mut Base<'_>,
        change: &Change,
        (seed, kind): (u64, &'static str),
        look: impl FnOnce(&[Fr]) -> Result<(), Fault>,
    ) {
        let (of, mut only) = (&self.of, None);
        let mut same = |violated: Violated| {
            let place = match violated {
                Violated::Memory => Some(usize::MAX),
                Violated::Constraint(row) | Violated::Lookup(row) => of.get(&row).copied(),
            };
            place.is_some_and(|place| *only.get_or_insert(place) == place)
        };
        let Some(Err(fault)) = base.violations(change, &mut same, look) else {
            return;
        };
        let memory = |single: &Single| {
            let families = [Family::Sha256Requests, Family::Sha256Memory];
            single.without.lookups.is_empty() && single.term && families.contains(&single.family)
        };
        let places: Vec<usize> = match only {
            None => return,
            Some(usize::MAX) => (0..self.singles.len())
                .filter(|index| memory(&self.singles[*index]))
                .collect(),
            Some(place) => vec![place],
        };
        for place in places {
            self.found.entry(place).or_insert_with(|| Refused {
                seed,
                kind,
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
