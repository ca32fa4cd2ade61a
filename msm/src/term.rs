//! One term of a sum, after the decomposition of scalars.

use zeroize::DefaultIsZeroes;

/// Which component of a decomposition a term has, and so what it multiplies.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// The lower one: the base.
    #[default]
    Low,
    /// The higher one of GLV's decomposition: z² times the base, z being the curve's parameter.
    Endomorphism,
    /// The upper half of a sparse scalar: 2^127 times the base, by windows of their own.
    Upper,
}

/// A multiple of a base by a component of a decomposition.
#[derive(Clone, Copy, Default)]
pub(crate) struct Term {
    /// The component's absolute value. [`Digits`](super::digits::Digits) adds half a window's range in every window but
    /// the last, so that each digit can be read without a carry from the lower ones.
    pub(crate) magnitude: u128,
    /// Index of the base among all bases.
    pub(crate) base: u32,
    pub(crate) part: Part,
    pub(crate) is_negative: bool,
}

impl DefaultIsZeroes for Term {}

impl Term {
    /// Bits of a magnitude to which nothing has been added.
    pub(crate) fn bits(&self) -> u32 {
        u128::BITS - self.magnitude.leading_zeros()
    }
}
