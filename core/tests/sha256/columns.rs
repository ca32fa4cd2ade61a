//! Which constraint bounds each column, read from the matrices.

use crate::support::{CIRCUIT, Case, INITIAL};
use ark_bls12_381::Fr;
use ark_ff::One;
use provable::circuit::layout::statement::{BETA, GAMMA};
use provable::circuit::sha256::{BLOCK, STATE, names};
use std::collections::{BTreeMap, BTreeSet};

/// A row of a matrix: variables and coefficients.
fn entries(matrix: usize, row: usize) -> BTreeMap<u32, Fr> {
    let matrices = &CIRCUIT.matrices;
    let coefficient = |index: u32| matrices.coefficients[index as usize];
    let entries = matrices.abc[matrix].row(row);
    entries
        .map(|(var, index)| (var, coefficient(index)))
        .collect()
}

/// Every column but the two addresses is a boolean, or it is looked up with numerator 1: alone, or as one of a pair of
/// which the other is under β. So no other equation has to bound it, and each is an entry of its table.
#[test]
fn each_column_is_looked_up_alone_or_is_boolean() {
    let one: BTreeMap<u32, Fr> = [(0, Fr::one())].into();
    let minus = -Fr::one();
    let mut under_beta: BTreeMap<u32, u32> = BTreeMap::new();
    let mut bounded = BTreeSet::new();
    for row in 0..CIRCUIT.matrices.constraints() {
        let [a, b, c] = [0, 1, 2].map(|matrix| entries(matrix, row));
        if let ([(column, _)], [(beta, _)], [(product, _)]) = (
            &a.iter().collect::<Vec<_>>()[..],
            &b.iter().collect::<Vec<_>>()[..],
            &c.iter().collect::<Vec<_>>()[..],
        ) && **beta == BETA.0
        {
            under_beta.insert(**product, **column);
        }
        let boolean = a.len() == 1 && c.is_empty() && b.len() == 2 && b.get(&0) == Some(&Fr::one());
        if boolean {
            let column = *a.keys().next().unwrap();
            if b.get(&column) == Some(&minus) {
                bounded.insert(column);
            }
        }
        let mut tuple = b;
        if c != one
            || tuple.remove(&GAMMA.0) != Some(Fr::one())
            || tuple.values().any(|value| *value != minus)
        {
            continue;
        }
        let parts: Vec<u32> = tuple.into_keys().collect();
        match parts[..] {
            [alone] => drop(bounded.insert(alone)),
            [number, product] => {
                if let Some(form) = under_beta.get(&product) {
                    bounded.extend([number, *form]);
                }
            }
            _ => {}
        }
    }
    let block = CIRCUIT.layout.sha256;
    for row in 0..block.rows {
        for (column, name) in names(CIRCUIT.layout.capacities.word_limbs())
            .iter()
            .enumerate()
        {
            let expected = ![BLOCK, STATE].contains(&column);
            let found = bounded.contains(&block.at(row, column).0);
            assert_eq!(found, expected, "{name} of row {row}");
        }
    }
}

/// The names are those of the columns that the witness writes: the names of some words, read back from a row.
#[test]
fn names_are_those_of_the_columns() {
    let block: [u32; 16] = std::array::from_fn(|word| (word as u32).wrapping_mul(0x1234_5679));
    let case = Case::of(&CIRCUIT, INITIAL, block);
    for (name, value) in [
        ("active", 1),
        ("time", 9),
        ("block address", 200),
        ("state address", 100),
        ("block 3 age", 5),
        ("state 3 age", 6),
        ("block 0 limb 1", 0),
        ("block 5 bit 3", block[5] >> 3 & 15),
        ("state 0 bit 22", INITIAL[0] >> 22),
        ("state 4 bit 11", INITIAL[4] >> 11 & 127),
    ] {
        assert_eq!(case.get(name), Fr::from(value), "{name}");
    }
}
