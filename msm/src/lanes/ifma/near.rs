//! Reduction of an element's size.

use super::limbs::{BITS, Limbs, MASK, MODULUS};
use crate::simd52::Word;
use crate::unroll::unroll;
use std::arch::x86_64::*;

/// The least multiple of p that [`near`] subtracts.
pub(super) const LEAST_MULTIPLE: i64 = -3;
/// The greatest.
pub(super) const GREATEST_MULTIPLE: i64 = 4;

/// What [`near`] leaves above p, at most, in units of the uppermost limb.
const EXCESS: u64 = 64;

/// k·p at index k modulo 8, for k from −3 to 4; a row for each limb.
pub(super) static MULTIPLES: [[i64; 8]; 8] = {
    let mut rows = [[0; 8]; 8];
    let mut limb = 0;
    while limb < 8 {
        let mut k = LEAST_MULTIPLE;
        while k <= GREATEST_MULTIPLE {
            rows[limb][(k & 7) as usize] = k * MODULUS[limb] as i64;
            k += 1;
        }
        limb += 1;
    }
    rows
};

/// Words of which the multiple of p can be found by their quotient.
pub(super) trait Quotient: Word {
    /// Multiples of p, from −3 to 4, one for each lane.
    type Multiple: Copy;

    /// The integer nearest to top/p₇ − 1/2 − 2^-40, for the uppermost limb p₇ of p, computed in double precision.
    fn multiple(top: Self) -> Self::Multiple;

    /// A limb of the multiple of p.
    fn limb(multiple: Self::Multiple, limb: usize) -> Self;
}

/// 1/p₇.
pub(super) const SHARE: f64 = 1.0 / MODULUS[7] as f64;
/// Rounding to the nearest integer becomes rounding down, and a little more.
pub(super) const DOWN: f64 = 0.5 + 1.0 / (1u64 << 40) as f64;
/// 1.5·2^52. In a sum with it the unit in the last place is one, so its last bits are those of an integer.
pub(super) const INTEGER: f64 = (3u64 << 51) as f64;

impl Quotient for __m512i {
    type Multiple = __m512i;

    #[inline(always)]
    #[allow(unsafe_code)]
    fn multiple(top: Self) -> __m512i {
        // SAFETY: arithmetic on registers; only functions with the target features use the type as a `Word`.
        unsafe {
            let share = _mm512_fmsub_pd(
                _mm512_cvtepi64_pd(top),
                _mm512_set1_pd(SHARE),
                _mm512_set1_pd(DOWN),
            );
            _mm512_castpd_si512(_mm512_add_pd(share, _mm512_set1_pd(INTEGER)))
        }
    }

    #[inline(always)]
    #[allow(unsafe_code)]
    fn limb(multiple: __m512i, limb: usize) -> Self {
        // SAFETY: as above; it reads eight numbers, as many as a vector has. The permutation takes the last three bits of
        // each index.
        unsafe {
            let row = _mm512_loadu_si512(MULTIPLES[limb].as_ptr().cast());
            _mm512_permutexvar_epi64(multiple, row)
        }
    }
}

/// The same elements from 0 to (1 + 2^-39)·p, with limbs below 2^48. They are between −2.9p and 4.9p, with limbs of either
/// sign of at most 2^51.
///
/// The lower limbs stand for less than 9 units of the uppermost, and p₇ is above 2^44. So top/p₇ is less than 2^-40 from
/// the size of the element in p; with 2^-40 less it is not above it, and the multiple is not greater than the element. It is
/// the largest such multiple, or, for elements that are less than 2^-39·p above a multiple, one less.
#[inline(always)]
pub(super) fn near<W: Quotient>(x: &[W; 8]) -> [W; 8] {
    let multiple = W::multiple(x[7]);
    let mut rest = *x;
    unroll!(I in 0 1 2 3 4 5 6 7 => rest[I] = rest[I].sub(W::limb(multiple, I)));
    unroll!(I in 0 1 2 3 4 5 6 => {
        rest[I + 1] = rest[I + 1].add(rest[I].shift_right_arithmetic::<BITS>());
        rest[I] = rest[I].and(MASK);
    });
    rest[7] = rest[7].at_most(MODULUS[7] + EXCESS);
    rest
}

/// Limbs of 2p, of which no limb becomes negative when an element of at most 1.01p with limbs below 2^48 is subtracted.
pub(super) const TWO: Limbs = super::limbs::lent(2, 2);
/// The same of 3p.
pub(super) const THREE: Limbs = super::limbs::lent(3, 2);
/// 2p: a difference of equal elements.
pub(super) const ZERO_DIFFERENCE: Limbs = super::limbs::lent(2, 0);
