//! Numbers that are not those of the compression function are refused, also those that are no integers.

use crate::support::{CIRCUIT, Case, INITIAL};
use ark_bls12_381::Fr;
use ark_ff::{Field, One, Zero};
use provable::circuit::Family::{self, *};
use provable::circuit::field::pow2;
use provable::circuit::sha256::{Entry, Function, Lane, Table, entries, names, spread};
use provable::circuit::tuple::shift_of_lane;
use rand::Rng;
use std::collections::BTreeSet;

fn case() -> Case {
    let mut random = rand::rngs::OsRng;
    Case::of(&CIRCUIT, INITIAL, random.r#gen())
}

/// The families that refuse a changed row, whatever the memory is asked to agree to: the result in the heap is that of
/// the row.
fn refusals(change: impl FnOnce(&mut Case)) -> BTreeSet<Family> {
    let mut case = case();
    change(&mut case);
    case.agree();
    case.violations()
}

fn refused_by(families: &[Family], change: impl FnOnce(&mut Case)) {
    assert_eq!(refusals(change), families.iter().copied().collect());
}

/// 2^-n.
fn fraction(n: u32) -> Fr {
    pow2(n).inverse().unwrap()
}

/// An entry of a chunk's table, as the number that is committed.
fn entry(function: Function, lane: Lane, position: u32, index: usize) -> Fr {
    let found = entries(Table::Chunks(function, lane, position)).nth(index);
    let Some(Entry::Chunk(digits, lane, result)) = found else {
        panic!("no entry {index}");
    };
    let shift = shift_of_lane(lane);
    Fr::from(digits) * pow2(shift) + Fr::from(result)
}

#[test]
fn the_control_is_proved() {
    refused_by(&[], |_| {});
}

/// The carry would be a fraction.
#[test]
fn another_result_is_refused() {
    for word in ["a 64", "e 64", "result 1", "result 7"] {
        refused_by(&[RangeSum], |case| {
            let limb = format!("{word} limb 0");
            let other = match case.get(&limb) {
                zero if zero.is_zero() => Fr::one(),
                limb => limb - Fr::one(),
            };
            case.set(&limb, other);
        });
    }
}

/// A result that is 2^32 more, with a carry that is one less: the top limb is too large.
#[test]
fn a_result_above_a_word_is_refused() {
    refused_by(&[RangeSum], |case| {
        let limb = case.get("result 3 limb 3");
        case.set("result 3 limb 3", limb + Fr::from(256u64));
    });
}

/// The carry of an addition is what its equation leaves, so it changes with any of its terms. A multiple of 2^32 in one
/// of them makes another integer of it, also a negative one.
#[test]
fn another_carry_is_refused() {
    for more in [Fr::one(), -Fr::one(), Fr::from(5u64)] {
        let refused = refusals(|case| {
            let piece = case.get("schedule 20 bit 0");
            case.set("schedule 20 bit 0", piece + more * pow2(32));
        });
        assert!(refused.contains(&Sha256Sums), "{refused:?}");
    }
}

#[test]
fn another_piece_is_refused() {
    // Its spread form stays.
    refused_by(&[Sha256Sums, RangeSum], |case| {
        let piece = case.get("a 5 bit 2");
        case.set(
            "a 5 bit 2",
            if piece.is_zero() {
                Fr::one()
            } else {
                piece - Fr::one()
            },
        );
    });
    // A piece of one bit is a boolean.
    refused_by(&[Sha256Pieces, RangeSum], |case| {
        case.set("schedule 30 bit 17", 2u64)
    });
}

#[test]
fn the_spread_form_of_another_number_is_refused() {
    refused_by(&[Sha256Sums, RangeSum], |case| {
        let form = case.get("e 9 bit 11 spread");
        let other = if form == Fr::from(spread(5)) { 6 } else { 5 };
        case.set("e 9 bit 11 spread", spread(other));
    });
    // Of the right number, for a piece of another length.
    refused_by(&[Sha256Sums, RangeSum], |case| {
        case.set("a 3 bit 0", 5u64);
        case.set("a 3 bit 0 spread", spread(5));
    });
}

/// All pieces of the word are right for another word.
#[test]
fn another_schedule_word_is_refused() {
    for word in [16, 20, 40, 55, 62, 63] {
        refused_by(&[RangeSum], |case| {
            let name = format!("schedule {word}");
            case.set_word(&name, 0x0123_4567);
        });
    }
}

/// Another word of the block or of the old state would have to be in the memory, and is not what the rest follows from.
#[test]
fn another_word_of_the_block_is_refused() {
    refused_by(&[RangeSum, MemorySum], |case| {
        case.set_word("block 3", 0x0123_4567)
    });
    refused_by(&[RangeSum, MemorySum], |case| {
        case.set_word("state 6", 0x0123_4567)
    });
}

/// Another entry of a chunk's table has other digits or another result, and no carry makes up for either.
#[test]
fn another_entry_of_a_chunk_is_refused() {
    for index in [0, 1, 77, 200] {
        for (name, function, lane) in [
            ("e 7 function 0 chunk 2", Function::Parity, Lane::First),
            (
                "schedule 33 function 1 chunk 2",
                Function::Parity,
                Lane::Second,
            ),
            ("a 7 function 1 chunk 2", Function::Majority, Lane::Second),
            ("e 7 function 1 chunk 2", Function::Choice, Lane::Second),
        ] {
            refused_by(&[RangeSum], |case| {
                let before = case.get(name);
                let other = entry(function, lane, 2, index);
                let next = entry(function, lane, 2, index + 1);
                case.set(name, if before == other { next } else { other });
            });
        }
    }
}

/// A result with the digits of another one is no entry, whatever makes the sum come out.
#[test]
fn a_chunk_that_is_no_entry_is_refused() {
    for more in [
        Fr::one(),
        -Fr::one(),
        pow2(32),
        pow2(53),
        -pow2(53),
        pow2(152),
        fraction(32),
        fraction(53),
        -fraction(152),
        fraction(253),
    ] {
        let refused = refusals(|case| {
            let name = "e 12 function 1 chunk 4";
            let chunk = case.get(name);
            case.set(name, chunk + more);
        });
        assert!(refused.contains(&Sha256Sums), "{refused:?}");
    }
}

/// Two changes that cancel in the packed sum: between two chunks, between a chunk and a spread form, between the chunks
/// of the two lanes, and between a chunk and the word.
#[test]
fn changes_that_balance_a_packed_sum_are_refused() {
    type Change = (&'static str, Fr);
    let pairs: [[Change; 2]; 6] = [
        [
            ("e 12 function 0 chunk 4", Fr::one()),
            ("e 12 function 0 chunk 5", -Fr::one()),
        ],
        [
            ("e 12 function 0 chunk 4", fraction(40)),
            ("e 12 function 1 chunk 5", -fraction(40)),
        ],
        [
            ("e 12 function 0 chunk 0", pow2(53)),
            ("e 12 function 1 chunk 0", -pow2(53)),
        ],
        [
            ("a 12 function 1 chunk 0", pow2(152)),
            ("a 12 function 0 chunk 0", -pow2(152)),
        ],
        [
            ("e 12 function 0 chunk 0", Fr::from(1u64 << 32)),
            ("e 12 bit 0", Fr::from(1u64 << 32)),
        ],
        [
            ("e 12 function 0 chunk 0", fraction(8)),
            ("e 12 bit 0", fraction(8)),
        ],
    ];
    for changes in pairs {
        let refused = refusals(|case| {
            for (name, more) in changes {
                let before = case.get(name);
                case.set(name, before + more);
            }
        });
        assert!(refused.contains(&Sha256Sums), "{changes:?}: {refused:?}");
    }
    // Entries of the same table: digits move from one chunk to the next, as 8·8^i = 8^(i+1).
    let digit = |bit: u32| pow2(53) * Fr::from(spread(1 << bit));
    let refused = refusals(|case| {
        let [low, high] = ["chunk 0", "chunk 1"].map(|chunk| format!("e 12 function 0 {chunk}"));
        let (at_low, at_high) = (case.get(&low), case.get(&high));
        case.set(&low, at_low + digit(3) * Fr::from(8u64));
        case.set(&high, at_high - digit(4));
    });
    assert!(refused.contains(&Sha256Sums), "{refused:?}");
}

/// A limb, a piece or a spread form that is a fraction, with whatever compensates for it in the word.
#[test]
fn fractions_are_refused() {
    for n in [1, 8, 32, 53, 152, 200] {
        let (more, less) = (fraction(n), -fraction(n));
        let refused = refusals(|case| {
            let [low, high] = ["a 9 bit 2", "a 9 bit 13"].map(|name| (name, case.get(name)));
            case.set(low.0, low.1 + more * pow2(11));
            case.set(high.0, high.1 + less);
        });
        assert_eq!(refused, BTreeSet::from([Sha256Sums]), "pieces 2^-{n}");
        let refused = refusals(|case| {
            let [low, high] =
                ["result 2 limb 0", "result 2 limb 1"].map(|name| (name, case.get(name)));
            case.set(low.0, low.1 + more * pow2(8));
            case.set(high.0, high.1 + less);
        });
        assert_eq!(refused, BTreeSet::from([RangeSum]), "limbs 2^-{n}");
        let refused = refusals(|case| {
            let form = case.get("e 9 bit 0 spread");
            case.set("e 9 bit 0 spread", form + more);
        });
        assert!(refused.contains(&Sha256Sums), "spread forms 2^-{n}");
    }
}

/// No column is free: each of a sample, changed by an integer, by a power of two or by a fraction, is refused.
#[test]
fn a_change_of_any_column_is_refused() {
    let mut random = rand::rngs::OsRng;
    let names = names(CIRCUIT.layout.capacities.word_limbs());
    for _ in 0..60 {
        let name = &names[random.gen_range(0..names.len())];
        let more = match random.gen_range(0..4) {
            0 => Fr::one(),
            1 => -Fr::one(),
            2 => pow2(random.gen_range(0..254)),
            _ => fraction(random.gen_range(0..254)),
        };
        let refused = refusals(|case| {
            let before = case.get(name);
            case.set(name, before + more);
        });
        assert!(!refused.is_empty(), "{name} + {more}");
    }
}
