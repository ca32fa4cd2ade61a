//! A point's index in a list, with a sign.

use zeroize::DefaultIsZeroes;

/// Twice the index of a point, plus one if the point is to be negated.
#[derive(Clone, Copy, Default)]
pub(crate) struct SignedIndex(u32);

impl DefaultIsZeroes for SignedIndex {}

impl SignedIndex {
    /// The index is less than 2^31.
    #[inline(always)]
    pub(crate) fn new(index: u32, is_negative: bool) -> Self {
        SignedIndex(index << 1 | u32::from(is_negative))
    }

    #[inline(always)]
    pub(crate) fn positive(index: u32) -> Self {
        SignedIndex(index << 1)
    }

    #[inline(always)]
    pub(crate) fn index(self) -> usize {
        (self.0 >> 1) as usize
    }

    #[inline(always)]
    pub(crate) fn is_negative(self) -> bool {
        self.0 & 1 == 1
    }

    /// The sign in the uppermost bit, where a floating-point number has it. For vectors, which not every processor has.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    #[inline(always)]
    pub(crate) fn sign_bit(self) -> i64 {
        i64::from(self.0) << 63
    }
}
