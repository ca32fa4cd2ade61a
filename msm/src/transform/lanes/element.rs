//! Elements' way from and to 64-bit words.
#![allow(unsafe_code)]

use super::multiply::*;
use ark_bls12_381::Fr;
use ark_ff::{BigInt, PrimeField};
use std::arch::x86_64::*;
use std::array::from_fn;

const BITS: i32 = 43;
const MASK: u64 = (1 << BITS) - 1;
/// 2^52: a number below it, put into its last bits, is added to it.
const EXACT: f64 = (1u64 << 52) as f64;
/// The modulus, and what makes each limb positive when it lends from the next.
const ADDED: [f64; 6] = {
    let mut added = MODULUS;
    let mut place = 0;
    while place < 6 {
        added[place] += EXACT;
        if place < 5 {
            added[place] += (1u64 << 45) as f64;
            added[place + 1] -= 4.0;
        }
        place += 1;
    }
    added
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
    .map(|limb| f64::from_bits(limb & MASK | EXACT.to_bits()) - EXACT)
}

/// Four elements side by side, settled.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn gather(elements: [&Fr; 4]) -> Quad {
    let limbs = elements.map(|element| limbs(&element.0.0));
    settle(&from_fn(|place| {
        let [a, b, c, d] = limbs.map(|limbs| limbs[place]);
        _mm256_set_pd(d, c, b, a)
    }))
}

/// And each on its own: elements are within ±r.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn scatter(quad: &Quad) -> [Fr; 4] {
    // With the modulus added they are positive; limbs lend from the next so that all are.
    let mut digits = [[0u64; 4]; 6];
    for ((digits, limb), added) in digits.iter_mut().zip(quad).zip(&ADDED) {
        let digit = _mm256_add_pd(*limb, _mm256_set1_pd(*added));
        // SAFETY: four numbers, as many as a vector has.
        unsafe { _mm256_storeu_pd(digits.as_mut_ptr().cast(), digit) }
    }
    from_fn(|lane| {
        let mut carry = 0;
        let [a, b, c, d, e, f] = digits.map(|digit| {
            carry += digit[lane] & (EXACT as u64 - 1);
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

/// The element of a number below twice the modulus.
#[inline(always)]
fn element(words: [u64; 4]) -> Fr {
    let mut borrow = false;
    let less: [u64; 4] = from_fn(|word| {
        let (difference, one) = words[word].overflowing_sub(Fr::MODULUS.0[word]);
        let (difference, other) = difference.overflowing_sub(u64::from(borrow));
        borrow = one | other;
        difference
    });
    let keep = 0u64.wrapping_sub(u64::from(borrow));
    Fr::new_unchecked(BigInt(from_fn(|word| {
        words[word] & keep | less[word] & !keep
    })))
}
