//! Coordinates of four points: K elements of the base field each, as vectors of limbs.
#![allow(unsafe_code)]

use super::columns::{Element, Vector};
use super::element::Limbs;
use super::multiply::{MODULUS, multiply, multiply_two, settle, square};
use std::arch::x86_64::*;
use std::array::from_fn;

/// One coordinate of four points.
pub(super) type Four<const K: usize> = [Element; K];
/// One coordinate of a point.
pub(super) type One<const K: usize> = [Limbs; K];

/// The transposed matrix.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn transpose([a, b, c, d]: [Vector; 4]) -> [Vector; 4] {
    let (even, odd) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
    let (even_too, odd_too) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
    [
        _mm256_permute2f128_pd::<0x20>(even, even_too),
        _mm256_permute2f128_pd::<0x20>(odd, odd_too),
        _mm256_permute2f128_pd::<0x31>(even, even_too),
        _mm256_permute2f128_pd::<0x31>(odd, odd_too),
    ]
}

/// Four elements side by side.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn gather<const K: usize>(ones: [&One<K>; 4]) -> Four<K> {
    from_fn(|part| {
        let [low, high] = [0, 4].map(|from| {
            transpose(ones.map(|one| {
                // SAFETY: four numbers from 0 or 4 on, of eight.
                unsafe { _mm256_loadu_pd(one[part].as_ptr().add(from)) }
            }))
        });
        let ([a, b, c, d], [e, f, g, h]) = (low, high);
        [a, b, c, d, e, f, g, h]
    })
}

/// And each on its own.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn scatter<const K: usize>(four: &Four<K>) -> [One<K>; 4] {
    let mut ones = [[[0.0; 8]; K]; 4];
    for (part, [a, b, c, d, e, f, g, h]) in four.iter().enumerate() {
        let low = transpose([*a, *b, *c, *d]);
        let high = transpose([*e, *f, *g, *h]);
        for ((one, low), high) in ones.iter_mut().zip(low).zip(high) {
            let (to_low, to_high) = one[part].split_at_mut(4);
            // SAFETY: both halves have the four numbers that a vector has.
            unsafe {
                _mm256_storeu_pd(to_low.as_mut_ptr(), low);
                _mm256_storeu_pd(to_high.as_mut_ptr(), high);
            }
        }
    }
    ones
}

#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn subtract<const K: usize>(a: &Four<K>, b: &Four<K>) -> Four<K> {
    from_fn(|k| from_fn(|i| _mm256_sub_pd(a[k][i], b[k][i])))
}

/// Each lane negated where its code's last bit is set.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn with_signs<const K: usize>(a: &Four<K>, codes: [u32; 4]) -> Four<K> {
    let [p, q, r, s] = codes.map(|code| i64::from(code) << 63);
    let signs = _mm256_castsi256_pd(_mm256_set_epi64x(s, r, q, p));
    from_fn(|k| from_fn(|i| _mm256_xor_pd(a[k][i], signs)))
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn add(a: &Element, b: &Element) -> Element {
    from_fn(|i| _mm256_add_pd(a[i], b[i]))
}

/// Limbs of at most 2^47 + 2^5.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn settled<const K: usize>(a: &Four<K>) -> Four<K> {
    from_fn(|k| settle(&a[k]))
}

/// a·b; limbs wait to be settled. Operands are settled, or for K = 1 one of them may have limbs of 3·2^47.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn product<const K: usize>(a: &Four<K>, b: &Four<K>) -> Four<K> {
    if K == 1 {
        return from_fn(|k| multiply(&a[k], &b[k]));
    }
    let sign = _mm256_set1_pd(-0.0);
    let minus: Element = from_fn(|i| _mm256_xor_pd(a[1 % K][i], sign));
    from_fn(|k| match k {
        0 => multiply_two(&a[0], &b[0], &minus, &b[1 % K]),
        _ => multiply_two(&a[0], &b[1 % K], &a[1 % K], &b[0]),
    })
}

/// a², of a settled a; limbs wait to be settled.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn squared<const K: usize>(a: &Four<K>) -> Four<K> {
    if K == 1 {
        return from_fn(|k| square(&a[k]));
    }
    let [c0, c1] = [&a[0], &a[1 % K]];
    from_fn(|k| match k {
        0 => multiply(
            &settle(&add(c0, c1)),
            &from_fn(|i| _mm256_sub_pd(c0[i], c1[i])),
        ),
        _ => multiply(&add(c0, c0), c1),
    })
}

/// The same elements between −p/2 and p/2, or a trillionth beyond, settled. They are within a few p.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn nearest<const K: usize>(a: &Four<K>) -> Four<K> {
    from_fn(|k| {
        let share = _mm256_mul_pd(a[k][7], _mm256_set1_pd(1.0 / MODULUS[7]));
        let times = _mm256_round_pd::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(share);
        settle(&from_fn(|i| {
            _mm256_fnmadd_pd(times, _mm256_broadcast_sd(&MODULUS[i]), a[k][i])
        }))
    })
}

/// Which of the four may be zero, by their uppermost limbs: those below 1.51p in size that are get their bit set, with
/// one in 2^40 of the others. Lower limbs, of up to 3·2^47, move the uppermost by less than 2.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn may_be_zero<const K: usize>(a: &Four<K>) -> i32 {
    let sign = _mm256_set1_pd(-0.0);
    let mut all = 0b1111;
    for element in a {
        let size = _mm256_andnot_pd(sign, element[7]);
        let beside = _mm256_andnot_pd(sign, _mm256_sub_pd(size, _mm256_set1_pd(MODULUS[7])));
        let least = _mm256_min_pd(size, beside);
        all &= _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_LT_OQ>(least, _mm256_set1_pd(4.0)));
    }
    all
}
