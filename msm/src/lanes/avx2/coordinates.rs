//! Coordinates of four points as vectors of limbs. A coordinate has K components in the base field: one for G1, two for G2.
#![allow(unsafe_code)]

use super::columns::PackedFp;
use super::element::Limbs;
use super::multiply::{MODULUS, multiply, multiply_two, normalise, square};
use super::transpose::transpose;
use crate::signed_index::SignedIndex;
use std::arch::x86_64::*;
use std::array::from_fn;

/// One coordinate of four points, one in each lane.
pub(super) type PackedCoordinate<const K: usize> = [PackedFp; K];
/// The limbs of one coordinate of one point.
pub(super) type CoordinateLimbs<const K: usize> = [Limbs; K];

/// Packs four coordinates.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn gather<const K: usize>(coordinates: [&CoordinateLimbs<K>; 4]) -> PackedCoordinate<K> {
    from_fn(|component| {
        let [low, high] = [0, 4].map(|from| {
            transpose(coordinates.map(|limbs| {
                // SAFETY: reads numbers 0 to 3 or 4 to 7 of eight.
                unsafe { _mm256_loadu_pd(limbs[component].as_ptr().add(from)) }
            }))
        });
        let ([a, b, c, d], [e, f, g, h]) = (low, high);
        [a, b, c, d, e, f, g, h]
    })
}

/// Unpacks four coordinates.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn scatter<const K: usize>(packed: &PackedCoordinate<K>) -> [CoordinateLimbs<K>; 4] {
    let mut coordinates = [[[0.0; 8]; K]; 4];
    for (component, [a, b, c, d, e, f, g, h]) in packed.iter().enumerate() {
        let low = transpose([*a, *b, *c, *d]);
        let high = transpose([*e, *f, *g, *h]);
        for ((limbs, low), high) in coordinates.iter_mut().zip(low).zip(high) {
            let (to_low, to_high) = limbs[component].split_at_mut(4);
            // SAFETY: each half has four numbers, as many as a vector.
            unsafe {
                _mm256_storeu_pd(to_low.as_mut_ptr(), low);
                _mm256_storeu_pd(to_high.as_mut_ptr(), high);
            }
        }
    }
    coordinates
}

#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn subtract<const K: usize>(
    a: &PackedCoordinate<K>,
    b: &PackedCoordinate<K>,
) -> PackedCoordinate<K> {
    from_fn(|k| from_fn(|i| _mm256_sub_pd(a[k][i], b[k][i])))
}

/// Negates the lanes whose index has the negative sign.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn with_signs<const K: usize>(
    a: &PackedCoordinate<K>,
    indices: [SignedIndex; 4],
) -> PackedCoordinate<K> {
    let [p, q, r, s] = indices.map(SignedIndex::sign_bit);
    let signs = _mm256_castsi256_pd(_mm256_set_epi64x(s, r, q, p));
    from_fn(|k| from_fn(|i| _mm256_xor_pd(a[k][i], signs)))
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn add(a: &PackedFp, b: &PackedFp) -> PackedFp {
    from_fn(|i| _mm256_add_pd(a[i], b[i]))
}

/// See [`normalise`].
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn normalised<const K: usize>(a: &PackedCoordinate<K>) -> PackedCoordinate<K> {
    from_fn(|k| normalise(&a[k]))
}

/// a·b, not normalised. Operands are normalised, but for K = 1 one of them may have limbs of 3·2^47.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn product<const K: usize>(
    a: &PackedCoordinate<K>,
    b: &PackedCoordinate<K>,
) -> PackedCoordinate<K> {
    if K == 1 {
        return from_fn(|k| multiply(&a[k], &b[k]));
    }
    let sign = _mm256_set1_pd(-0.0);
    let minus_a1: PackedFp = from_fn(|i| _mm256_xor_pd(a[1 % K][i], sign));
    from_fn(|k| match k {
        0 => multiply_two(&a[0], &b[0], &minus_a1, &b[1 % K]),
        _ => multiply_two(&a[0], &b[1 % K], &a[1 % K], &b[0]),
    })
}

/// a², not normalised, for a normalised a.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn squared<const K: usize>(a: &PackedCoordinate<K>) -> PackedCoordinate<K> {
    if K == 1 {
        return from_fn(|k| square(&a[k]));
    }
    let [c0, c1] = [&a[0], &a[1 % K]];
    from_fn(|k| match k {
        0 => multiply(
            &normalise(&add(c0, c1)),
            &from_fn(|i| _mm256_sub_pd(c0[i], c1[i])),
        ),
        _ => multiply(&add(c0, c0), c1),
    })
}

/// The same elements, normalised and reduced to between −p/2 and p/2, or beyond by at most 10^-12·p. Operands are
/// within a few p.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn centred<const K: usize>(a: &PackedCoordinate<K>) -> PackedCoordinate<K> {
    from_fn(|k| {
        let quotient = _mm256_mul_pd(a[k][7], _mm256_set1_pd(1.0 / MODULUS[7]));
        let multiple =
            _mm256_round_pd::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(quotient);
        normalise(&from_fn(|i| {
            _mm256_fnmadd_pd(multiple, _mm256_set1_pd(MODULUS[i]), a[k][i])
        }))
    })
}

/// A mask of the lanes that may be zero modulo p, judged by their uppermost limbs. Operands are below 1.51p in size, with
/// limbs of up to 3·2^47, which change the uppermost limb by less than 2. All lanes that are zero are in the mask, and one
/// in 2^40 of the others.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn may_be_zero<const K: usize>(a: &PackedCoordinate<K>) -> i32 {
    let sign = _mm256_set1_pd(-0.0);
    let mut mask = 0b1111;
    for element in a {
        let absolute = _mm256_andnot_pd(sign, element[7]);
        let from_modulus =
            _mm256_andnot_pd(sign, _mm256_sub_pd(absolute, _mm256_set1_pd(MODULUS[7])));
        let least = _mm256_min_pd(absolute, from_modulus);
        mask &= _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_LT_OQ>(least, _mm256_set1_pd(4.0)));
    }
    mask
}
