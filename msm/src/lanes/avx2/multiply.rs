//! Products in the base field, four at a time, in double-precision arithmetic.
//!
//! An element has eight limbs xᵢ, which are integers of either sign in double-precision numbers. It is Σ xᵢ·2^(48i) modulo
//! the field's modulus p; the representation is redundant. The Montgomery radix is 2^384, as in arkworks. A vector holds
//! one limb of four elements.
//!
//! A product of two limbs is split exactly (Emmart, Zheng, Weems, "Faster modular exponentiation using double
//! precision floating point arithmetic on the GPU", ARITH 2018). Let h be a number whose unit in the last place is
//! 2^48. Then h' = fma(a, b, h) is h plus the product's upper part, and fma(a, b, h − h') is the lower part, at most 2^47
//! in size. If h starts at a constant (the bias), it accumulates the upper parts of a column without further additions.
//!
//! The reduction is Montgomery's ("Modular multiplication without trial division", Mathematics of Computation 44, 1985),
//! with the quotient for all limbs at once: Q = T·N modulo 2^384 with N = −1/p. Then T + Q·p is a multiple of 2^384. So
//! its lower half only contributes a carry, and the two upper columns of that half determine the carry, even without
//! their last bits.
//!
//! # Bounds
//!
//! Operands' limbs are at most A and B in size with A·B ≤ 3·2^94 (two products: 2^94·(1 + 2^-40) each pair), those of
//! N sum up to less than 1.64·2^47, those of p to less than 3.02·2^47.
//!
//! - The columns of T are at most 8·3·2^94 = 1.5·2^98 (two products: 2^98). With the 3.02·2^94·(1 + 2^-40) of Q·p they are
//!   below 2^99, so the upper parts stay between 2^100 and 2^101, where the unit in the last place is
//!   2^48. Lower parts are at most 2^47 each, 16 or 24 to a column. Their sums are below 2^52, and so exact.
//! - A column of T joined with the upper part of the one before is at most 16·2^47 + 2^50 = 1.5·2^51.
//! - The columns of T·N are at most 1.5·2^51·1.64·2^47 < 2^100, so the upper parts stay between 2^101 and 2^102 around
//!   1.5·2^101, with a unit in the last place of 2^49. Lower parts are at most 2^48, 8 to a column. Joined columns are
//!   below 2^52.
//! - [`normalise`] takes limbs below 2^52 to limbs of at most 2^47 + 2^5. The uppermost limb has no such bound.
//! - The carry out of the lower half is an integer. It is computed with rounding. In units of one, sums stay below
//!   1.6·2^47, so that the error of sixteen roundings is less than 1/8. What is left out is below 2^-40.
//! - A result is at most T/2^384 + (1 + 2^-40)·p/2. That is 0.91p for operands of up to 2p.

use super::columns::*;
use crate::unroll::unroll;
use std::arch::x86_64::*;

/// The field's modulus p.
pub(super) static MODULUS: [f64; 8] = [
    -21845.0,
    -86500641359361.0,
    -10839982866433.0,
    113459389855409.0,
    83034393350847.0,
    73992301405303.0,
    -27924617254986.0,
    28591897852288.0,
];
/// −1/p modulo 2^384.
static INVERSE: [f64; 8] = [
    -12885098499.0,
    -41982971311628.0,
    12404543642515.0,
    25216540526819.0,
    -59311104271540.0,
    -32535193576979.0,
    -3760634784001.0,
    -54218039296341.0,
];
/// The middle of 2^100 to 2^101, where the unit in the last place is 2^48.
const BIAS: f64 = 1.5 * (1u128 << 100) as f64;
/// The middle of 2^101 to 2^102, where the unit in the last place is 2^49.
const QUOTIENT_BIAS: f64 = 1.5 * (1u128 << 101) as f64;
/// A factor that moves a carry to the next limb.
const CARRY: f64 = 1.0 / (1u64 << 48) as f64;

/// A column's lower part plus the upper part of the previous column.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn join(lower: Vector, upper: Vector, bias: Vector) -> Vector {
    _mm256_fmadd_pd(_mm256_sub_pd(upper, bias), _mm256_set1_pd(CARRY), lower)
}

/// Eight columns as limbs. The first has no previous column.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn joined(
    (u, l): &(FourColumns, FourColumns),
    (v, m): &(FourColumns, FourColumns),
    bias: Vector,
) -> PackedFp {
    [
        l[0],
        join(l[1], u[0], bias),
        join(l[2], u[1], bias),
        join(l[3], u[2], bias),
        join(m[0], u[3], bias),
        join(m[1], v[0], bias),
        join(m[2], v[1], bias),
        join(m[3], v[2], bias),
    ]
}

/// The nearest multiple of 2^48.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn round(limb: Vector) -> Vector {
    let bias = _mm256_set1_pd(BIAS);
    _mm256_sub_pd(_mm256_add_pd(limb, bias), bias)
}

/// The same elements with normalised limbs: at most 2^47 + 2^5 in size, but for the uppermost. Each limb's excess is carried
/// to the next.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn normalise(x: &PackedFp) -> PackedFp {
    let mut limbs = *x;
    unroll!(I in 0 1 2 3 4 5 6 => {
        let excess = round(x[I]);
        limbs[I] = _mm256_sub_pd(limbs[I], excess);
        limbs[I + 1] = _mm256_fmadd_pd(excess, _mm256_set1_pd(CARRY), limbs[I + 1]);
    });
    limbs
}

/// The quotient Q of the lower half of T. `CALLER` gives each caller an instance of its own, here and in [`reduce`], so that
/// the compiler inlines it.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn quotient<const CALLER: usize>(low: &PackedFp) -> PackedFp {
    let bias = _mm256_set1_pd(QUOTIENT_BIAS);
    let first = columns::<0>(low, &Constant(&INVERSE), bias);
    let second = columns::<1>(low, &Constant(&INVERSE), bias);
    let mut q = normalise(&joined(&first, &second, bias));
    q[7] = _mm256_sub_pd(q[7], round(q[7]));
    unroll!(I in 0 1 2 3 4 5 6 7 => compute_now(&mut q[I]));
    q
}

/// (T + Q·p) / 2^384, not normalised. `column_7` is that of T: its lower part, joined, and its upper part. Then come the
/// columns 8 to 11 and 12 to 15.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn reduce<const CALLER: usize>(
    q: &PackedFp,
    column_7: (Vector, Vector),
    mut third: (FourColumns, FourColumns),
    mut fourth: (FourColumns, FourColumns),
) -> PackedFp {
    let bias = _mm256_set1_pd(BIAS);
    let (lower, upper) = column_7;
    third.1[0] = join(third.1[0], upper, bias);
    let modulus = Constant(&MODULUS);
    let mut carry = _mm256_mul_pd(q[6], modulus.limb(0));
    unroll!(J in 1 2 3 4 5 6 => carry = _mm256_fmadd_pd(q[6 - J], modulus.limb(J), carry));
    carry = _mm256_fmadd_pd(carry, _mm256_set1_pd(CARRY), lower);
    unroll!(J in 0 1 2 3 4 5 6 7 => carry = _mm256_fmadd_pd(q[7 - J], modulus.limb(J), carry));
    add_columns::<2>(q, &modulus, &mut third);
    third.1[0] = _mm256_fmadd_pd(round(carry), _mm256_set1_pd(CARRY), third.1[0]);
    add_columns::<3>(q, &modulus, &mut fourth);
    joined(&third, &fourth, bias)
}

/// a·b, not normalised.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply(a: &PackedFp, b: &PackedFp) -> PackedFp {
    let bias = _mm256_set1_pd(BIAS);
    let mut low = [bias; 8];
    align_frame(&mut low);
    let (first, second) = (columns::<0>(a, b, bias), columns::<1>(a, b, bias));
    low = joined(&first, &second, bias);
    let q = quotient::<0>(&low);
    let (third, fourth) = (columns::<2>(a, b, bias), columns::<3>(a, b, bias));
    reduce::<0>(&q, (low[7], second.0[3]), third, fourth)
}

/// a², not normalised.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn square(a: &PackedFp) -> PackedFp {
    let bias = _mm256_set1_pd(BIAS);
    let mut doubled = [bias; 8];
    align_frame(&mut doubled);
    unroll!(I in 0 1 2 3 4 5 6 7 => doubled[I] = _mm256_add_pd(a[I], a[I]));
    let (first, second) = (
        square_columns::<0>(a, &doubled, bias),
        square_columns::<1>(a, &doubled, bias),
    );
    let low = joined(&first, &second, bias);
    let q = quotient::<1>(&low);
    let (third, fourth) = (
        square_columns::<2>(a, &doubled, bias),
        square_columns::<3>(a, &doubled, bias),
    );
    reduce::<1>(&q, (low[7], second.0[3]), third, fourth)
}

/// a·b + c·d, not normalised.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply_two(a: &PackedFp, b: &PackedFp, c: &PackedFp, d: &PackedFp) -> PackedFp {
    let bias = _mm256_set1_pd(BIAS);
    let mut low = [bias; 8];
    align_frame(&mut low);
    let (mut first, mut second) = (columns::<0>(a, b, bias), columns::<1>(a, b, bias));
    add_columns::<0>(c, d, &mut first);
    add_columns::<1>(c, d, &mut second);
    low = joined(&first, &second, bias);
    let q = quotient::<2>(&low);
    let (mut third, mut fourth) = (columns::<2>(a, b, bias), columns::<3>(a, b, bias));
    add_columns::<2>(c, d, &mut third);
    add_columns::<3>(c, d, &mut fourth);
    reduce::<2>(&q, (low[7], second.0[3]), third, fourth)
}
