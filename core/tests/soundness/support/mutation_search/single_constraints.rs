//! The constraints of a row one by one. How many of them a search misses when they are taken out measures the search.

use super::wiring::{Wiring, Without};
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeMap, BTreeSet};

/// A constraint that every row of a block has.
#[derive(Clone, Debug)]
pub struct Single {
    pub block: &'static str,
    /// Its number among the row's constraints.
    pub number: usize,
    pub family: Family,
    /// Whether it defines a term of a sum.
    pub term: bool,
    pub without: Without,
}

/// Every constraint of a step row and of a row of the other tables, except for derivations, which define a value. A lookup is taken
/// out as a whole, so that its term is not free.
pub fn singles(circuit: &Circuit) -> Vec<Single> {
    let layout = &circuit.layout;
    let wiring = Wiring::new(circuit, Without::default());
    let terms = wiring.terms.iter();
    let terms: BTreeMap<usize, bool> = terms
        .map(|term| (term.constraint as usize, term.sum > 0 && !term.entry))
        .collect();
    let derived: BTreeSet<usize> = circuit
        .derivations
        .iter()
        .map(|derivation| derivation.constraint as usize)
        .collect();
    // A derived value belongs to the row of the first constraint that has it.
    let mut owner: BTreeMap<u32, (&str, usize)> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let mut found: BTreeMap<(&'static str, usize), Vec<usize>> = BTreeMap::new();
    for row in 0..circuit.matrices.constraints() {
        let vars = circuit
            .matrices
            .abc
            .iter()
            .flat_map(|matrix| matrix.row(row));
        let vars: Vec<u32> = vars.map(|(var, _)| var).collect();
        let place = |var: &u32| {
            let blocks = layout.blocks().into_iter();
            let mut placed =
                blocks.filter_map(|block| Some((block.name, block.place(*var as usize)?.0)));
            owner.get(var).copied().or_else(|| placed.next())
        };
        let Some(place) = vars.iter().filter_map(place).min_by_key(|place| place.1) else {
            continue;
        };
        for var in vars
            .iter()
            .filter(|var| **var as usize >= layout.committed_end())
        {
            owner.entry(*var).or_insert(place);
        }
        let count = counts.entry(place).or_default();
        found.entry((place.0, *count)).or_default().push(row);
        *count += 1;
    }
    let rows_of = |name: &str| {
        let block = layout.blocks().into_iter().find(|block| block.name == name);
        block.map_or(0, |block| block.rows)
    };
    let every = found
        .into_iter()
        .filter(|((block, _), rows)| rows.len() + 1 >= rows_of(block));
    let rows = [
        "step",
        "heap",
        "stack",
        "calls",
        "arithmetic",
        "bitwise",
        "compare",
        "sha256",
    ];
    let every = every.filter(|((block, _), _)| rows.contains(block));
    let singles = every.filter_map(|((block, number), rows)| {
        let first = *rows.first()?;
        let all: BTreeSet<usize> = rows.into_iter().collect();
        let without = match terms.get(&first) {
            Some(true) => Without {
                lookups: all,
                ..Without::default()
            },
            None if derived.contains(&first) => return None,
            _ => Without {
                constraints: all,
                ..Without::default()
            },
        };
        let family = circuit.families[first];
        Some(Single {
            block,
            number,
            family,
            term: terms.contains_key(&first),
            without,
        })
    });
    singles.collect()
}
