//! Products with known factors in the scalar field.
//!
//! An element is six numbers ("limbs") xᵢ that are integers of either sign, and stands for Σ xᵢ·2^(43i) modulo the
//! field's modulus r. Limbs of 43 bits leave room: sums of products need no carry before they are multiplied again.
//!
//! The factors w are known long before, and so are their quotients w' = w·2^258/r, rounded. Then x·w is near q·r with
//! q = x·w'/2^258, and what is left of both products is their difference modulo 2^258 (Shoup's method; Harvey, "Faster
//! arithmetic for number-theoretic transforms", Journal of Symbolic Computation 60, 2014). So of the first product the
//! upper half is needed and of the other two the lower: as much as one product and a half.
//!
//! Products of limbs are split as in [`crate::lanes::columns`], with a last place of 2^43: lower parts are at most 2^42.
//!
//! # Bounds
//!
//! Limbs are counted in 2^42 and elements in r. Limbs are "settled" when they are at most 2^42 + 2^8, which is written
//! as 1 below; factors' and quotients' are. The sizes of x's limbs sum up to at most σ, which may be 256; those of r sum
//! up to less than 2.41.
//!
//! - A column of x·w or x·w' is at most σ·2^84. A limb of q has at most five lower parts and what comes from a column
//!   before it: 5 + σ/2. So a column of x·w − q·r is at most (σ + 2.41·(5 + σ/2))·2^84 < 2^94, which keeps the upper
//!   parts between 2^95 and 2^96, where the last place is 2^43. Lower parts, twelve to a column, are exact.
//! - So limbs of the result are at most 10 + (σ + 2.41·(5 + σ/2))/2 < 16.1 + 1.11·σ, which is below 2^52, and all six
//!   together 56 + 4.42·σ: the lower ones have fewer lower parts, and the uppermost is below 1 as the result is small.
//!   Settled they carry less than 2^8.
//! - The two columns of x·w' below the upper half are summed with rounding. Sums are at most σ·2^84 ≤ 2^92, so that
//!   seven roundings are less than 7·2^38 off, of 2^43: 0.22, with σ ≤ 24 less than 0.03, with σ ≤ 12 less than 0.02.
//!   What is left out is below 2^-36. With the rounding to an integer q is off by less than 0.76, 0.53 or 0.52.
//! - The result is that many times r, and x·(w·2^258/r − w')·r/2^258: w' is off by at most 0.51 and r is below
//!   0.1133·2^258, so at most 0.058 times x. The uppermost limb is taken modulo 2^43 around zero, which is right as long
//!   as the result is below 2^257, or 4.4.
#![allow(unsafe_code)]

use crate::lanes::columns::*;
use std::arch::x86_64::*;

/// Four elements.
pub(super) type Quad = [Vector; 6];

/// The field's modulus.
pub(super) static MODULUS: [f64; 6] = [
    -4294967295.0,
    -225487880192.0,
    -2959390798848.0,
    -4380785841149.0,
    2026494964638.0,
    995816810067.0,
];
static MINUS_MODULUS: [f64; 6] = {
    let mut limbs = MODULUS;
    let mut place = 0;
    while place < 6 {
        limbs[place] = -limbs[place];
        place += 1;
    }
    limbs
};
/// Where the last place is 2^43, from 2^95 to 2^96.
const UPPER: f64 = 1.5 * (1u128 << 95) as f64;
/// One limb further.
const DOWN: f64 = 1.0 / (1u64 << 43) as f64;

/// The same known limbs for all four.
pub(super) struct Constant(pub(super) &'static [f64; 6]);

impl Limbs for Constant {
    #[inline(always)]
    fn limb(&self, place: usize) -> Vector {
        // SAFETY: only called below, where the features are there.
        unsafe { _mm256_set1_pd(self.0[place]) }
    }
}

impl Limbs for Quad {
    #[inline(always)]
    fn limb(&self, place: usize) -> Vector {
        self[place]
    }
}

/// A known factor and its quotient.
pub(super) trait Factor: Copy {
    fn factor(self) -> impl Limbs;
    fn quotient(self) -> impl Limbs;
}

/// What the limb at a place is to a column of a product: the other limb is at the difference.
#[inline(always)]
const fn part(column: usize, place: usize, is_fresh: bool) -> Part {
    if place > column || column > place + 5 {
        Part::None
    } else if is_fresh && (place == 0 || column == place + 5) {
        Part::First
    } else {
        Part::Further
    }
}

/// Whether the limb at a place is anything to two pairs of columns, or to the first.
#[inline(always)]
const fn meets(from: usize, place: usize, half: bool) -> bool {
    let columns = if half { 2 } else { 4 };
    place < from + columns && from <= place + 5
}

/// Two pairs of columns of a·b, from column `FROM` on; with `HALF` only the first. What was there is kept unless they
/// are `FRESH`.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn grow<const FROM: usize, const HALF: bool, const FRESH: bool>(
    a: &Quad,
    b: &impl Limbs,
    zero: Vector,
    (upper, lower): &mut (Four, Four),
) {
    each!(J in 0 1 2 3 4 5 => {
        if const { meets(FROM, J, HALF) } {
            let b = b.limb(J);
            each!(K in 0 2 => if K == 0 || !HALF {
                let a = [0, 1].map(|next| a[(FROM + K + next).wrapping_sub(J) % 6]);
                let parts = const { [part(FROM + K, J, FRESH), part(FROM + K + 1, J, FRESH)] };
                multiply_pair::<K>(parts, a, b, zero, (upper, lower));
            });
        }
    });
}

/// Columns of a·b from `FROM` on: upper and lower parts.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn columns<const FROM: usize, const HALF: bool>(
    a: &Quad,
    b: &impl Limbs,
    zero: Vector,
) -> (Four, Four) {
    let mut columns = ([zero; 4], [_mm256_setzero_pd(); 4]);
    grow::<FROM, HALF, true>(a, b, zero, &mut columns);
    columns
}

/// A column's lower part with the upper part of the one before.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn join(lower: Vector, upper: Vector, zero: Vector) -> Vector {
    _mm256_fmadd_pd(_mm256_sub_pd(upper, zero), _mm256_set1_pd(DOWN), lower)
}

/// Six columns, joined.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn joined((u, l): &(Four, Four), (v, m): &(Four, Four), zero: Vector) -> Quad {
    [
        l[0],
        join(l[1], u[0], zero),
        join(m[0], u[1], zero),
        join(m[1], v[0], zero),
        join(m[2], v[1], zero),
        join(m[3], v[2], zero),
    ]
}

/// The nearest multiple of 2^43.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn round(limb: Vector) -> Vector {
    let upper = _mm256_set1_pd(UPPER);
    _mm256_sub_pd(_mm256_add_pd(limb, upper), upper)
}

/// The same elements with settled limbs: what is too much goes to the next limb. The uppermost keeps it.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn settle(x: &Quad) -> Quad {
    let mut settled = *x;
    each!(I in 0 1 2 3 4 => {
        let over = round(x[I]);
        settled[I] = _mm256_sub_pd(settled[I], over);
        settled[I + 1] = _mm256_fmadd_pd(over, _mm256_set1_pd(DOWN), settled[I + 1]);
    });
    settled
}

/// The same elements less the multiple of the modulus that leaves them between −r/2 and r/2, or 2^-20 of it beyond.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn near(x: &Quad) -> Quad {
    let share = _mm256_mul_pd(x[5], _mm256_set1_pd(1.0 / MODULUS[5]));
    let times = _mm256_round_pd::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(share);
    let mut near = *x;
    each!(I in 0 1 2 3 4 5 => {
        near[I] = _mm256_fnmadd_pd(times, _mm256_set1_pd(MODULUS[I]), x[I]);
    });
    near
}

/// Gives a frame that is aligned to vectors: see [`crate::lanes`], where products do the same.
#[inline(always)]
fn align(element: &mut Quad) {
    std::hint::black_box(element);
}

/// The lower half of a·b, and a multiple of 2^258 with it.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn lower_half(a: &Quad, b: &impl Limbs) -> Quad {
    let zero = _mm256_set1_pd(UPPER);
    let (first, second) = (
        columns::<0, true>(a, b, zero),
        columns::<2, false>(a, b, zero),
    );
    joined(&first, &second, zero)
}

/// The quotient q of x·w by r, by that of w.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn quotient(x: &Quad, w: &impl Limbs, zero: Vector) -> Quad {
    let down = _mm256_set1_pd(DOWN);
    let (upper, lower) = columns::<6, false>(x, w, zero);
    let mut below = _mm256_mul_pd(x[4], w.limb(0));
    each!(I in 0 1 2 3 => below = _mm256_fmadd_pd(x[I], w.limb(4 - I), below));
    let mut next = _mm256_mul_pd(x[5], w.limb(0));
    each!(I in 0 1 2 3 4 => next = _mm256_fmadd_pd(x[I], w.limb(5 - I), next));
    let (last, last_lower) = multiply_first(x[5], w.limb(5), zero);
    let next = round(_mm256_fmadd_pd(below, down, next));
    let mut q = [
        _mm256_fmadd_pd(next, down, lower[0]),
        join(lower[1], upper[0], zero),
        join(lower[2], upper[1], zero),
        join(lower[3], upper[2], zero),
        join(last_lower, upper[3], zero),
        _mm256_mul_pd(_mm256_sub_pd(last, zero), down),
    ];
    each!(I in 0 1 2 3 4 5 => hold(&mut q[I]));
    q
}

/// x·w − q·r, between −2^257 and 2^257.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn rest(x: &Quad, w: &impl Limbs, q: &Quad, zero: Vector) -> Quad {
    let mut first = columns::<0, true>(x, w, zero);
    let mut second = columns::<2, false>(x, w, zero);
    let modulus = Constant(&MINUS_MODULUS);
    grow::<0, true, false>(q, &modulus, zero, &mut first);
    grow::<2, false, false>(q, &modulus, zero, &mut second);
    let mut result = joined(&first, &second, zero);
    result[5] = _mm256_sub_pd(result[5], round(result[5]));
    result
}

/// x·w; limbs wait to be settled, here and below.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply<F: Factor>(x: &Quad, factor: F) -> Quad {
    let zero = _mm256_set1_pd(UPPER);
    let mut q = [zero; 6];
    align(&mut q);
    q = quotient(x, &factor.quotient(), zero);
    rest(x, &factor.factor(), &q, zero)
}

/// x·w and y·v: what a product waits for, the other uses.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply_both<F: Factor>([x, y]: [&Quad; 2], [w, v]: [F; 2]) -> [Quad; 2] {
    let zero = _mm256_set1_pd(UPPER);
    let mut q = [zero; 6];
    align(&mut q);
    q = quotient(x, &w.quotient(), zero);
    let p = quotient(y, &v.quotient(), zero);
    let one = rest(x, &w.factor(), &q, zero);
    [one, rest(y, &v.factor(), &p, zero)]
}
