//! Single integers. An operation on them asserts what [`Word`] demands of its operands, and every claim. They need no
//! instructions of the CPU.

use super::{BITS, MASK, Word};

/// An integer from −2^63 to 2^64 − 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exact(pub(crate) i128);

impl Exact {
    fn checked(value: i128) -> Self {
        assert!(i128::from(i64::MIN) <= value && value <= i128::from(u64::MAX));
        Exact(value)
    }

    fn product(a: Self, b: Self) -> i128 {
        let is_factor = |x: Self| (0..=i128::from(MASK)).contains(&x.0);
        assert!(is_factor(a) && is_factor(b), "{a:x?} {b:x?}");
        a.0 * b.0
    }
}

impl Word for Exact {
    fn splat(constant: u64) -> Self {
        Exact((constant as i64).into())
    }

    fn add(self, other: Self) -> Self {
        Self::checked(self.0 + other.0)
    }

    fn sub(self, other: Self) -> Self {
        Self::checked(self.0 - other.0)
    }

    fn madd_low(self, a: Self, b: Self) -> Self {
        self.add(Exact(Self::product(a, b) & i128::from(MASK)))
    }

    fn madd_high(self, a: Self, b: Self) -> Self {
        self.add(Exact(Self::product(a, b) >> BITS))
    }

    fn low52(self) -> Self {
        self.and(MASK)
    }

    fn at_most(self, limit: u64) -> Self {
        assert!(
            (0..=i128::from(limit)).contains(&self.0),
            "{self:x?} is not from 0 to {limit:x}"
        );
        self
    }

    fn and(self, mask: u64) -> Self {
        Exact(self.0 & i128::from(mask))
    }

    fn shift_left<const COUNT: u32>(self) -> Self {
        Self::checked(self.0 << COUNT)
    }

    fn shift_right_arithmetic<const COUNT: u32>(self) -> Self {
        Exact(self.0 >> COUNT)
    }

    fn shift_right_logical<const COUNT: u32>(self) -> Self {
        assert!(self.0 >= 0);
        Exact(self.0 >> COUNT)
    }

    fn select_by_sign(self, negative: Self, other: Self) -> Self {
        if self.0 < 0 { negative } else { other }
    }
}
