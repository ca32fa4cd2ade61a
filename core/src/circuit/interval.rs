//! Intervals of integers.

use std::ops::{Add, Mul};

/// An interval that contains an integer. If a bound would not fit `i128`, then nothing is known of the integer, and
/// nothing is known of what is computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval(Option<(i128, i128)>);

impl Interval {
    /// The interval from one integer to another, both included.
    pub const fn of(min: i128, max: i128) -> Self {
        Interval(Some((min, max)))
    }

    /// The ends, if they are known.
    pub fn ends(self) -> Option<(i128, i128)> {
        self.0
    }

    /// Whether the other interval contains this one.
    pub fn is_within(self, other: Interval) -> bool {
        match (self.0, other.0) {
            (Some((min, max)), Some((from, to))) => from <= min && max <= to,
            _ => false,
        }
    }

    /// The smallest interval that contains both.
    pub fn hull(self, other: Interval) -> Self {
        self.join(other, |(a, b), (c, d)| Some((a.min(c), b.max(d))))
    }

    fn join(
        self,
        other: Interval,
        join: impl Fn((i128, i128), (i128, i128)) -> Option<(i128, i128)>,
    ) -> Self {
        Interval(self.0.zip(other.0).and_then(|(one, two)| join(one, two)))
    }
}

impl Add for Interval {
    type Output = Interval;
    fn add(self, other: Interval) -> Interval {
        self.join(other, |(a, b), (c, d)| {
            Some((a.checked_add(c)?, b.checked_add(d)?))
        })
    }
}

impl Mul for Interval {
    type Output = Interval;
    fn mul(self, other: Interval) -> Interval {
        self.join(other, |(a, b), (c, d)| {
            let ends = [
                a.checked_mul(c)?,
                a.checked_mul(d)?,
                b.checked_mul(c)?,
                b.checked_mul(d)?,
            ];
            Some((*ends.iter().min()?, *ends.iter().max()?))
        })
    }
}
