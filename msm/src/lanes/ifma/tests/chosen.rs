//! Operands that random ones do not reach: products whose reduction folds limbs of chosen values and has a chosen quotient,
//! elements next to multiples of p with limbs far from those of the multiple, and equal coordinates whose limbs differ.
#![allow(unsafe_code)]

use super::super::coordinates::{multiply, multiply_two};
use super::super::limbs::{BITS, Limbs, MASK, MODULUS, limbs, words};
use super::super::near::near;
use super::super::product::{FOLD, MINUS_FOLD, product, sum_of_products};
use super::values::{exact, in_lanes, pack, size, value};
use crate::cpu::Ifma;
use crate::lanes::unit::Unit;
use crate::simd52::exact::Exact;
use ark_bls12_381::Fq;
use ark_ff::{Field, UniformRand};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::array::from_fn;

/// A number modulo 2^384.
type Number = [u64; 6];

fn times(a: &Number, b: &Number) -> Number {
    let mut product = [0; 6];
    for i in 0..6 {
        let mut carry = 0;
        for j in 0..6 - i {
            let sum = u128::from(a[i]) * u128::from(b[j]) + u128::from(product[i + j]) + carry;
            product[i + j] = sum as u64;
            carry = sum >> 64;
        }
    }
    product
}

fn minus(a: &Number, b: &Number) -> Number {
    let mut borrow = 0;
    from_fn(|i| {
        let difference = i128::from(a[i]) - i128::from(b[i]) + borrow;
        borrow = difference >> 64;
        difference as u64
    })
}

fn plus(a: &Number, b: &Number) -> Number {
    minus(a, &minus(&[0; 6], b))
}

/// 1/a modulo 2^384 of an odd number, by Newton's method.
fn inverse(a: &Number) -> Number {
    let mut inverse = [1, 0, 0, 0, 0, 0];
    for _ in 0..9 {
        let error = minus(&[2, 0, 0, 0, 0, 0], &times(a, &inverse));
        inverse = times(&inverse, &error);
    }
    inverse
}

/// Two limbs as a number, moved up by so many limbs.
fn two_limbs(limbs: [u64; 2], place: usize) -> Number {
    let mut all = [0; 8];
    all[place..place + 2].copy_from_slice(&limbs);
    number(&all)
}

fn number(limbs: &Limbs) -> Number {
    let mut number = [0; 6];
    for limb in limbs.iter().rev() {
        let shifted = times(&number, &[1 << BITS, 0, 0, 0, 0, 0]);
        number = plus(&shifted, &[*limb, 0, 0, 0, 0, 0]);
    }
    number
}

fn limb(rng: &mut ChaCha8Rng) -> u64 {
    match rng.gen_range(0..8) {
        0 | 1 => 0,
        2 | 3 => MASK,
        4 => 1,
        5 => 1 << 47,
        _ => rng.gen_range(0..=MASK),
    }
}

/// The lower half T of a product for which the reduction folds chosen limbs and has a chosen quotient.
fn lower_half(rng: &mut ChaCha8Rng) -> Number {
    let [first, second, third, quotient] = [(); 4].map(|()| [limb(rng), limb(rng)]);
    let modulus = number(&MODULUS);
    let [fold, minus_fold] = [&FOLD, &MINUS_FOLD].map(number);
    // The lowest four limbs are what is folded. The next two become zero when the third are added.
    let mut half = plus(&two_limbs(first, 0), &two_limbs(second, 2));
    half = minus(&half, &two_limbs(third, 4));
    // What is folded is added, and so are quotient·p: nothing is left.
    for (factor, limbs, place) in [
        (&fold, first, 2),
        (&fold, second, 4),
        (&minus_fold, third, 6),
        (&modulus, quotient, 6),
    ] {
        half = minus(&half, &times(factor, &two_limbs(limbs, place)));
    }
    half
}

/// Limbs below 2^51 for the same number: some take from the next.
fn loosened(rng: &mut ChaCha8Rng, mut limbs: Limbs) -> Limbs {
    for place in 0..7 {
        let lent = rng.gen_range(0..7).min(limbs[place + 1]);
        limbs[place] += lent << BITS;
        limbs[place + 1] -= lent;
    }
    limbs
}

/// An odd number of at most 3p, often with extreme limbs.
fn odd(rng: &mut ChaCha8Rng) -> Number {
    let mut limbs: Limbs = from_fn(|_| limb(rng));
    limbs[0] |= 1;
    limbs[7] = match rng.gen_range(0..4) {
        0 => 0,
        1 => 3 * MODULUS[7] - 1,
        _ => rng.gen_range(0..3 * MODULUS[7]),
    };
    number(&limbs)
}

#[test]
fn products_agree_with_arkworks_whatever_is_folded() {
    let rng = &mut ChaCha8Rng::seed_from_u64(1);
    let inverse_radix = Fq::from(2u64).pow([384]).inverse().unwrap_or_default();
    let mut most = [0.0f64; 2];
    for _ in 0..100_000 {
        let half = lower_half(rng);
        let a = odd(rng);
        let b = limbs(&times(&half, &inverse(&a)));
        let a = loosened(rng, limbs(&a));
        let b = loosened(rng, b);
        let [x, y] = [&a, &b].map(exact);
        if size(&x) * size(&y) <= 36.0 {
            let found = product(&x, &y);
            assert_eq!(value(&found), value(&x) * value(&y) * inverse_radix);
            most[0] = most[0].max(size(&found));
            let lanes = in_lanes(&a, |x| {
                let mut out = *x;
                // SAFETY: the features have been detected, here and below.
                unsafe { multiply(&mut out, x, &pack(&b)) };
                out
            });
            assert!(lanes.is_none_or(|lanes| exact(&lanes) == found));
        }
        // One product is any, and the other makes the sum what it has to be.
        let [c, d] = [(); 2].map(|()| odd(rng));
        let rest = minus(&half, &times(&c, &d));
        let b = limbs(&times(&rest, &inverse(&number(&a))));
        let [b, c, d] = [b, limbs(&c), limbs(&d)].map(|limbs| loosened(rng, limbs));
        let [y, z, w] = [&b, &c, &d].map(exact);
        if size(&x) * size(&y) + size(&z) * size(&w) <= 72.0 {
            let found = sum_of_products([&x, &y], [&z, &w]);
            let expected = value(&x) * value(&y) + value(&z) * value(&w);
            assert_eq!(value(&found), expected * inverse_radix);
            most[1] = most[1].max(size(&found));
            let lanes = in_lanes(&a, |x| {
                let mut out = *x;
                unsafe { multiply_two(&mut out, [x, &pack(&b)], [&pack(&c), &pack(&d)]) };
                out
            });
            assert!(lanes.is_none_or(|lanes| exact(&lanes) == found));
        }
    }
    // The sizes that the bounds of coordinates rely on.
    assert!(most[0] <= 5.82 && most[1] <= 9.48, "{most:?}");
}

#[test]
fn elements_next_to_a_multiple_are_reduced_whatever_their_limbs() {
    let rng = &mut ChaCha8Rng::seed_from_u64(2);
    for _ in 0..200_000 {
        let multiple = rng.gen_range(-2i64..=4);
        // Less than 2^-39 of p from the multiple, or one of a few.
        let distance = match rng.gen_range(0..4) {
            0 => rng.gen_range(-2i64..=2) << 16,
            1 => rng.gen_range(-64i64..=64) << 48,
            _ => rng.gen_range(-1i64 << 54..1 << 54),
        };
        let mut limbs: [i64; 8] = from_fn(|i| multiple * MODULUS[i] as i64);
        // Distances are in units of 2^-48 of the uppermost limb, or of the lowest one.
        let upper = if rng.r#gen() { 6 } else { 0 };
        limbs[upper] += distance & MASK as i64;
        limbs[upper + 1] += distance >> BITS;
        if rng.r#gen() {
            limbs[0] -= 1;
        }
        for place in 0..7 {
            // To the ends of what limbs may be.
            let room = [-(1i64 << 51), 1 << 51].map(|end| (end - limbs[place]) >> BITS);
            let lent = match rng.gen_range(0..3) {
                0 => room[0] + 1,
                1 => room[1],
                _ => rng.gen_range(room[0] + 1..=room[1]),
            };
            limbs[place] += lent << BITS;
            limbs[place + 1] -= lent;
        }
        let x = limbs.map(|limb| Exact(limb.into()));
        let found = near(&x);
        assert_eq!(value(&found), value(&x));
        assert!(found.iter().all(|limb| (0..=MASK.into()).contains(&limb.0)));
        assert!(size(&found) <= 1.0 + 2f64.powi(-39), "{x:x?}");
        let lanes = in_lanes(&limbs.map(|limb| limb as u64), near);
        assert!(lanes.is_none_or(|lanes| exact(&lanes) == found));
    }
}

#[test]
fn equal_coordinates_are_suspects_whatever_their_limbs() {
    let Some(_) = Ifma::detect() else { return };
    let rng = &mut ChaCha8Rng::seed_from_u64(3);
    for _ in 0..20_000 {
        // All that have two representations, to the end of what is stored: 2^-39·p.
        let mut small: Limbs = from_fn(|_| limb(rng));
        small[7] = rng.gen_range(0..52);
        let mut above: Limbs = from_fn(|i| small[i] + MODULUS[i]);
        for place in 0..7 {
            above[place + 1] += above[place] >> BITS;
            above[place] &= MASK;
        }
        assert_eq!(words(&small), words(&above));
        let other = limbs(&Fq::rand(rng).0.0);
        let lane = rng.gen_range(0..8);
        for (a, b) in [
            (small, above),
            (above, small),
            (small, small),
            (above, above),
            (other, other),
        ] {
            let a: [[Limbs; 1]; 8] = from_fn(|i| [if i == lane { a } else { other }]);
            let b: [[Limbs; 1]; 8] = from_fn(|i| [if i == lane { b } else { MODULUS }]);
            // SAFETY: the features have been detected.
            let suspects = unsafe {
                let [a, b] = [&a, &b].map(|all| <Ifma as Unit<1, 8>>::gather(all.each_ref()));
                <Ifma as Unit<1, 8>>::may_be_zero(&<Ifma as Unit<1, 8>>::difference(&a, &b))
            };
            assert_eq!(suspects, 1 << lane);
        }
    }
}
