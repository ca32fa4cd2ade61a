//! Single elements, at the ends of their bounds. The vectors give the same limbs as [`Exact`].
#![allow(unsafe_code)]

use super::super::coordinates::{multiply, multiply_self, multiply_two};
use super::super::limbs::{Limbs, MASK, MODULUS, ONE, limbs, negative, words};
use super::super::near::{THREE, TWO, ZERO_DIFFERENCE, near};
use super::super::product::{FOLD, INVERSE, MINUS_FOLD, product, square, sum_of_products};
use crate::cpu::Ifma;
use crate::simd52::exact::Exact;
use ark_bls12_381::Fq;
use ark_ff::{AdditiveGroup, BigInt, Field, PrimeField, Zero};
use proptest::prelude::*;
use std::arch::x86_64::__m512i;
use std::array::from_fn;

pub(super) fn value(limbs: &[Exact; 8]) -> Fq {
    let radix = Fq::from(1u64 << 48);
    let limbs = limbs.iter().rev();
    limbs.fold(Fq::ZERO, |value, limb| value * radix + Fq::from(limb.0))
}

pub(super) fn exact(limbs: &Limbs) -> [Exact; 8] {
    limbs.map(|limb| Exact(limb.into()))
}

fn value_of(limbs: &Limbs) -> Fq {
    value(&exact(limbs))
}

/// How many times p, about.
pub(super) fn size(limbs: &[Exact; 8]) -> f64 {
    let radix = (1u64 << 48) as f64;
    let number = |limbs: &[Exact; 8]| {
        let limbs = limbs.iter().rev();
        limbs.fold(0.0, |sum, limb| sum * radix + limb.0 as f64) / radix.powi(7)
    };
    number(limbs) / number(&exact(&MODULUS))
}

fn limb(most: u64) -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 0..=most,
        3 => Just(most),
        2 => Just(0),
        1 => 0..2u64,
        1 => most - 1..=most,
        1 => Just(MASK),
        1 => Just(1 << 48),
    ]
    .prop_map(move |limb| limb.min(most))
}

/// Limbs up to `most` of an element of about `multiple` times p at most; multiples of p, one more and one less, among
/// them.
fn element(most: u64, multiple: u64) -> impl Strategy<Value = Limbs> {
    let top = multiple * MODULUS[7];
    let any = (proptest::array::uniform7(limb(most)), limb(top));
    let any = any.prop_map(|([a, b, c, d, e, f, g], h)| [a, b, c, d, e, f, g, h]);
    let same = prop_oneof![Just(0), Just(most), Just(MASK)]
        .prop_map(move |limb| from_fn(|i| if i < 7 { limb } else { top }));
    let multiples = (1..=multiple, -1i64..=1).prop_map(|(multiple, delta)| {
        let mut limbs = MODULUS.map(|limb| limb * multiple);
        limbs[0] = limbs[0].wrapping_add_signed(delta);
        for place in 0..7 {
            limbs[place + 1] += limbs[place] >> 48;
            limbs[place] &= MASK;
        }
        limbs
    });
    prop_oneof![6 => any, 2 => same, 3 => multiples]
}

/// One lane of a vector of equal elements.
pub(super) fn in_lanes(
    limbs: &Limbs,
    run: impl FnOnce(&[__m512i; 8]) -> [__m512i; 8],
) -> Option<Limbs> {
    Ifma::detect()?;
    // SAFETY: a vector is eight numbers, and every pattern of bits is one.
    let packed: [__m512i; 8] = unsafe { std::mem::transmute(limbs.map(|limb| [limb; 8])) };
    // SAFETY: as above.
    let result: [Limbs; 8] = unsafe { std::mem::transmute(run(&packed)) };
    assert!(result.iter().all(|lanes| *lanes == [lanes[0]; 8]));
    Some(result.map(|lanes| lanes[0]))
}

pub(super) fn pack(limbs: &Limbs) -> [__m512i; 8] {
    // SAFETY: as above.
    unsafe { std::mem::transmute(limbs.map(|limb| [limb; 8])) }
}

fn assert_result(
    found: [Exact; 8],
    lanes: Option<Limbs>,
    expected: Fq,
    largest: f64,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(value(&found), expected);
    prop_assert!(size(&found) <= largest, "{} > {}", size(&found), largest);
    if let Some(lanes) = lanes {
        prop_assert_eq!(exact(&lanes), found);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn products_agree_with_arkworks_and_stay_small(
        a in element((1 << 51) - 1, 6),
        b in element((1 << 51) - 1, 6),
        half in element((1 << 50) - 1, 6),
    ) {
        let inverse_radix = value_of(&ONE).inverse().unwrap_or_default();
        let [x, y, h] = [a, b, half].map(|limbs| exact(&limbs));
        let [p, q, r] = [x, y, h].map(|limbs| value(&limbs));
        let [s, t, u] = [x, y, h].map(|limbs| size(&limbs));
        let bound = |size: f64| 0.1016 * size + 2.16;
        let lanes = in_lanes(&a, |x| {
            let mut out = *x;
            // SAFETY: the features have been detected, here and below.
            unsafe { multiply(&mut out, x, &pack(&b)) };
            out
        });
        assert_result(product(&x, &y), lanes, p * q * inverse_radix, bound(s * t))?;
        let lanes = in_lanes(&half, |x| {
            let mut out = *x;
            unsafe { multiply_self(&mut out, x) };
            out
        });
        assert_result(square(&h), lanes, r * r * inverse_radix, bound(u * u))?;
        let lanes = in_lanes(&a, |x| {
            let (mut out, b, half) = (*x, pack(&b), pack(&half));
            unsafe { multiply_two(&mut out, [x, &b], [&half, &b]) };
            out
        });
        let found = sum_of_products([&x, &y], [&h, &y]);
        assert_result(found, lanes, (p + r) * q * inverse_radix, bound((s + u) * t))?;
    }

    #[test]
    fn reduction_keeps_the_element(
        plus in element((1 << 51) - 1, 4),
        minus in element((1 << 51) - 1, 2),
    ) {
        let difference: Limbs = from_fn(|i| plus[i].wrapping_sub(minus[i]));
        let x = difference.map(|limb| Exact((limb as i64).into()));
        let lanes = in_lanes(&difference, near);
        let found = near(&x);
        prop_assert!(found.iter().all(|limb| (0..=i128::from(MASK)).contains(&limb.0)));
        assert_result(found, lanes, value(&x), 1.0 + 2f64.powi(-39))?;
    }

    #[test]
    fn words_to_limbs_and_back_are_the_same(any: [u64; 6], small in 0u64..3) {
        let mut cases = vec![Fq::new(BigInt(any)), Fq::from(small), -Fq::from(small)];
        cases.push(Fq::new_unchecked(BigInt([small, 0, 0, 0, 0, 0])));
        for case in cases {
            let all = limbs(&case.0.0);
            prop_assert_eq!(words(&all), case.0.0);
            prop_assert_eq!(words(&negative(&all)), (-case).0.0);
            // The largest representations of small elements, and their negatives.
            if case.0.0[1..] == [0; 5] {
                let mut above = MODULUS;
                above[0] += case.0.0[0];
                above[1] += above[0] >> 48;
                above[0] &= MASK;
                prop_assert_eq!(words(&above), case.0.0);
                let minus = negative(&above);
                prop_assert!(minus.iter().all(|limb| *limb <= MASK));
                prop_assert!(size(&exact(&minus)) <= 1.0 + 2f64.powi(-39));
                prop_assert_eq!(words(&minus), (-case).0.0);
            }
        }
        // Words of no element do no harm.
        words(&limbs(&any));
    }
}

#[test]
fn the_constants_are_what_they_say() {
    let radix = |power: u64| Fq::from(2u64).pow([power]);
    assert_eq!(value_of(&ONE), radix(384));
    assert_eq!(value_of(&FOLD) * radix(96), Fq::ONE);
    assert_eq!(value_of(&MINUS_FOLD) * radix(96), -Fq::ONE);
    for zero in [&MODULUS, &TWO, &THREE, &ZERO_DIFFERENCE] {
        assert!(value_of(zero).is_zero());
    }
    assert_eq!(BigInt(words(&MODULUS)), BigInt([0; 6]));
    let low = |limbs: &[u64]| u128::from(limbs[0]) | u128::from(limbs[1]) << 48;
    let product = low(&INVERSE).wrapping_mul(low(&MODULUS)) & ((1 << 96) - 1);
    assert_eq!(product, (1 << 96) - 1);
    assert!(size(&exact(&MINUS_FOLD)) < 0.15);
    let modulus = Fq::MODULUS.0[5] as f64 / (1u64 << 32) as f64 / (1u64 << 32) as f64;
    assert!(modulus < 0.1016);
}
