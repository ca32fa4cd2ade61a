//! The constraints of a row.

use crate::support::SUMS;
use provable::circuit::builder::Rule;
use provable::circuit::{Circuit, Family};
use std::collections::{HashMap, HashSet};

/// Constraints, and terms as their sum and their constraint.
type Scope = (Vec<usize>, Vec<(Family, usize)>);

/// The constraints and terms whose committed variables are all in `allowed` and at least one in `own`.
pub fn scope(
    circuit: &Circuit,
    own: &HashSet<u32>,
    allowed: &HashSet<u32>,
    dropped: Option<Family>,
) -> Scope {
    let matrices = &circuit.matrices;
    let layout = &circuit.layout;
    let statement = layout.committed_start() as u32;
    let quotients = circuit.derivations.iter();
    let quotients: HashMap<usize, u32> = quotients
        .filter(|derivation| derivation.rule == Rule::Quotient)
        .map(|derivation| (derivation.constraint as usize, derivation.var))
        .collect();
    let mut defined: HashMap<u32, usize> = HashMap::new();
    for derivation in &circuit.derivations {
        if derivation.rule != Rule::Quotient {
            defined.insert(derivation.var, derivation.constraint as usize);
        }
    }
    // Whether a derived value depends on `own`, and on `allowed` alone, through its definition.
    let mut speaks: HashMap<u32, (bool, bool)> = HashMap::new();
    let inverses: HashSet<u32> = quotients.values().copied().collect();
    let of = |var: u32, speaks: &HashMap<u32, (bool, bool)>| match var {
        var if var < statement || inverses.contains(&var) => (false, true),
        var if (var as usize) < layout.committed_end() => {
            (own.contains(&var), allowed.contains(&var))
        }
        var => speaks.get(&var).copied().unwrap_or((false, true)),
    };
    let (mut constraints, mut terms) = (Vec::new(), Vec::new());
    for row in 0..matrices.constraints() {
        if SUMS.contains(&circuit.families[row]) {
            continue;
        }
        let vars = matrices.abc.iter().flat_map(|matrix| matrix.row(row));
        let vars: Vec<u32> = vars.map(|(var, _)| var).collect();
        let spoken = vars.iter().map(|var| of(*var, &speaks));
        let spoken = spoken.fold((false, true), |sum, one| (sum.0 | one.0, sum.1 & one.1));
        for var in vars.iter().filter(|var| defined.get(var) == Some(&row)) {
            speaks.insert(*var, spoken);
        }
        if spoken != (true, true) || dropped == Some(circuit.families[row]) {
            continue;
        }
        match quotients.get(&row) {
            Some(var) => terms.extend(sum_of(circuit, *var).map(|sum| (sum, row))),
            None => constraints.push(row),
        }
    }
    (constraints, terms)
}

/// The sum that has a term.
fn sum_of(circuit: &Circuit, var: u32) -> Option<Family> {
    let sums = SUMS.iter().copied();
    sums.into_iter().find(|family| {
        let row = circuit.families.iter().position(|found| found == family);
        row.is_some_and(|row| {
            circuit.matrices.abc[0]
                .row(row)
                .any(|(found, _)| found == var)
        })
    })
}
