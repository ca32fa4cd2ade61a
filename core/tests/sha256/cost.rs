//! What the table costs.

use crate::support::capacities;
use provable::circuit::sha256::total_entries;
use provable::circuit::{Circuit, Family};
use std::collections::BTreeMap;

/// Constraints of each family.
fn counts(sha256: usize, range_bits: u32) -> BTreeMap<Family, usize> {
    let circuit = Circuit::new(capacities(sha256, range_bits)).unwrap();
    let mut counts = BTreeMap::new();
    for family in circuit.families {
        *counts.entry(family).or_default() += 1;
    }
    counts
}

#[test]
fn a_block_and_the_tables_cost_what_is_documented() {
    for (range_bits, block) in [(16, 5252), (12, 5265)] {
        let [none, one, two] = [0, 1, 2].map(|rows| counts(rows, range_bits));
        let total = |counts: &BTreeMap<Family, usize>| counts.values().sum::<usize>();
        let a_block = total(&two) - total(&one);
        // The control bit `Hash` takes a constraint in each step row.
        let rows = capacities(1, range_bits).rows;
        let once = total(&one) - total(&none) - a_block - rows;
        println!(
            "{range_bits} bits: a block {a_block}, once {once}, entries {}",
            total_entries()
        );
        for (family, count) in &two {
            let more = count - one.get(family).copied().unwrap_or(0);
            if more > 0 {
                println!("  {family:?} {more}");
            }
        }
        assert_eq!(a_block, block);
        assert_eq!(once, 13_503);
    }
}
