//! Products with constant factors in the scalar field, four at a time, in double-precision arithmetic.
//!
//! An element has six limbs xᵢ, which are integers of either sign in double-precision numbers. It is Σ xᵢ·2^(43i) modulo
//! the field's modulus r; the representation is redundant. As limbs have 43 of 53 bits, sums of products need no carries
//! before they are multiplied again.
//!
//! The factors w are constants, and their quotients w' = w·2^258/r, rounded, are precomputed. Then x·w is near q·r with
//! q = x·w'/2^258, so x·w − q·r is small and known from both products modulo 2^258 (Shoup's method; Harvey, "Faster
//! arithmetic for number-theoretic transforms", Journal of Symbolic Computation 60, 2014). Of x·w' the upper half is
//! needed, and of the other two products the lower half: the work of one and a half products.
//!
//! Products of limbs are split as in [`crate::lanes::avx2::columns`], with a unit in the last place of 2^43, so lower parts are
//! at most 2^42.
//!
//! # Bounds
//!
//! Units are 2^42 for limbs and r for elements. Limbs are normalised when they are at most 2^42 + 2^8, which is written as
//! 1 below; those of factors and quotients are. The sizes of x's limbs sum up to at most σ, which may be 256; those of r
//! sum up to less than 2.41.
//!
//! - A column of x·w or x·w' is at most σ·2^84. A limb of q has at most five lower parts and the upper part of the previous
//!   column: 5 + σ/2. So a column of x·w − q·r is at most (σ + 2.41·(5 + σ/2))·2^84 < 2^94, which keeps the upper parts
//!   between 2^95 and 2^96, where the unit in the last place is 2^43. Lower parts, twelve to a column, are exact.
//! - So limbs of the result are at most 10 + (σ + 2.41·(5 + σ/2))/2 < 16.1 + 1.11·σ, which is below 2^52. All six sum up to
//!   at most 56 + 4.42·σ: the lower ones have fewer lower parts, and the uppermost is below 1 as the result is small.
//!   Normalising them carries less than 2^8.
//! - The two columns of x·w' below the upper half are summed with rounding. Sums are at most σ·2^84 ≤ 2^92, so the error of
//!   seven roundings is less than 7·2^38, in units of 2^43: 0.22, or 0.03 for σ ≤ 24, or 0.02 for σ ≤ 12. What is left out
//!   is below 2^-36. With the rounding to an integer the error of q is less than 0.76, 0.53 or 0.52.
//! - The result is that error times r, plus x·(w·2^258/r − w')·r/2^258. The error of w' is at most 0.51 and r is below
//!   0.1133·2^258, so the second term is at most 0.058 times x. The uppermost limb is reduced modulo 2^43 to around zero,
//!   which is right as long as the result is below 2^257, or 4.4.
#![allow(unsafe_code)]

use crate::lanes::avx2::columns::*;
use crate::unroll::unroll;
use std::arch::x86_64::*;

/// Four elements of the scalar field, one in each lane.
pub(super) type PackedFr = [Vector; 6];

/// The field's modulus r.
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
    let mut index = 0;
    while index < 6 {
        limbs[index] = -limbs[index];
        index += 1;
    }
    limbs
};
/// The middle of 2^95 to 2^96, where the unit in the last place is 2^43.
const BIAS: f64 = 1.5 * (1u128 << 95) as f64;
/// A factor that moves a carry to the next limb.
const CARRY: f64 = 1.0 / (1u64 << 43) as f64;

impl LimbSource for PackedFr {
    #[inline(always)]
    fn limb(&self, index: usize) -> Vector {
        self[index]
    }
}

/// A constant factor and its quotient.
pub(super) trait Factor: Copy {
    fn factor(self) -> impl LimbSource;
    fn quotient(self) -> impl LimbSource;
}

/// The step of a column of a·b for limb `index` of b; the limb of a is `column` − `index`. The first product starts the
/// column if it `is_new`.
#[inline(always)]
const fn step(column: usize, index: usize, is_new: bool) -> Step {
    if index > column || column > index + 5 {
        Step::Skip
    } else if is_new && (index == 0 || column == index + 5) {
        Step::Start
    } else {
        Step::Add
    }
}

/// Whether limb `index` has a product in the four columns from `from` on, or in the first two if `half`.
#[inline(always)]
const fn contributes(from: usize, index: usize, half: bool) -> bool {
    let columns = if half { 2 } else { 4 };
    index < from + columns && from <= index + 5
}

/// Four columns of a·b from column `FROM` on, or two with `HALF`. They are added to the given columns, or with `NEW`
/// replace them.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn add_columns<const FROM: usize, const HALF: bool, const NEW: bool>(
    a: &PackedFr,
    b: &impl LimbSource,
    bias: Vector,
    (upper, lower): &mut (FourColumns, FourColumns),
) {
    unroll!(J in 0 1 2 3 4 5 => {
        if const { contributes(FROM, J, HALF) } {
            let b = b.limb(J);
            unroll!(K in 0 2 => if K == 0 || !HALF {
                let a = [0, 1].map(|next| a[(FROM + K + next).wrapping_sub(J) % 6]);
                let steps = const { [step(FROM + K, J, NEW), step(FROM + K + 1, J, NEW)] };
                multiply_pair::<K>(steps, a, b, bias, (upper, lower));
            });
        }
    });
}

/// Four columns of a·b from column `FROM` on, or two with `HALF`: upper and lower parts.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn columns<const FROM: usize, const HALF: bool>(
    a: &PackedFr,
    b: &impl LimbSource,
    bias: Vector,
) -> (FourColumns, FourColumns) {
    let mut columns = ([bias; 4], [_mm256_setzero_pd(); 4]);
    add_columns::<FROM, HALF, true>(a, b, bias, &mut columns);
    columns
}

/// A column's lower part plus the upper part of the previous column.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn join(lower: Vector, upper: Vector, bias: Vector) -> Vector {
    _mm256_fmadd_pd(_mm256_sub_pd(upper, bias), _mm256_set1_pd(CARRY), lower)
}

/// Six columns as limbs.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn joined(
    (u, l): &(FourColumns, FourColumns),
    (v, m): &(FourColumns, FourColumns),
    bias: Vector,
) -> PackedFr {
    [
        l[0],
        join(l[1], u[0], bias),
        join(m[0], u[1], bias),
        join(m[1], v[0], bias),
        join(m[2], v[1], bias),
        join(m[3], v[2], bias),
    ]
}

/// The nearest multiple of 2^43.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn round(limb: Vector) -> Vector {
    let bias = _mm256_set1_pd(BIAS);
    _mm256_sub_pd(_mm256_add_pd(limb, bias), bias)
}

/// The same elements with normalised limbs: each limb's excess is carried to the next, but for the uppermost.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn normalise(x: &PackedFr) -> PackedFr {
    let mut limbs = *x;
    unroll!(I in 0 1 2 3 4 => {
        let excess = round(x[I]);
        limbs[I] = _mm256_sub_pd(limbs[I], excess);
        limbs[I + 1] = _mm256_fmadd_pd(excess, _mm256_set1_pd(CARRY), limbs[I + 1]);
    });
    limbs
}

/// The same elements, not normalised, reduced to between −r/2 and r/2 with an error of 2^-20·r.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn centred(x: &PackedFr) -> PackedFr {
    let quotient = _mm256_mul_pd(x[5], _mm256_set1_pd(1.0 / MODULUS[5]));
    let multiple = _mm256_round_pd::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(quotient);
    let mut limbs = *x;
    unroll!(I in 0 1 2 3 4 5 => {
        limbs[I] = _mm256_fnmadd_pd(multiple, _mm256_set1_pd(MODULUS[I]), x[I]);
    });
    limbs
}

/// a·b modulo 2^258, in some representation.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn lower_half(a: &PackedFr, b: &impl LimbSource) -> PackedFr {
    let bias = _mm256_set1_pd(BIAS);
    let (first, second) = (
        columns::<0, true>(a, b, bias),
        columns::<2, false>(a, b, bias),
    );
    joined(&first, &second, bias)
}

/// The quotient q of x·w by r, from the quotient w' of w.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn quotient(x: &PackedFr, w_quotient: &impl LimbSource, bias: Vector) -> PackedFr {
    let carry_factor = _mm256_set1_pd(CARRY);
    let (upper, lower) = columns::<6, false>(x, w_quotient, bias);
    let mut column_4 = _mm256_mul_pd(x[4], w_quotient.limb(0));
    unroll!(I in 0 1 2 3 => column_4 = _mm256_fmadd_pd(x[I], w_quotient.limb(4 - I), column_4));
    let mut column_5 = _mm256_mul_pd(x[5], w_quotient.limb(0));
    unroll!(I in 0 1 2 3 4 => column_5 = _mm256_fmadd_pd(x[I], w_quotient.limb(5 - I), column_5));
    let (last, last_lower) = multiply_first(x[5], w_quotient.limb(5), bias);
    let carry = round(_mm256_fmadd_pd(column_4, carry_factor, column_5));
    let mut q = [
        _mm256_fmadd_pd(carry, carry_factor, lower[0]),
        join(lower[1], upper[0], bias),
        join(lower[2], upper[1], bias),
        join(lower[3], upper[2], bias),
        join(last_lower, upper[3], bias),
        _mm256_mul_pd(_mm256_sub_pd(last, bias), carry_factor),
    ];
    unroll!(I in 0 1 2 3 4 5 => compute_now(&mut q[I]));
    q
}

/// x·w − q·r, between −2^257 and 2^257.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn remainder(x: &PackedFr, w: &impl LimbSource, q: &PackedFr, bias: Vector) -> PackedFr {
    let mut first = columns::<0, true>(x, w, bias);
    let mut second = columns::<2, false>(x, w, bias);
    let modulus = Constant(&MINUS_MODULUS);
    add_columns::<0, true, false>(q, &modulus, bias, &mut first);
    add_columns::<2, false, false>(q, &modulus, bias, &mut second);
    let mut result = joined(&first, &second, bias);
    result[5] = _mm256_sub_pd(result[5], round(result[5]));
    result
}

/// x·w, not normalised.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply<F: Factor>(x: &PackedFr, factor: F) -> PackedFr {
    let bias = _mm256_set1_pd(BIAS);
    let mut q = [bias; 6];
    align_frame(&mut q);
    q = quotient(x, &factor.quotient(), bias);
    remainder(x, &factor.factor(), &q, bias)
}

/// x·w and y·v, not normalised. The instructions of two independent products overlap.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply_both<F: Factor>([x, y]: [&PackedFr; 2], [w, v]: [F; 2]) -> [PackedFr; 2] {
    let bias = _mm256_set1_pd(BIAS);
    let mut q = [bias; 6];
    align_frame(&mut q);
    q = quotient(x, &w.quotient(), bias);
    let p = quotient(y, &v.quotient(), bias);
    let xw = remainder(x, &w.factor(), &q, bias);
    [xw, remainder(y, &v.factor(), &p, bias)]
}
