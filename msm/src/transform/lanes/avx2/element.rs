//! Conversion of elements between 64-bit words and limbs.
#![allow(unsafe_code)]

use super::multiply::*;
use ark_bls12_381::Fr;
use ark_ff::{BigInt, PrimeField};
use std::arch::x86_64::*;
use std::array::from_fn;

/// Bits of a limb.
const BITS: i32 = 43;
const MASK: u64 = (1 << BITS) - 1;
/// A number below 2^52 that replaces the last bits of this number's encoding is added to it.
const TWO_POW_52: f64 = (1u64 << 52) as f64;
/// 2^52 in each limb and, in all, the modulus: limb i has 2^45 more, and so limb i + 1 has 4 less. All sums are positive.
const POSITIVE_MODULUS: [f64; 6] = {
    let mut limbs = MODULUS;
    let mut index = 0;
    while index < 6 {
        limbs[index] += TWO_POW_52;
        if index < 5 {
            limbs[index] += (1u64 << 45) as f64;
            limbs[index + 1] -= 4.0;
        }
        index += 1;
    }
    limbs
};

/// Limbs from 0 to 2^43 − 1.
pub(super) fn limbs([a, b, c, d]: &[u64; 4]) -> [f64; 6] {
    [
        *a,
        a >> 43 | b << 21,
        b >> 22 | c << 42,
        c >> 1,
        c >> 44 | d << 20,
        d >> 23,
    ]
    .map(|limb| f64::from_bits(limb & MASK | TWO_POW_52.to_bits()) - TWO_POW_52)
}

/// Packs four elements, normalised.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn gather(elements: [&Fr; 4]) -> PackedFr {
    let limbs = elements.map(|element| limbs(&element.0.0));
    normalise(&from_fn(|index| {
        let [a, b, c, d] = limbs.map(|limbs| limbs[index]);
        _mm256_set_pd(d, c, b, a)
    }))
}

/// Unpacks four elements, which are between −r and r.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn scatter(packed: &PackedFr) -> [Fr; 4] {
    // The modulus is added, so that values and limbs are positive.
    let mut digits = [[0u64; 4]; 6];
    for ((digits, limb), added) in digits.iter_mut().zip(packed).zip(&POSITIVE_MODULUS) {
        let digit = _mm256_add_pd(*limb, _mm256_set1_pd(*added));
        // SAFETY: writes four numbers, as many as a vector has.
        unsafe { _mm256_storeu_pd(digits.as_mut_ptr().cast(), digit) }
    }
    from_fn(|lane| {
        let mut carry = 0;
        let [a, b, c, d, e, f] = digits.map(|digit| {
            carry += digit[lane] & (TWO_POW_52 as u64 - 1);
            let digit = carry & MASK;
            carry >>= BITS;
            digit
        });
        element([
            a | b << 43,
            b >> 21 | c << 22,
            c >> 42 | d << 1 | e << 44,
            e >> 20 | f << 23,
        ])
    })
}

/// The element with the given words, a number below twice the modulus, in Montgomery form.
#[inline(always)]
fn element(words: [u64; 4]) -> Fr {
    let mut borrow = false;
    let reduced: [u64; 4] = from_fn(|word| {
        let (difference, one) = words[word].overflowing_sub(Fr::MODULUS.0[word]);
        let (difference, other) = difference.overflowing_sub(u64::from(borrow));
        borrow = one | other;
        difference
    });
    let keep = 0u64.wrapping_sub(u64::from(borrow));
    Fr::new_unchecked(BigInt(from_fn(|word| {
        words[word] & keep | reduced[word] & !keep
    })))
}
