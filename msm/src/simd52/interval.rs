//! Intervals of integers. An operation on them asserts that it is right for every word of its operands' intervals.

use super::{BITS, MASK, Word};

/// The integers from `least` to `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) least: i128,
    pub(crate) most: i128,
}

impl Interval {
    /// The integers from `least` to `most`, which are those of a signed word or of an unsigned one.
    pub(crate) fn new(least: i128, most: i128) -> Self {
        assert!(least <= most);
        let is_signed = i128::from(i64::MIN) <= least && most <= i128::from(i64::MAX);
        let is_unsigned = 0 <= least && most <= i128::from(u64::MAX);
        assert!(is_signed || is_unsigned, "overflow: {least} to {most}");
        Interval { least, most }
    }

    /// From 0 to `most`.
    pub(crate) fn up_to(most: u64) -> Self {
        Self::new(0, most.into())
    }

    /// Whether all are from 0 to `most`.
    pub(crate) fn is_within(self, most: u64) -> bool {
        0 <= self.least && self.most <= most.into()
    }

    fn assert_factor(self) {
        let is_factor = self.is_within(MASK);
        assert!(is_factor, "the multiplier sees 52 bits of {self:?}");
    }

    fn signed(self) -> Self {
        assert!(self.most <= i64::MAX.into(), "not signed: {self:?}");
        self
    }
}

impl Word for Interval {
    fn splat(constant: u64) -> Self {
        let constant = (constant as i64).into();
        Self::new(constant, constant)
    }

    fn add(self, other: Self) -> Self {
        Self::new(self.least + other.least, self.most + other.most)
    }

    fn sub(self, other: Self) -> Self {
        Self::new(self.least - other.most, self.most - other.least)
    }

    fn madd_low(self, a: Self, b: Self) -> Self {
        a.assert_factor();
        b.assert_factor();
        let product = a.most * b.most;
        self.add(Self::new(0, product.min(MASK.into())))
    }

    fn madd_high(self, a: Self, b: Self) -> Self {
        a.assert_factor();
        b.assert_factor();
        let [least, most] = [a.least * b.least, a.most * b.most];
        self.add(Self::new(least >> BITS, most >> BITS))
    }

    fn low52(self) -> Self {
        self.and(MASK)
    }

    fn at_most(self, limit: u64) -> Self {
        // Nothing is left if the claim is false of all words.
        Self::new(self.least.max(0), self.most.min(limit.into()))
    }

    fn and(self, mask: u64) -> Self {
        assert!(mask.wrapping_add(1).is_power_of_two() && mask < u64::MAX);
        match self.is_within(mask) {
            true => self,
            false => Self::up_to(mask),
        }
    }

    fn shift_left<const COUNT: u32>(self) -> Self {
        Self::new(self.least << COUNT, self.most << COUNT)
    }

    fn shift_right_arithmetic<const COUNT: u32>(self) -> Self {
        self.signed();
        Self::new(self.least >> COUNT, self.most >> COUNT)
    }

    fn shift_right_logical<const COUNT: u32>(self) -> Self {
        assert!(self.least >= 0, "not unsigned: {self:?}");
        Self::new(self.least >> COUNT, self.most >> COUNT)
    }

    fn select_by_sign(self, negative: Self, other: Self) -> Self {
        self.signed();
        if self.most < 0 {
            negative
        } else if self.least >= 0 {
            other
        } else {
            Self::new(
                negative.least.min(other.least),
                negative.most.max(other.most),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "overflow")]
    fn a_sum_beyond_a_word_is_refused() {
        Interval::up_to(u64::MAX).add(Interval::splat(1));
    }

    #[test]
    #[should_panic(expected = "overflow")]
    fn a_negative_number_beside_one_beyond_a_signed_word_is_refused() {
        Interval::up_to(u64::MAX).sub(Interval::splat(1));
    }

    #[test]
    #[should_panic(expected = "52 bits")]
    fn a_factor_of_53_bits_is_refused() {
        Interval::splat(0).madd_low(Interval::up_to(1 << BITS), Interval::splat(1));
    }

    #[test]
    #[should_panic(expected = "not unsigned")]
    fn a_logical_shift_of_a_negative_number_is_refused() {
        Interval::new(-1, 0).shift_right_logical::<1>();
    }

    #[test]
    fn results_enclose_those_of_words() {
        let word = |interval: Interval| interval.least as i64 as u64;
        let all = [0, 1, 1 << 40, MASK - 1, MASK];
        for a in all {
            for b in all {
                let [x, y] = [a, b].map(Interval::splat);
                let product = u128::from(a) * u128::from(b);
                let low = Interval::splat(0).madd_low(x, y);
                assert!(low.is_within(MASK) && low.most >= i128::from(product as u64 & MASK));
                assert_eq!(
                    u128::from(word(Interval::splat(0).madd_high(x, y))),
                    product >> BITS
                );
                assert_eq!(word(x.sub(y)), a.wrapping_sub(b));
                let sign = x.sub(y).select_by_sign(x, y);
                assert_eq!(word(sign), if a < b { a } else { b });
                assert_eq!(
                    word(x.sub(y).shift_right_arithmetic::<7>()) as i64,
                    (a as i64 - b as i64) >> 7
                );
            }
        }
    }
}
