//! Eight elements in memory, and their conversion from and to 64-bit words.
#![allow(unsafe_code)]

use super::field::Limbs;
use super::words::{from_words, to_words};
use ark_bls12_381::Fr;
use ark_ff::BigInt;
use std::arch::x86_64::*;
use std::array::from_fn;

pub(super) type Vector = __m512i;
/// Limbs of eight elements in memory: each limb's eight lanes.
pub(super) type PackedFr = [[u64; 8]; 5];

#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn load_limb(lanes: &[u64; 8]) -> Vector {
    // SAFETY: reads eight words, as many as a vector has.
    unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn store_limb(lanes: &mut [u64; 8], limb: Vector) {
    // SAFETY: writes eight words, as many as a vector has.
    unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), limb) }
}

#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn load([a, b, c, d, e]: &PackedFr) -> Limbs<Vector> {
    [
        load_limb(a),
        load_limb(b),
        load_limb(c),
        load_limb(d),
        load_limb(e),
    ]
}

#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn store([a, b, c, d, e]: &mut PackedFr, limbs: &Limbs<Vector>) {
    store_limb(a, limbs[0]);
    store_limb(b, limbs[1]);
    store_limb(c, limbs[2]);
    store_limb(d, limbs[3]);
    store_limb(e, limbs[4]);
}

/// The words of eight numbers: each word's eight lanes.
pub(super) type Words = [Vector; 4];

/// Packs eight numbers of four words.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn pack([a, b, c, d, e, f, g, h]: [&[u64; 4]; 8]) -> Words {
    let (ab, cd, ef, gh) = (pair(a, b), pair(c, d), pair(e, f), pair(g, h));
    // Words 0 and 2, or 1 and 3, of a, c, b and d in this order, and those of e, g, f and h.
    let (abcd, efgh) = (_mm512_unpacklo_epi64(ab, cd), _mm512_unpacklo_epi64(ef, gh));
    let (abcd_odd, efgh_odd) = (_mm512_unpackhi_epi64(ab, cd), _mm512_unpackhi_epi64(ef, gh));
    let first = _mm512_set_epi64(13, 9, 12, 8, 5, 1, 4, 0);
    let second = _mm512_set_epi64(15, 11, 14, 10, 7, 3, 6, 2);
    [
        _mm512_permutex2var_epi64(abcd, first, efgh),
        _mm512_permutex2var_epi64(abcd_odd, first, efgh_odd),
        _mm512_permutex2var_epi64(abcd, second, efgh),
        _mm512_permutex2var_epi64(abcd_odd, second, efgh_odd),
    ]
}

/// The words of two numbers.
#[inline]
#[target_feature(enable = "avx512f")]
fn pair(a: &[u64; 4], b: &[u64; 4]) -> Vector {
    // SAFETY: each reads four words, as many as half a vector has.
    let [a, b] = [a, b].map(|words| unsafe { _mm256_loadu_si256(words.as_ptr().cast()) });
    _mm512_inserti64x4::<1>(_mm512_castsi256_si512(a), b)
}

/// Unpacks eight numbers.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn unpack([w0, w1, w2, w3]: Words) -> [[u64; 4]; 8] {
    // Words 0 and 1, or 2 and 3, of every second number.
    let (even, even_upper) = (_mm512_unpacklo_epi64(w0, w1), _mm512_unpacklo_epi64(w2, w3));
    let (odd, odd_upper) = (_mm512_unpackhi_epi64(w0, w1), _mm512_unpackhi_epi64(w2, w3));
    let first = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    let second = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    let [a, c] = numbers(_mm512_permutex2var_epi64(even, first, even_upper));
    let [e, g] = numbers(_mm512_permutex2var_epi64(even, second, even_upper));
    let [b, d] = numbers(_mm512_permutex2var_epi64(odd, first, odd_upper));
    let [f, h] = numbers(_mm512_permutex2var_epi64(odd, second, odd_upper));
    [a, b, c, d, e, f, g, h]
}

/// Both numbers whose words a vector has.
#[inline]
#[target_feature(enable = "avx512f")]
fn numbers(words: Vector) -> [[u64; 4]; 2] {
    let halves = [
        _mm512_castsi512_si256(words),
        _mm512_extracti64x4_epi64::<1>(words),
    ];
    halves.map(|half| {
        let mut number = [0; 4];
        // SAFETY: writes four words, as many as half a vector has.
        unsafe { _mm256_storeu_si256(number.as_mut_ptr().cast(), half) }
        number
    })
}

/// Packs eight elements, in Montgomery form. Missing elements are zero.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn gather(elements: &[Fr]) -> Limbs<Vector> {
    let zero = [0; 4];
    from_words(pack(from_fn(|lane| {
        elements.get(lane).map_or(&zero, |element| &element.0.0)
    })))
}

/// Unpacks eight elements below r, in Montgomery form.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn scatter(limbs: &Limbs<Vector>, elements: &mut [Fr]) {
    let numbers = unpack(to_words(limbs));
    for (element, number) in elements.iter_mut().zip(numbers) {
        *element = Fr::new_unchecked(BigInt(number));
    }
}
