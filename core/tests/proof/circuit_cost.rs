//! The cost of a row by constraint family. The table in the documentation is computed from the circuit.
use provable::circuit::encoding::Bit;
use provable::circuit::layout::step;
use provable::circuit::shape::{Shape, capacities};
use provable::circuit::{Circuit, Family};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Rows of the circuit that is counted.
const ROWS: usize = 4096;
/// What its range table holds, as a power of two.
const RANGE_BITS: u32 = 12;
/// No more constraints a row than this, all tables included.
const MOST: usize = 63;

#[test]
fn the_documentation_lists_the_cost_of_a_row() {
    let circuit = Circuit::new(capacities(ROWS, RANGE_BITS, Shape::Plain)).unwrap();
    let mut counts: BTreeMap<Family, usize> = BTreeMap::new();
    for family in &circuit.families {
        *counts.entry(*family).or_default() += 1;
    }
    let each = |count: usize| format!("{:.2}", count as f64 / ROWS as f64);
    let mut table = String::from("| family | constraints a row |\n| --- | --- |\n");
    let mut least = 0;
    for family in Family::ALL {
        match counts.get(family).copied().unwrap_or(0) {
            // About once in a circuit.
            count if count * 100 < ROWS => least += count,
            count => table.push_str(&format!("| `{family:?}` | {} |\n", each(count))),
        }
    }
    table.push_str(&format!("| all others | {} |\n", each(least)));
    let total = circuit.families.len();
    table.push_str(&format!("| **together** | **{}** |\n", each(total)));
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/proof-system.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    assert!(
        docs.contains(&table),
        "docs/proof-system.md has no\n\n{table}"
    );
    assert!(total <= MOST * ROWS, "{}", each(total));
}

/// A committed variable that occurs in C costs the prover one more base. In a row these are the columns of the next row's state, of
/// the numerator of a sum, and of the test of a jump. A boolean does not occur in C because it is a boolean.
#[test]
fn few_columns_of_a_row_occur_in_c() {
    let circuit = Circuit::new(capacities(64, 8, Shape::Plain)).unwrap();
    let matrices = &circuit.matrices;
    let mut found = BTreeSet::new();
    for row in 0..matrices.constraints() {
        let places = matrices.abc[2]
            .row(row)
            .filter_map(|(var, _)| circuit.layout.step.place(var as usize));
        // The last row has no next one, whose counters would say what it pops.
        let places = places.filter(|(row, _)| row + 1 < circuit.layout.step.rows);
        found.extend(places.map(|(_, column)| column));
    }
    let state = [
        step::PC,
        step::DEPTH,
        step::CALLS,
        step::READ,
        step::WRITTEN,
        step::TOP,
        step::FLAG,
    ];
    let bits = [
        Bit::Cop,
        Bit::CopCarry,
        Bit::Jz,
        Bit::Jnz,
        Bit::AtConst,
        Bit::AtAddr,
        Bit::AtDepth,
    ];
    let bits = bits.map(|bit| step::BIT + bit as usize);
    assert_eq!(found, state.into_iter().chain(bits).collect());
}
