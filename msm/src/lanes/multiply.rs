//! Products in the base field, four at a time, in double-precision numbers.
//!
//! An element is eight numbers ("limbs") xᵢ that are integers, and stands for Σ xᵢ·2^(48i) modulo the field's modulus
//! p; the Montgomery factor is 2^384, as in arkworks. Limbs have either sign and several spellings stand for one
//! element. A vector holds the same limb of four elements.
//!
//! A product of two limbs is split exactly (Emmart, Zheng, Weems, "Faster modular exponentiation using double
//! precision floating point arithmetic on the GPU", ARITH 2018): with a number h that has 2^48 as its last place,
//! h' = fma(a, b, h) grows by the product's upper part, and fma(a, b, h − h') is what was lost, at most 2^47 in
//! size. So the upper parts of a column need no addition of their own.
//!
//! The reduction is Montgomery's, with the quotient for all limbs at once: Q = T·N modulo 2^384 with
//! N = −1/p; then T + Q·p is a multiple of 2^384, so that its lower half matters for the carry alone, and that is
//! known from its two upper columns, without their last bits.
//!
//! # Bounds
//!
//! Operands' limbs are at most A and B in size with A·B ≤ 3·2^94 (two products: 2^94·(1 + 2^-40) each pair), those of
//! N sum up to less than 1.64·2^47, those of p to less than 3.02·2^47.
//!
//! - Columns of T: at most 8·3·2^94 = 1.5·2^98 (two products: 2^98). With the 3.02·2^94·(1 + 2^-40) of Q·p they are
//!   below 2^99, so the upper parts stay between 2^100 and 2^101, where the last place is 2^48. Lower parts are at
//!   most 2^47 each, 16 or 24 to a column: below 2^52, exact.
//! - A column of T joined with the upper part of the one before is at most 16·2^47 + 2^50 = 1.5·2^51.
//! - Columns of T·N: at most 1.5·2^51·1.64·2^47 < 2^100, so the upper parts stay between 2^101 and 2^102 around
//!   1.5·2^101, with a last place of 2^49; lower parts are at most 2^48, 8 to a column; joined, they are below 2^52.
//! - [`settle`] takes limbs below 2^52 to limbs of at most 2^47 + 2^5, but for the uppermost.
//! - The carry out of the lower half is an integer. It is computed with rounding: in units of one, sums stay below
//!   1.6·2^47, so that sixteen roundings are less than 1/8 off, and what is left out is below 2^-40.
//! - A result is at most T/2^384 + (1 + 2^-40)·p/2: with operands of up to 2p, 0.91p.

use super::columns::*;
use std::arch::x86_64::*;

/// The field's modulus.
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
/// −1 divided by it, modulo 2^384.
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
/// Where the last place is 2^48, from 2^100 to 2^101.
const UPPER: f64 = 1.5 * (1u128 << 100) as f64;
/// Where the last place is 2^49.
const UPPER_OF_QUOTIENT: f64 = 1.5 * (1u128 << 101) as f64;
/// One limb further.
const DOWN: f64 = 1.0 / (1u64 << 48) as f64;

/// A column's lower part with the upper part of the one before.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn join(lower: Vector, upper: Vector, zero: Vector) -> Vector {
    _mm256_fmadd_pd(_mm256_sub_pd(upper, zero), _mm256_set1_pd(DOWN), lower)
}

/// Eight columns, joined: the first has nothing before it.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn joined((u, l): &(Four, Four), (v, m): &(Four, Four), zero: Vector) -> Element {
    [
        l[0],
        join(l[1], u[0], zero),
        join(l[2], u[1], zero),
        join(l[3], u[2], zero),
        join(m[0], u[3], zero),
        join(m[1], v[0], zero),
        join(m[2], v[1], zero),
        join(m[3], v[2], zero),
    ]
}

/// The nearest multiple of 2^48.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn round(limb: Vector) -> Vector {
    let upper = _mm256_set1_pd(UPPER);
    _mm256_sub_pd(_mm256_add_pd(limb, upper), upper)
}

/// The same elements with limbs of at most 2^47 + 2^5; what is too much goes to the next limb. The uppermost keeps it.
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn settle(x: &Element) -> Element {
    let mut settled = *x;
    each!(I in 0 1 2 3 4 5 6 => {
        let over = round(x[I]);
        settled[I] = _mm256_sub_pd(settled[I], over);
        settled[I + 1] = _mm256_fmadd_pd(over, _mm256_set1_pd(DOWN), settled[I + 1]);
    });
    settled
}

/// The quotient Q, of the lower half of T, joined.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn quotient<const OF: usize>(low: &Element) -> Element {
    let zero = _mm256_set1_pd(UPPER_OF_QUOTIENT);
    let first = columns::<0>(low, &Constant(&INVERSE), zero);
    let second = columns::<1>(low, &Constant(&INVERSE), zero);
    let mut q = settle(&joined(&first, &second, zero));
    q[7] = _mm256_sub_pd(q[7], round(q[7]));
    each!(I in 0 1 2 3 4 5 6 7 => hold(&mut q[I]));
    q
}

/// (T + Q·p) / 2^384, with limbs that wait to be settled. `seven` is column 7 of T: its lower part, joined, and its
/// upper part; then come the columns above.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn reduce<const OF: usize>(
    q: &Element,
    (lower, above): (Vector, Vector),
    mut third: (Four, Four),
    mut fourth: (Four, Four),
) -> Element {
    let upper = _mm256_set1_pd(UPPER);
    third.1[0] = join(third.1[0], above, upper);
    let modulus = Constant(&MODULUS);
    let mut carry = _mm256_mul_pd(q[6], modulus.limb(0));
    each!(J in 1 2 3 4 5 6 => carry = _mm256_fmadd_pd(q[6 - J], modulus.limb(J), carry));
    carry = _mm256_fmadd_pd(carry, _mm256_set1_pd(DOWN), lower);
    each!(J in 0 1 2 3 4 5 6 7 => carry = _mm256_fmadd_pd(q[7 - J], modulus.limb(J), carry));
    grow::<2>(q, &modulus, &mut third);
    third.1[0] = _mm256_fmadd_pd(round(carry), _mm256_set1_pd(DOWN), third.1[0]);
    grow::<3>(q, &modulus, &mut fourth);
    joined(&third, &fourth, upper)
}

/// Gives a frame that is aligned to vectors: else the compiler, which does not know before it assigns registers that
/// it will keep vectors in memory, keeps them across lines of the cache.
#[inline(always)]
fn align(element: &mut Element) {
    std::hint::black_box(element);
}

/// a·b. Limbs wait to be settled, here and below.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply(a: &Element, b: &Element) -> Element {
    let upper = _mm256_set1_pd(UPPER);
    let mut low = [upper; 8];
    align(&mut low);
    let (first, second) = (columns::<0>(a, b, upper), columns::<1>(a, b, upper));
    low = joined(&first, &second, upper);
    let q = quotient::<0>(&low);
    let (third, fourth) = (columns::<2>(a, b, upper), columns::<3>(a, b, upper));
    reduce::<0>(&q, (low[7], second.0[3]), third, fourth)
}

/// a².
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn square(a: &Element) -> Element {
    let upper = _mm256_set1_pd(UPPER);
    let mut doubled = [upper; 8];
    align(&mut doubled);
    each!(I in 0 1 2 3 4 5 6 7 => doubled[I] = _mm256_add_pd(a[I], a[I]));
    let (first, second) = (
        squares::<0>(a, &doubled, upper),
        squares::<1>(a, &doubled, upper),
    );
    let low = joined(&first, &second, upper);
    let q = quotient::<1>(&low);
    let (third, fourth) = (
        squares::<2>(a, &doubled, upper),
        squares::<3>(a, &doubled, upper),
    );
    reduce::<1>(&q, (low[7], second.0[3]), third, fourth)
}

/// a·b + c·d.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply_two(a: &Element, b: &Element, c: &Element, d: &Element) -> Element {
    let upper = _mm256_set1_pd(UPPER);
    let mut low = [upper; 8];
    align(&mut low);
    let (mut first, mut second) = (columns::<0>(a, b, upper), columns::<1>(a, b, upper));
    grow::<0>(c, d, &mut first);
    grow::<1>(c, d, &mut second);
    low = joined(&first, &second, upper);
    let q = quotient::<2>(&low);
    let (mut third, mut fourth) = (columns::<2>(a, b, upper), columns::<3>(a, b, upper));
    grow::<2>(c, d, &mut third);
    grow::<3>(c, d, &mut fourth);
    reduce::<2>(&q, (low[7], second.0[3]), third, fourth)
}
