//! Lanes against arkworks, up to the ends of what the bounds allow.
#![allow(clippy::unwrap_used, unsafe_code)]

use super::Wide;
use super::coordinates::*;
use super::element::{Limbs, ONE, limbs, words};
use super::multiply::{MODULUS, multiply, multiply_two, settle, square};
use ark_bls12_381::Fq;
use ark_ff::{AdditiveGroup, BigInt, Field, PrimeField, Zero};
use proptest::prelude::*;

/// What a settled limb is at most.
const SETTLED: i64 = (1 << 47) + (1 << 5);
/// What the operand beside a settled one is at most.
const BESIDE: i64 = 3 << 47;

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

/// Limbs up to a size, and up to 1.2p in all.
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

fn montgomery() -> Fq {
    value(&ONE).inverse().unwrap()
}

#[target_feature(enable = "avx2,fma")]
fn products(a: [Limbs; 4], b: [Limbs; 4], wide: [Limbs; 4]) {
    let four = |ones: &[Limbs; 4]| {
        let [p, q, r, s] = ones.map(|one| [one]);
        let [four] = gather([&p, &q, &r, &s]);
        four
    };
    let (x, y, z) = (four(&a), four(&b), four(&wide));
    let results = [
        multiply(&x, &y),
        multiply(&x, &z),
        multiply(&z, &x),
        square(&x),
        multiply_two(&x, &y, &y, &y),
        multiply_two(&x, &x, &y, &x),
    ];
    for (which, result) in results.iter().enumerate() {
        let loose = scatter(&[*result]);
        let tight = scatter(&[settle(result)]);
        for lane in 0..4 {
            let [p, q, r] = [a[lane], b[lane], wide[lane]].map(|limbs| value(&limbs));
            let expected = match which {
                0 => p * q,
                1 | 2 => p * r,
                3 => p * p,
                4 => p * q + q * q,
                _ => p * p + q * p,
            } * montgomery();
            let ([loose], [tight]) = (loose[lane], tight[lane]);
            assert!(loose.iter().all(|limb| limb.abs() < (1u64 << 52) as f64));
            assert!(tight[..7].iter().all(|limb| limb.abs() <= SETTLED as f64));
            assert_eq!(value(&loose), expected, "{which}");
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
    let [difference, settled, nearest] =
        [difference, settled(&difference), nearest(&difference)].map(|four| scatter(&four));
    for lane in 0..4 {
        let expected = value(&a[lane]) - value(&b[lane]);
        assert_eq!(value(&difference[lane][0]), expected);
        assert_eq!(value(&settled[lane][0]), expected);
        assert_eq!(value(&nearest[lane][0]), expected);
        assert_eq!(words(&nearest[lane][0]), expected.into_bigint().0);
        assert!(nearest[lane][0][7].abs() <= MODULUS[7] / 2.0 + 2.0);
    }
}

/// Zero and its spellings are suspected, in their lane only.
#[target_feature(enable = "avx2,fma")]
fn suspects(times: f64, shifts: [i64; 7], lane: usize) {
    let mut zero = MODULUS.map(|limb| limb * times);
    for (place, shift) in shifts.into_iter().enumerate() {
        zero[place] += (shift << 48) as f64;
        zero[place + 1] -= shift as f64;
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
    fn products_are_those_of_arkworks(
        a in proptest::array::uniform4(up_to(SETTLED)),
        b in proptest::array::uniform4(up_to(SETTLED)),
        wide in proptest::array::uniform4(up_to(BESIDE)),
    ) {
        if Wide::detect().is_some() {
            // SAFETY: the features have been detected, here and below.
            unsafe { products(a, b, wide) }
        }
    }

    #[test]
    fn differences_are_those_of_arkworks(
        a in proptest::array::uniform4(up_to(BESIDE)),
        b in proptest::array::uniform4(up_to(BESIDE)),
    ) {
        if Wide::detect().is_some() {
            unsafe { linear(a, b) }
        }
    }

    #[test]
    fn zero_is_suspected(times in -1i8..=1, shifts in proptest::array::uniform7(-1i64..=1), lane in 0usize..4) {
        if Wide::detect().is_some() {
            unsafe { suspects(times.into(), shifts, lane) }
        }
    }

    #[test]
    fn words_become_limbs_and_words_again(any: [u64; 6]) {
        let reduced = Fq::new(BigInt(any)).0.0;
        prop_assert_eq!(words(&limbs(&reduced)), reduced);
        prop_assert_eq!(words(&limbs(&reduced).map(|limb| -limb)), (-Fq::new_unchecked(BigInt(reduced))).0.0);
        // What is no element is something, and nothing happens.
        words(&limbs(&any));
    }
}
