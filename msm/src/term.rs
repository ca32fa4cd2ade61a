//! One term of a sum, after the GLV decomposition.

use zeroize::DefaultIsZeroes;

/// A multiple of a base, or of the base's z²-fold, by a component of a GLV decomposition.
#[derive(Clone, Copy, Default)]
pub(crate) struct Term {
    /// The component's absolute value. [`Digits`](super::digits::Digits) adds half a window's range in every window but
    /// the last, so that each digit can be read without a carry from the lower ones.
    pub(crate) magnitude: u128,
    /// Index of the base among all bases.
    pub(crate) base: u32,
    /// Whether the point is z² times the base, z being the curve's parameter.
    pub(crate) endomorphism: bool,
    pub(crate) is_negative: bool,
}

impl DefaultIsZeroes for Term {}

impl Term {
    /// Bits of a magnitude to which nothing has been added.
    pub(crate) fn bits(&self) -> u32 {
        u128::BITS - self.magnitude.leading_zeros()
    }
}
