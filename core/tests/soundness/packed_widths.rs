//! The widths of packed fields, recomputed from the capacities: every field stays within its width, and a packed sum has one
//! decomposition.

use provable::circuit::encoding::{BITS, UNFETCHABLE};
use provable::circuit::fact::Fact;
use provable::circuit::operations::*;
use provable::circuit::tuple::*;
use provable::circuit::{Capacities, Circuit};
use std::collections::BTreeSet;

/// For each `range_bits`: the smallest numbers of rows, and a large one that is still fast to write. No bound depends on the
/// other capacities, so they are 1. (A tier's own circuit is checked where it is written.)
fn extremes() -> Vec<Capacities> {
    let mut all = Vec::new();
    for range_bits in 0..32u32 {
        for rows in [1, 2, 1 << range_bits.min(12)] {
            all.push(Capacities {
                rows,
                program: 2,
                range_bits,
                heap: 1,
                stack: 1,
                calls: 1,
                arithmetic: 1,
                bitwise: 1,
                compare: 1,
                sha256: 0,
            });
        }
    }
    all.retain(Capacities::are_sound);
    all
}

/// In every circuit that may be built each packed field is within its width.
#[test]
fn packed_fields_stay_within_their_widths() {
    let all = extremes();
    assert!(all.iter().any(|capacities| capacities.range_bits == 18));
    for capacities in all {
        let refusal = Circuit::ledger(capacities).err();
        assert_eq!(refusal, None, "{capacities:?}");
    }
}

/// `decodes_uniquely` is true of each format, and false of a format with a width that is one bit too small.
#[test]
fn a_packed_sum_decodes_uniquely() {
    for format in FORMATS {
        assert!(format.decodes_uniquely());
        let ends = |field: &Field| [field.min, field.max];
        for (index, field) in format.fields.iter().enumerate().skip(1) {
            // The most that the fields below can make, and the least.
            // Shifts are more than integers have bits. The widths leave a bit to spare, so rounding does not matter.
            let unit = |field: &Field| 2f64.powi(field.shift as i32);
            let sums = [0, 1].map(|end| {
                let below = format.fields[..index].iter();
                let sum = below.map(|field| ends(field)[end] as f64 * unit(field));
                sum.sum::<f64>()
            });
            assert!(2.0 * (sums[1] - sums[0]) < unit(field), "{field:?}");
        }
    }
    const CLOSE: Format = Format {
        name: "close",
        serves: Fact::Fetch,
        fields: &[
            Field {
                name: "low",
                shift: 0,
                min: 0,
                max: 255,
            },
            Field {
                name: "high",
                shift: 9,
                min: 0,
                max: 1,
            },
        ],
    };
    assert!(!CLOSE.decodes_uniquely());
    // A digit's fields are below its base, so sums of digits carry nothing.
    for digit in [2u32, 4] {
        let base = 1u64 << digit;
        for (kind, code) in [COP_AND, COP_OR, COP_XOR].into_iter().enumerate() {
            let sum = (0..32 / digit).fold(0, |sum, index| {
                sum + (((kind as u64 + 1) * (base - 1) / 3) << (digit * index))
            });
            assert_eq!(sum, code);
        }
    }
}

/// The number under an empty stack is larger than every value that stands for a word: ADD's word with its carry, SUB's
/// difference, and every a of a coprocessor's row.
#[test]
fn no_table_answers_for_the_empty_stack_value() {
    let (empty, word) = (i128::from(EMPTY), (1i128 << 32) - 1);
    assert!(word + (1 << 32) < empty);
    assert!(empty - word > word);
    for capacities in extremes() {
        let ledger = Circuit::ledger(capacities).unwrap();
        for table in ["product", "rotation", "comparison", "bitwise"] {
            let a = ledger.uses[&("coprocessor", table, "a")];
            assert!(a.interval.ends().unwrap().1 < empty, "{table}");
        }
    }
}

#[test]
fn spaces_positions_and_operations_are_distinct() {
    let spaces = [
        Space::Stack,
        Space::Calls,
        Space::Input,
        Space::Output,
        Space::Heap,
    ];
    let spaces: BTreeSet<u8> = spaces.into_iter().map(|space| space as u8).collect();
    assert_eq!(spaces.len(), 5);
    // A padding entry's bits are more than a row's can make.
    assert!(u128::from(UNFETCHABLE) > (1u128 << BITS) - 1);
    // All that an arithmetic row's or a comparison's booleans can make is below the bitwise operations.
    let made: BTreeSet<u64> = (1..=12).chain(SECOND + 1..=SECOND + 8).collect();
    let asked: BTreeSet<u64> = OPERATIONS.into_iter().collect();
    assert_eq!(asked.len(), OPERATIONS.len());
    assert_eq!(asked.difference(&made).count(), 3);
    // Heap addresses grow by whole limbs a row, and do not come back to one by wrapping around the field's order.
    for capacities in extremes() {
        let distance = capacities.range_bits * capacities.word_limbs() as u32;
        assert!(distance + 17 < 128, "{capacities:?}");
    }
}
