//! Coordinates of four points as vectors of limbs. A coordinate has K components in the base field: one for G1, two for G2.
#![allow(unsafe_code)]

use super::columns::PackedFp;
use super::element;
use super::element::Limbs;
use super::multiply::{MODULUS, multiply, multiply_two, normalise, square};
use super::transpose::transpose;
use crate::batch_affine::Pair;
use crate::cpu::Avx2Fma;
use crate::lanes::point::Point;
use crate::lanes::unit::{Task, Unit};
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

/// Negates the lanes with a sign.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn with_signs<const K: usize>(a: &PackedCoordinate<K>, signs: [i64; 4]) -> PackedCoordinate<K> {
    let [p, q, r, s] = signs;
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

impl<const K: usize> Unit<K, 4> for Avx2Fma {
    type Limb = f64;
    type Packed = PackedCoordinate<K>;
    type Signs = [i64; 4];

    const ONE: Limbs = element::ONE;
    const ZERO_DIFFERENCE: Limbs = [0.0; 8];

    #[inline(always)]
    fn limbs(words: &[u64; 6]) -> Limbs {
        element::limbs(words)
    }

    fn words(limbs: &Limbs) -> [u64; 6] {
        element::words(limbs)
    }

    #[inline(always)]
    fn negative(limbs: &Limbs) -> Limbs {
        limbs.map(|limb| -limb)
    }

    fn times(limbs: &Limbs, factor: u8) -> Limbs {
        limbs.map(|limb| f64::from(factor) * limb)
    }

    #[inline(always)]
    fn signs(indices: [SignedIndex; 4]) -> [i64; 4] {
        indices.map(SignedIndex::sign_bit)
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn gather(coordinates: [&[Limbs; K]; 4]) -> Self::Packed {
        gather(coordinates)
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn scatter(packed: &Self::Packed) -> [[Limbs; K]; 4] {
        scatter(packed)
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn store(
        points: &mut [Point<f64, K>],
        pairs: &[Pair],
        x: &Self::Packed,
        y: &Self::Packed,
    ) {
        let sums = scatter(x).into_iter().zip(scatter(y));
        for (pair, (x, y)) in pairs.iter().zip(sums) {
            if let Some(sum) = points.get_mut(pair.target as usize) {
                *sum = Point { x, y };
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn difference(a: &Self::Packed, b: &Self::Packed) -> Self::Packed {
        let difference = subtract(a, b);
        match K {
            1 => difference,
            _ => normalised(&difference),
        }
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn signed_difference(
        (a, a_signs): (&Self::Packed, [i64; 4]),
        (b, b_signs): (&Self::Packed, [i64; 4]),
    ) -> Self::Packed {
        normalised(&subtract(&with_signs(a, a_signs), &with_signs(b, b_signs)))
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn may_be_zero(difference: &Self::Packed) -> u32 {
        may_be_zero(difference) as u32
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn multiply(out: &mut Self::Packed, a: &Self::Packed, b: &Self::Packed) {
        *out = normalised(&product(a, b));
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn multiply_last(out: &mut Self::Packed, a: &Self::Packed, b: &Self::Packed) {
        *out = product(a, b);
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn square(out: &mut Self::Packed, a: &Self::Packed) {
        *out = squared(a);
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn tripled_square(a: &Self::Packed) -> Self::Packed {
        let square = normalised(&squared(&normalised(a)));
        from_fn(|k| square[k].map(|limb| _mm256_mul_pd(limb, _mm256_set1_pd(3.0))))
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn factor(packed: &Self::Packed) -> Self::Packed {
        normalised(packed)
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn sum_x(
        square: &Self::Packed,
        p: &Self::Packed,
        difference: &Self::Packed,
    ) -> Self::Packed {
        let minus_two = _mm256_set1_pd(-2.0);
        let without_p: Self::Packed =
            from_fn(|k| from_fn(|i| _mm256_fmadd_pd(p[k][i], minus_two, square[k][i])));
        centred(&subtract(&without_p, difference))
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn sum_y(a: &Self::Packed, (p, signs): (&Self::Packed, [i64; 4])) -> Self::Packed {
        centred(&subtract(a, &with_signs(p, signs)))
    }

    #[target_feature(enable = "avx2,fma")]
    unsafe fn run(task: impl Task) {
        task.run();
    }
}
