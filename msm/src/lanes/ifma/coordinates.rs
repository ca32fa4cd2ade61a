//! Coordinates of eight points as vectors of limbs.
//!
//! # Bounds
//!
//! Stored coordinates and what [`near`] returns are at most 1 + 2^-39 in units of p, with limbs below 2^48. With the bound of
//! a product in [`super::product`]:
//!
//! - A difference of stored coordinates is between 0.99 and 3.01, and one with signs between 0.99 and 5.01; their limbs are
//!   below 2^50.
//! - K = 1: products of differences and products stay below 3.2 (0.1016·3.01·3.2 + 2.16 < 3.2), and so do the inverses, which
//!   begin with stored coordinates. Their product with the products of earlier groups is below 3.21, and with a signed
//!   difference it is a slope below 3.80. For a doubling, 3·a² of stored coordinates is at most 3·2.27, with limbs below
//!   2^50, so its slope is below 4.39. The square of a slope is below 4.12; less 2p and the difference it is between −2.02
//!   and 4.12. A slope times a difference is below 3.51, and less a coordinate with a sign between −1.01 and 4.52. Both are
//!   within what [`near`] takes.
//! - A lane whose points cancel has one for its difference, without the 2p. What is computed there may leave these bounds; it
//!   is not used, and other lanes do not depend on it. The same goes for lanes that repeat the last pair.
//! - K = 2: every product is brought near. The first factor is near, and its negative is at most 2 with limbs below 2^50.
//!   So before that the components are below 0.1016·(1.01 + 2)·b + 2.16: 3.7 for a signed difference b, 4.8 for 3·a²
//!   (at most 3·2.78), 3.1 for a difference. Components of a square are below
//!   0.1016·2.02·3.01 + 2.16 < 2.78.
#![allow(unsafe_code)]

use super::limbs::{self, Limbs, MODULUS};
use super::near::{THREE, TWO, ZERO_DIFFERENCE, near};
use super::product::{product, square, sum_of_products};
use crate::batch_affine::Pair;
use crate::cpu::Ifma;
use crate::lanes::point::Point;
use crate::lanes::unit::{Task, Unit};
use crate::signed_index::SignedIndex;
use crate::simd52::Word;
use crate::simd52::transpose::transpose;
use crate::unroll::unroll;
use std::arch::x86_64::*;
use std::array::from_fn;

/// Eight elements, one in each lane.
type Element = [__m512i; 8];
/// One coordinate of eight points.
type Coordinate<const K: usize> = [Element; K];

// These are functions of their own, as each is about 300 instructions.

#[inline(never)]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn multiply(out: &mut Element, a: &Element, b: &Element) {
    *out = product(a, b);
}

#[inline(never)]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn multiply_two(out: &mut Element, one: [&Element; 2], other: [&Element; 2]) {
    *out = sum_of_products(one, other);
}

#[inline(never)]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn multiply_self(out: &mut Element, a: &Element) {
    *out = square(a);
}

// These are loops, as a closure would not be inlined into functions with other target features.

/// A multiple of p less elements of at most 1.01p with limbs below 2^48.
#[inline(always)]
pub(super) fn subtracted<W: Word>(multiple: &Limbs, a: &[W; 8]) -> [W; 8] {
    let mut difference = *a;
    unroll!(I in 0 1 2 3 4 5 6 7 => difference[I] = W::splat(multiple[I]).sub(a[I]));
    difference
}

/// a + b.
#[inline(always)]
pub(super) fn sum<W: Word>(a: &[W; 8], b: &[W; 8]) -> [W; 8] {
    let mut sum = *a;
    unroll!(I in 0 1 2 3 4 5 6 7 => sum[I] = a[I].add(b[I]));
    sum
}

/// a − b of stored coordinates, and 2p.
#[inline(always)]
pub(super) fn difference_of<W: Word>(a: &[W; 8], b: &[W; 8]) -> [W; 8] {
    sum(a, &subtracted(&TWO, b))
}

/// square − 2·p − (`difference` − 2p).
#[inline(always)]
pub(super) fn sum_x_of<W: Word>(square: &[W; 8], p: &[W; 8], difference: &[W; 8]) -> [W; 8] {
    let mut x = *square;
    unroll!(I in 0 1 2 3 4 5 6 7 => {
        let both = p[I].add(p[I]).add(difference[I]);
        x[I] = x[I].add(W::splat(ZERO_DIFFERENCE[I])).sub(both);
    });
    x
}

impl<const K: usize> Unit<K, 8> for Ifma {
    type Limb = u64;
    type Packed = Coordinate<K>;
    /// A bit for each lane.
    type Signs = u8;

    const ONE: Limbs = limbs::ONE;
    const ZERO_DIFFERENCE: Limbs = ZERO_DIFFERENCE;

    #[inline(always)]
    fn limbs(words: &[u64; 6]) -> Limbs {
        limbs::limbs(words)
    }

    fn words(limbs: &Limbs) -> [u64; 6] {
        limbs::words(limbs)
    }

    #[inline(always)]
    fn negative(limbs: &Limbs) -> Limbs {
        limbs::negative(limbs)
    }

    fn times(limbs: &Limbs, factor: u8) -> Limbs {
        limbs.map(|limb| u64::from(factor) * limb)
    }

    #[inline(always)]
    fn signs(indices: [SignedIndex; 8]) -> u8 {
        let lanes = indices.into_iter().zip(0..);
        lanes.fold(0, |signs, (index, lane)| {
            signs | u8::from(index.is_negative()) << lane
        })
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn gather(coordinates: [&[Limbs; K]; 8]) -> Coordinate<K> {
        from_fn(|component| {
            // SAFETY: reads eight numbers, as many as a vector has.
            transpose(
                coordinates
                    .map(|limbs| unsafe { _mm512_loadu_si512(limbs[component].as_ptr().cast()) }),
            )
        })
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn scatter(packed: &Coordinate<K>) -> [[Limbs; K]; 8] {
        let mut coordinates = [[[0; 8]; K]; 8];
        for (component, element) in packed.iter().enumerate() {
            for (coordinate, row) in coordinates.iter_mut().zip(transpose(*element)) {
                // SAFETY: writes eight numbers, as many as a vector has.
                unsafe { _mm512_storeu_si512(coordinate[component].as_mut_ptr().cast(), row) }
            }
        }
        coordinates
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn store(
        points: &mut [Point<u64, K>],
        pairs: &[Pair],
        x: &Coordinate<K>,
        y: &Coordinate<K>,
    ) {
        for component in 0..K {
            let (x, y) = (transpose(x[component]), transpose(y[component]));
            for (pair, (x, y)) in pairs.iter().zip(x.into_iter().zip(y)) {
                if let Some(sum) = points.get_mut(pair.target as usize) {
                    // SAFETY: as above.
                    unsafe {
                        _mm512_storeu_si512(sum.x[component].as_mut_ptr().cast(), x);
                        _mm512_storeu_si512(sum.y[component].as_mut_ptr().cast(), y);
                    }
                }
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn difference(a: &Coordinate<K>, b: &Coordinate<K>) -> Coordinate<K> {
        from_fn(|k| difference_of(&a[k], &b[k]))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn signed_difference(
        (a, a_signs): (&Coordinate<K>, u8),
        (b, b_signs): (&Coordinate<K>, u8),
    ) -> Coordinate<K> {
        from_fn(|k| {
            from_fn(|i| {
                let three = __m512i::splat(THREE[i]);
                let with_a = three.add(a[k][i]);
                let with_a = _mm512_mask_sub_epi64(with_a, a_signs, three, a[k][i]);
                let with_both = with_a.sub(b[k][i]);
                _mm512_mask_add_epi64(with_both, b_signs, with_a, b[k][i])
            })
        })
    }

    /// A zero is p, 2p or 3p here. The lower limbs are below 2^50 and stand for less than 5 units of the uppermost one.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn may_be_zero(difference: &Coordinate<K>) -> u32 {
        let mut suspects = 0xff;
        for element in difference {
            let mut found = 0;
            for multiple in 1..=3 {
                let least = __m512i::splat(multiple * MODULUS[7] - 8);
                let above = element[7].sub(least);
                found |= _mm512_cmplt_epu64_mask(above, __m512i::splat(16));
            }
            suspects &= found;
        }
        suspects.into()
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn multiply(out: &mut Coordinate<K>, a: &Coordinate<K>, b: &Coordinate<K>) {
        if K == 1 {
            return multiply(&mut out[0], &a[0], &b[0]);
        }
        let ([a0, a1], [b0, b1]) = ([&a[0], &a[1 % K]], [&b[0], &b[1 % K]]);
        let minus_a1 = subtracted(&TWO, a1);
        multiply_two(&mut out[0], [a0, b0], [&minus_a1, b1]);
        multiply_two(&mut out[1 % K], [a0, b1], [a1, b0]);
        for component in out {
            *component = near(component);
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn square(out: &mut Coordinate<K>, a: &Coordinate<K>) {
        if K == 1 {
            return multiply_self(&mut out[0], &a[0]);
        }
        let [a0, a1] = [&a[0], &a[1 % K]];
        let difference = difference_of(a0, a1);
        multiply(&mut out[0], &sum(a0, a1), &difference);
        multiply(&mut out[1 % K], &sum(a0, a0), a1);
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn tripled_square(a: &Coordinate<K>) -> Coordinate<K> {
        let mut square = *a;
        // SAFETY: the features are this function's.
        unsafe { <Self as Unit<K, 8>>::square(&mut square, a) }
        square.map(|element| sum(&sum(&element, &element), &element))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn factor(packed: &Coordinate<K>) -> Coordinate<K> {
        *packed
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn sum_x(
        square: &Coordinate<K>,
        p: &Coordinate<K>,
        difference: &Coordinate<K>,
    ) -> Coordinate<K> {
        from_fn(|k| near(&sum_x_of(&square[k], &p[k], &difference[k])))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn sum_y(a: &Coordinate<K>, (p, signs): (&Coordinate<K>, u8)) -> Coordinate<K> {
        from_fn(|k| {
            near(&from_fn(|i| {
                let less = a[k][i].sub(p[k][i]);
                _mm512_mask_add_epi64(less, signs, a[k][i], p[k][i])
            }))
        })
    }

    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    unsafe fn run(task: impl Task) {
        task.run();
    }
}
