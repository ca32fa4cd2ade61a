//! Lanes compared with arkworks, up to the limits of the bounds.
#![allow(clippy::unwrap_used, unsafe_code)]

use super::coordinates::*;
use super::element::{Limbs, ONE, limbs, words};
use super::multiply::{MODULUS, multiply, multiply_two, normalise, square};
use crate::cpu::Avx2Fma;
use ark_bls12_381::Fq;
use ark_ff::{AdditiveGroup, BigInt, Field, PrimeField, Zero};
use proptest::prelude::*;

/// The bound of a normalised limb.
const NORMALISED: i64 = (1 << 47) + (1 << 5);
/// The bound of a limb of an operand that is multiplied with a normalised one.
const NOT_NORMALISED: i64 = 3 << 47;

fn limb(most: i64) -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -most..=most,
        2 => Just(most),
        2 => Just(-most),
        1 => Just(0),
        1 => -1i64..=1,
    ]
    .prop_map(|limb| limb as f64)
}

/// Limbs up to a size, for a value up to 1.2p.
fn up_to(most: i64) -> impl Strategy<Value = Limbs> {
    let mixed = (proptest::array::uniform7(limb(most)), limb(1 << 45));
    let mixed = mixed.prop_map(|([a, b, c, d, e, f, g], h)| [a, b, c, d, e, f, g, h]);
    let same = (prop_oneof![Just(most), Just(-most)], limb(1 << 45));
    let same = same.prop_map(|(limb, top)| {
        let limb = limb as f64;
        [limb, limb, limb, limb, limb, limb, limb, top]
    });
    prop_oneof![3 => mixed, 1 => same]
}

fn integer(limb: f64) -> Fq {
    assert!(limb.fract() == 0.0 && limb.abs() <= (1u64 << 53) as f64);
    Fq::from(limb as i64)
}

fn value(limbs: &Limbs) -> Fq {
    let radix = Fq::from(1u64 << 48);
    let value = limbs.iter().rev();
    value.fold(Fq::ZERO, |value, limb| value * radix + integer(*limb))
}

fn inverse_montgomery_radix() -> Fq {
    value(&ONE).inverse().unwrap()
}

#[target_feature(enable = "avx2,fma")]
fn products(a: [Limbs; 4], b: [Limbs; 4], loose: [Limbs; 4]) {
    let four = |ones: &[Limbs; 4]| {
        let [p, q, r, s] = ones.map(|one| [one]);
        let [four] = gather([&p, &q, &r, &s]);
        four
    };
    let (x, y, z) = (four(&a), four(&b), four(&loose));
    let results = [
        multiply(&x, &y),
        multiply(&x, &z),
        multiply(&z, &x),
        square(&x),
        multiply_two(&x, &y, &y, &y),
        multiply_two(&x, &x, &y, &x),
    ];
    for (which, result) in results.iter().enumerate() {
        let raw = scatter(&[*result]);
        let tight = scatter(&[normalise(result)]);
        for lane in 0..4 {
            let [p, q, r] = [a[lane], b[lane], loose[lane]].map(|limbs| value(&limbs));
            let expected = match which {
                0 => p * q,
                1 | 2 => p * r,
                3 => p * p,
                4 => p * q + q * q,
                _ => p * p + q * p,
            } * inverse_montgomery_radix();
            let ([raw], [tight]) = (raw[lane], tight[lane]);
            assert!(raw.iter().all(|limb| limb.abs() < (1u64 << 52) as f64));
            assert!(
                tight[..7]
                    .iter()
                    .all(|limb| limb.abs() <= NORMALISED as f64)
            );
            assert_eq!(value(&raw), expected, "{which}");
            assert_eq!(value(&tight), expected, "{which}");
            assert_eq!(words(&tight), expected.into_bigint().0, "{which}");
        }
    }
}

#[target_feature(enable = "avx2,fma")]
fn linear(a: [Limbs; 4], b: [Limbs; 4]) {
    let [x, y] = [a, b].map(|ones| {
        let [p, q, r, s] = ones.map(|one| [one]);
        gather([&p, &q, &r, &s])
    });
    let difference = subtract(&x, &y);
    let [difference, normalised, centred] =
        [difference, normalised(&difference), centred(&difference)].map(|four| scatter(&four));
    for lane in 0..4 {
        let expected = value(&a[lane]) - value(&b[lane]);
        assert_eq!(value(&difference[lane][0]), expected);
        assert_eq!(value(&normalised[lane][0]), expected);
        assert_eq!(value(&centred[lane][0]), expected);
        assert_eq!(words(&centred[lane][0]), expected.into_bigint().0);
        assert!(centred[lane][0][7].abs() <= MODULUS[7] / 2.0 + 2.0);
    }
}

/// Every representation of zero is in the mask, and no other lane is.
#[target_feature(enable = "avx2,fma")]
fn suspects(times: f64, shifts: [i64; 7], lane: usize) {
    let mut zero = MODULUS.map(|limb| limb * times);
    for (index, shift) in shifts.into_iter().enumerate() {
        zero[index] += (shift << 48) as f64;
        zero[index + 1] -= shift as f64;
    }
    let mut ones = [[ONE]; 4];
    ones[lane] = [zero];
    let [p, q, r, s] = &ones;
    assert_eq!(may_be_zero(&gather([p, q, r, s])), 1 << lane);
    assert!(value(&zero).is_zero());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn products_agree_with_arkworks(
        a in proptest::array::uniform4(up_to(NORMALISED)),
        b in proptest::array::uniform4(up_to(NORMALISED)),
        loose in proptest::array::uniform4(up_to(NOT_NORMALISED)),
    ) {
        if Avx2Fma::detect().is_some() {
            // SAFETY: the features have been detected, here and below.
            unsafe { products(a, b, loose) }
        }
    }

    #[test]
    fn differences_agree_with_arkworks(
        a in proptest::array::uniform4(up_to(NOT_NORMALISED)),
        b in proptest::array::uniform4(up_to(NOT_NORMALISED)),
    ) {
        if Avx2Fma::detect().is_some() {
            unsafe { linear(a, b) }
        }
    }

    #[test]
    fn every_representation_of_zero_is_detected(times in -1i8..=1, shifts in proptest::array::uniform7(-1i64..=1), lane in 0usize..4) {
        if Avx2Fma::detect().is_some() {
            unsafe { suspects(times.into(), shifts, lane) }
        }
    }

    #[test]
    fn words_to_limbs_and_back_are_the_same(any: [u64; 6]) {
        let reduced = Fq::new(BigInt(any)).0.0;
        prop_assert_eq!(words(&limbs(&reduced)), reduced);
        prop_assert_eq!(words(&limbs(&reduced).map(|limb| -limb)), (-Fq::new_unchecked(BigInt(reduced))).0.0);
        // Words of no element do no harm.
        words(&limbs(&any));
    }
}
