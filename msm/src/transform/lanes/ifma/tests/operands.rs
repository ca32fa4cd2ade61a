//! Operands at the ends of the bounds, and random ones.

use super::super::field::MODULUS;
use crate::simd52::MASK;
use ark_bls12_381::Fr;
use ark_ff::{AdditiveGroup, Field, PrimeField};
use proptest::prelude::*;

/// Limbs of one element.
pub(super) type One = [u64; 5];

/// Settled limbs, for an element up to a multiple of the modulus.
pub(super) fn up_to(times: u64) -> BoxedStrategy<One> {
    let limb = |most: u64| {
        prop_oneof![
            3 => 0..=most,
            2 => Just(most),
            2 => Just(0),
            1 => 0..=1u64,
        ]
    };
    let uppermost = times * MODULUS[4] - 1;
    let mixed = (proptest::array::uniform4(limb(MASK)), limb(uppermost));
    let same = (prop_oneof![Just([MASK; 4]), Just([0; 4])], limb(uppermost));
    let limbs = prop_oneof![3 => mixed, 1 => same].prop_map(|([a, b, c, d], e)| [a, b, c, d, e]);
    // The multiples, and their neighbours.
    let multiples = (0..=times, -1i64..=1).prop_map(move |(count, delta)| {
        let delta = match count {
            0 => delta.max(0),
            count if count == times => -1,
            _ => delta,
        };
        let mut limbs = MODULUS.map(|limb| limb * count);
        limbs[0] = limbs[0].wrapping_add_signed(delta);
        for index in 0..4 {
            limbs[index + 1] += limbs[index] >> 52;
            limbs[index] &= MASK;
        }
        limbs
    });
    prop_oneof![3 => limbs, 1 => multiples].boxed()
}

/// Eight of them.
pub(super) fn eight(times: u64) -> impl Strategy<Value = Vec<One>> {
    proptest::collection::vec(up_to(times), 8)
}

/// Random elements, and those at the ends of the range.
pub(super) fn element() -> impl Strategy<Value = Fr> {
    let half = -Fr::from(2u64).inverse().unwrap();
    let ends = [Fr::ZERO, Fr::ONE, -Fr::ONE, half, half + Fr::ONE];
    prop_oneof![
        3 => any::<[u64; 4]>().prop_map(|words| Fr::from_le_bytes_mod_order(&words.map(u64::to_le_bytes).concat())),
        2 => prop::sample::select(ends.to_vec()),
    ]
}

pub(super) fn elements() -> impl Strategy<Value = Vec<Fr>> {
    proptest::collection::vec(element(), 8)
}
