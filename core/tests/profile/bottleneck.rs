//! Which capacity decides the tier.

use proptest::prelude::*;
use provable::circuit::Usage;
use provable::circuit::profile::Bottleneck;
use provable::circuit::shape::Shape;
use provable::circuit::tier::{LARGEST, TIERS, Tier};

/// What a run of so many rows uses at least.
fn of_rows(rows: usize) -> Usage {
    Usage {
        rows,
        program: 1,
        ..Usage::default()
    }
}

#[test]
fn a_run_in_the_smallest_tier_has_no_smaller_one_and_its_fullest_table_decides() {
    let found = Bottleneck::of(&Usage {
        compare: 11,
        ..of_rows(20)
    });
    assert_eq!((found.tier, &found.smaller[..]), (Some(&TIERS[0]), &[][..]));
    assert_eq!((found.table.table, found.table.used), ("compare", 11));
}

#[test]
fn the_table_that_exceeds_the_next_smaller_tier_by_most_decides() {
    let second = Tier::named("113").unwrap();
    let usage = Usage {
        bitwise: second.capacities.bitwise * 3,
        ..of_rows(second.capacities.rows + 1)
    };
    let found = Bottleneck::of(&usage);
    let tier = found.tier.unwrap();
    assert!(tier.domain_bits > second.domain_bits);
    assert_eq!(found.table.table, "bitwise");
    let nearest = &found.smaller[0];
    assert!(nearest.shortage.tables.contains(&found.table));
    assert!(nearest.tier.domain_bits < tier.domain_bits);
}

#[test]
fn a_run_that_no_tier_holds_is_compared_with_the_largest() {
    let largest = LARGEST[0].capacities.rows;
    let found = Bottleneck::of(&of_rows(largest + 7));
    assert_eq!(found.tier, None);
    let tiers: Vec<&Tier> = found.smaller.iter().map(|one| one.tier).collect();
    assert_eq!(tiers, LARGEST[..2]);
    assert_eq!(found.table.used - found.table.capacity, 7);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_keeps_a_run_out_of_the_next_smaller_tiers_is_told_whole(
        counts in prop::array::uniform9(0usize..3000), sha256 in prop::bool::weighted(0.2)
    ) {
        let [rows, program, heap, stack, calls, arithmetic, bitwise, compare, hashes] = counts;
        let usage = Usage {
            rows: rows + 1,
            program: program / 8 + 1,
            heap: heap / 8,
            stack: stack / 64,
            calls: calls / 128,
            arithmetic: arithmetic / 16,
            bitwise: bitwise / 8,
            compare: compare / 8,
            sha256: if sha256 { hashes / 48 } else { 0 },
        };
        let found = Bottleneck::of(&usage);
        prop_assert_eq!(found.tier, Tier::smallest(&usage).ok().map(|one| one.tier));
        let bits = found.tier.map_or(u32::MAX, |tier| tier.domain_bits);
        for shape in Shape::suited(usage.sha256 > 0) {
            let mut of_shape = TIERS.iter().filter(|one| one.shape == *shape && one.domain_bits < bits);
            let told = found.smaller.iter().find(|one| one.tier.shape == *shape);
            prop_assert_eq!(told.map(|one| one.tier), of_shape.next_back());
        }
        for one in &found.smaller {
            // Saving exactly what is told makes the run fit.
            let mut counts = usage.counts();
            for table in &one.shortage.tables {
                let place = provable::circuit::usage::TABLES.iter().position(|(name, _)| *name == table.table);
                counts[place.unwrap()] -= table.used - table.capacity;
            }
            let [rows, program, heap, stack, calls, arithmetic, bitwise, compare, sha256] = counts;
            let saved = Usage { rows, program, heap, stack, calls, arithmetic, bitwise, compare, sha256 };
            prop_assert!(one.tier.holds(&saved).is_ok());
            prop_assert!(one.tier.holds(&usage).is_err());
        }
        let tables = match (found.smaller.first(), found.tier) {
            (Some(one), _) => one.shortage.tables.clone(),
            (None, tier) => usage.tables(&tier.unwrap().capacities),
        };
        for table in tables {
            let worse = table.used * found.table.capacity <= found.table.used * table.capacity;
            prop_assert!(worse, "{table:?} and not {:?}", found.table);
        }
    }
}
