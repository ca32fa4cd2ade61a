//! Straight-line arithmetic on limbs of 52 bits, written once for any kind of word.
//!
//! The instructions of AVX-512 IFMA multiply the low 52 bits of two words, and add the low or the high half of the product
//! to a third. Code that is generic over [`Word`] computes with vectors of eight words. In tests it computes with intervals
//! ([`interval`]), which finds that no word overflows, whatever the operands. So bounds of limbs need no argument by hand.

#[cfg(test)]
pub(crate) mod exact;
#[cfg(test)]
pub(crate) mod interval;
pub(crate) mod transpose;
mod vector;

/// Bits of an operand of the multiplier.
pub(crate) const BITS: u32 = 52;
/// The greatest operand of the multiplier.
pub(crate) const MASK: u64 = (1 << BITS) - 1;

/// A word of 64 bits, or a vector of them. Sums are modulo 2^64. Code that is right for intervals never needs that: its
/// words are integers from −2^63 to 2^63 − 1, or from 0 to 2^64 − 1.
///
/// The methods for vectors may be called only by functions that have the target features of [`crate::cpu::Ifma`], or that
/// are inlined into such functions. So whatever is generic over this trait is `#[inline(always)]`.
pub(crate) trait Word: Copy {
    /// A constant. One of 2^63 or more stands for itself less 2^64.
    fn splat(constant: u64) -> Self;

    fn add(self, other: Self) -> Self;

    fn sub(self, other: Self) -> Self;

    /// This word plus the low 52 bits of a·b. The factors are below 2^52.
    fn madd_low(self, a: Self, b: Self) -> Self;

    /// This word plus ⌊a·b/2^52⌋. The factors are below 2^52.
    fn madd_high(self, a: Self, b: Self) -> Self;

    /// This word's low 52 bits, for the multiplier, which sees no others: the same vector. It says that what is above is
    /// not needed, as it has been carried to the next limb.
    fn low52(self) -> Self;

    /// The same word, of which something other than its limb's interval says that it is at most `limit`, and not negative:
    /// the size of the element whose uppermost limb it is. The same vector.
    fn at_most(self, limit: u64) -> Self;

    /// The bits of a mask 2^k − 1.
    fn and(self, mask: u64) -> Self;

    fn shift_left<const COUNT: u32>(self) -> Self;

    /// Rounds down. The word is signed.
    fn shift_right_arithmetic<const COUNT: u32>(self) -> Self;

    /// Rounds down. The word is not negative.
    fn shift_right_logical<const COUNT: u32>(self) -> Self;

    /// `negative` where this word is negative, and `other` elsewhere.
    fn select_by_sign(self, negative: Self, other: Self) -> Self;
}
