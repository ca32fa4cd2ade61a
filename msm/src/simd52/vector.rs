//! Vectors of eight words.
#![allow(unsafe_code)]

use super::Word;
use std::arch::x86_64::*;

// SAFETY of all intrinsics here: they are arithmetic on registers, and the trait lets only functions call them that have
// the target features.
impl Word for __m512i {
    #[inline(always)]
    fn splat(constant: u64) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_set1_epi64(constant as i64) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_add_epi64(self, other) }
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_sub_epi64(self, other) }
    }

    #[inline(always)]
    fn madd_low(self, a: Self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_madd52lo_epu64(self, a, b) }
    }

    #[inline(always)]
    fn madd_high(self, a: Self, b: Self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_madd52hi_epu64(self, a, b) }
    }

    #[inline(always)]
    fn low52(self) -> Self {
        self
    }

    #[inline(always)]
    fn at_most(self, _limit: u64) -> Self {
        self
    }

    #[inline(always)]
    fn and(self, mask: u64) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_and_si512(self, Self::splat(mask)) }
    }

    #[inline(always)]
    fn shift_left<const COUNT: u32>(self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_slli_epi64::<COUNT>(self) }
    }

    #[inline(always)]
    fn shift_right_arithmetic<const COUNT: u32>(self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_srai_epi64::<COUNT>(self) }
    }

    #[inline(always)]
    fn shift_right_logical<const COUNT: u32>(self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_srli_epi64::<COUNT>(self) }
    }

    #[inline(always)]
    fn select_by_sign(self, negative: Self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { _mm512_mask_mov_epi64(other, _mm512_movepi64_mask(self), negative) }
    }
}
