//! One window: its points go into buckets by digit, and the buckets' sums are weighed by their digits.

use super::adder::Adder;
use super::digits::Digits;
use super::rounds::sums;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};
use zeroize::Zeroizing;

/// A window's terms by digit: a bucket's codes, one bucket after the other, and how many each has; the first bucket is
/// that of 1. Those of all windows are the scalars once more, so they are overwritten when dropped.
pub(crate) struct Sorted {
    codes: Zeroizing<Vec<u32>>,
    counts: Zeroizing<Vec<u32>>,
}

impl Sorted {
    pub(crate) fn new(digits: &Digits, window: u32) -> Self {
        let bucket = |digit: u32| (digit as usize).wrapping_sub(1);
        let mut ends = Zeroizing::new(vec![0u32; 1 << (digits.width() - 1)]);
        for entry in digits.of(window) {
            if let Some(count) = ends.get_mut(bucket(entry.digit)) {
                *count += 1;
            }
        }
        while ends.last() == Some(&0) {
            ends.pop();
        }
        let counts = ends.clone();
        let mut total = 0;
        for end in ends.iter_mut() {
            (*end, total) = (total, total + *end);
        }
        let mut codes = Zeroizing::new(vec![0u32; total as usize]);
        for entry in digits.of(window) {
            if let Some(place) = ends.get_mut(bucket(entry.digit)) {
                if let Some(slot) = codes.get_mut(*place as usize) {
                    *slot = entry.code;
                }
                *place += 1;
            }
        }
        Sorted { codes, counts }
    }

    /// How many terms there are.
    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// Cut into shares of at most so many terms.
    pub(crate) fn shares(&self, most: usize) -> Vec<Share<'_>> {
        let mut shares = Vec::new();
        let mut codes = self.codes.as_slice();
        let (mut first, mut counts, mut size) = (1, Vec::new(), 0);
        for (digit, count) in (1..).zip(self.counts.iter()) {
            let mut left = *count as usize;
            loop {
                let some = left.min(most - size);
                counts.push(some as u32);
                (left, size) = (left - some, size + some);
                if left == 0 {
                    break;
                }
                let (these, others) = codes.split_at(size.min(codes.len()));
                shares.push(Share {
                    codes: these,
                    counts: std::mem::take(&mut counts),
                    first,
                });
                (codes, first, size) = (others, digit, 0);
            }
        }
        if size > 0 {
            shares.push(Share {
                codes,
                counts,
                first,
            });
        }
        shares
    }
}

/// Some of a window's terms, sorted, from the bucket of `first` on.
pub(crate) struct Share<'a> {
    codes: &'a [u32],
    counts: Vec<u32>,
    first: usize,
}

impl Share<'_> {
    /// Points whose sum, the i-th times 2^i, is Σ digitᵢ·baseᵢ over the share.
    pub(crate) fn sum<P: SWCurveConfig, A: Adder<P>>(
        &self,
        adder: &mut A,
        bases: &[A::Point],
        width: u32,
    ) -> Vec<Projective<P>> {
        let sums = sums(adder, bases, self.codes, &self.counts);
        weigh(adder, &sums, self.first, width)
    }
}

/// Σ (first + i)·sumᵢ, in points as [`Share::sum`] gives them.
///
/// A weight is a row and a column, its upper and its lower bits. So the sums are added up by row and by column, in which
/// no addition waits for another, and then the few rows and columns by the bits that they have.
fn weigh<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    points: &[A::Point],
    first: usize,
    width: u32,
) -> Vec<Projective<P>> {
    let low = width / 2;
    let is_there = |place: &usize| points.get(*place).is_some_and(|p| !A::is_identity(p));
    let rows = first >> low..((first + points.len()) >> low) + 1;
    let columns = 1usize << low;
    let (mut codes, mut counts) = (Vec::new(), Vec::new());
    let mut group = |places: &mut dyn Iterator<Item = usize>| {
        let before = codes.len();
        codes.extend(places.filter(is_there).map(|place| (place as u32) << 1));
        counts.push((codes.len() - before) as u32);
    };
    for row in rows.clone() {
        let start = row << low;
        group(&mut (start.max(first)..start + columns).map(|weight| weight - first));
    }
    for column in 0..columns {
        let start = (column + columns - first % columns) % columns;
        group(&mut (start..points.len()).step_by(columns));
    }
    let sums_of_both = sums(adder, points, &codes, &counts);

    let (mut codes, mut counts) = (Vec::new(), Vec::new());
    let (by_row, by_column) = sums_of_both.split_at(rows.len().min(sums_of_both.len()));
    for bit in 0..width {
        // Bits of the weights, then of the rows and columns.
        let (sums, bit, first, offset) = match bit < low {
            true => (by_column, bit, 0, rows.len()),
            false => (by_row, bit - low, rows.start, 0),
        };
        let before = codes.len();
        let with_bit = sums.iter().enumerate().filter(|(place, sum)| {
            let weight = first + place;
            weight >> bit & 1 == 1 && !A::is_identity(sum)
        });
        codes.extend(with_bit.map(|(place, _)| ((place + offset) as u32) << 1));
        counts.push((codes.len() - before) as u32);
    }
    let sums = sums(adder, &sums_of_both, &codes, &counts);
    sums.iter().map(A::projective).collect()
}
