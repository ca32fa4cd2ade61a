//! One window: its points are added into buckets by digit, and the buckets are reduced to Σ digit·sum.

use super::batch_affine::BatchAdder;
use super::bucket_sums::bucket_sums;
use super::digits::Digits;
use super::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};
use zeroize::Zeroizing;

/// A window's terms sorted by digit: the points of each bucket, one bucket after the other, and their numbers. The first
/// bucket is that of digit 1. All windows together reveal the scalars, so they are overwritten when dropped.
pub(crate) struct SortedWindow {
    indices: Zeroizing<Vec<SignedIndex>>,
    counts: Zeroizing<Vec<u32>>,
}

impl SortedWindow {
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
        // Each becomes the index where its bucket starts, and then moves to the bucket's end.
        let mut total = 0;
        for end in ends.iter_mut() {
            (*end, total) = (total, total + *end);
        }
        let mut indices = Zeroizing::new(vec![SignedIndex::default(); total as usize]);
        for entry in digits.of(window) {
            if let Some(next) = ends.get_mut(bucket(entry.digit)) {
                if let Some(slot) = indices.get_mut(*next as usize) {
                    *slot = entry.point;
                }
                *next += 1;
            }
        }
        SortedWindow { indices, counts }
    }

    /// Number of terms.
    pub(crate) fn len(&self) -> usize {
        self.indices.len()
    }

    /// Cuts into shares of at most `max_size` terms.
    pub(crate) fn shares(&self, max_size: usize) -> Vec<Share<'_>> {
        let mut shares = Vec::new();
        let mut indices = self.indices.as_slice();
        let (mut first, mut counts, mut size) = (1, Vec::new(), 0);
        for (digit, count) in (1..).zip(self.counts.iter()) {
            let mut left = *count as usize;
            loop {
                let taken = left.min(max_size - size);
                counts.push(taken as u32);
                (left, size) = (left - taken, size + taken);
                if left == 0 {
                    break;
                }
                let (these, others) = indices.split_at(size.min(indices.len()));
                shares.push(Share {
                    indices: these,
                    counts: std::mem::take(&mut counts),
                    first,
                });
                (indices, first, size) = (others, digit, 0);
            }
        }
        if size > 0 {
            shares.push(Share {
                indices,
                counts,
                first,
            });
        }
        shares
    }
}

/// Some of a window's sorted terms: the unit of parallel work. Its first bucket is that of digit `first`.
pub(crate) struct Share<'a> {
    indices: &'a [SignedIndex],
    counts: Vec<u32>,
    first: usize,
}

impl Share<'_> {
    /// Points Q with Σ 2^i·Qᵢ = Σ digitⱼ·baseⱼ over the share's terms j, one for each bit of a digit.
    pub(crate) fn sum<P: SWCurveConfig, A: BatchAdder<P>>(
        &self,
        adder: &mut A,
        bases: &[A::Point],
        width: u32,
    ) -> Vec<Projective<P>> {
        let sums = bucket_sums(adder, bases, self.indices, &self.counts);
        reduce_buckets(adder, &sums, self.first, width)
    }
}

/// Σ (first + i)·bucketᵢ, as points with powers of two as in [`Share::sum`].
///
/// In a running sum each addition depends on the previous one. Here the upper bits of a digit are a row and its lower
/// bits a column. The buckets are added by row and by column, which are independent sums. Then for each bit of a digit the
/// few rows or columns are added whose numbers have it.
fn reduce_buckets<P: SWCurveConfig, A: BatchAdder<P>>(
    adder: &mut A,
    buckets: &[A::Point],
    first: usize,
    width: u32,
) -> Vec<Projective<P>> {
    let low = width / 2;
    let is_filled = |index: &usize| buckets.get(*index).is_some_and(|p| !A::is_identity(p));
    let rows = first >> low..((first + buckets.len()) >> low) + 1;
    let columns = 1usize << low;
    let (mut indices, mut counts) = (Vec::new(), Vec::new());
    let mut add_group = |group: &mut dyn Iterator<Item = usize>| {
        let before = indices.len();
        indices.extend(
            group
                .filter(is_filled)
                .map(|index| SignedIndex::positive(index as u32)),
        );
        counts.push((indices.len() - before) as u32);
    };
    for row in rows.clone() {
        let start = row << low;
        add_group(&mut (start.max(first)..start + columns).map(|digit| digit - first));
    }
    for column in 0..columns {
        let start = (column + columns - first % columns) % columns;
        add_group(&mut (start..buckets.len()).step_by(columns));
    }
    let row_and_column_sums = bucket_sums(adder, buckets, &indices, &counts);

    let (mut indices, mut counts) = (Vec::new(), Vec::new());
    let split = rows.len().min(row_and_column_sums.len());
    let (by_row, by_column) = row_and_column_sums.split_at(split);
    for bit in 0..width {
        // The bit of a digit is a bit of its column or of its row.
        let (sums, bit, first, offset) = match bit < low {
            true => (by_column, bit, 0, rows.len()),
            false => (by_row, bit - low, rows.start, 0),
        };
        let before = indices.len();
        let with_bit = sums.iter().enumerate().filter(|(index, sum)| {
            let number = first + index;
            number >> bit & 1 == 1 && !A::is_identity(sum)
        });
        indices.extend(with_bit.map(|(index, _)| SignedIndex::positive((index + offset) as u32)));
        counts.push((indices.len() - before) as u32);
    }
    let sums = bucket_sums(adder, &row_and_column_sums, &indices, &counts);
    sums.iter().map(A::projective).collect()
}
