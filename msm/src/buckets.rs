//! One window: its points go into buckets by digit, and the buckets' sums are weighed by their digits.

use super::adder::{Adder, Soon};
use super::digits::Digits;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};
use ark_ff::{AdditiveGroup, Zero};

/// Bytes of points that are summed in one go, about: a block stays in the cache of a core.
const BLOCK: usize = 288 << 10;

/// What one thread does: a window's share of the buckets.
#[derive(Clone, Copy)]
pub(crate) struct Task {
    pub(crate) window: u32,
    pub(crate) share: usize,
    pub(crate) shares: usize,
}

/// Σ digitᵢ·baseᵢ of one window, over the digits whose buckets are in a share.
pub(crate) fn sum<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    bases: &[Affine<P>],
    digits: &Digits,
    task: Task,
) -> Projective<P> {
    let buckets = 1usize << (digits.width() - 1);
    let from = buckets * task.share / task.shares;
    let to = buckets * (task.share + 1) / task.shares;
    let bucket = |digit: u32| (digit as usize).wrapping_sub(from + 1);
    // A sorted list of bases, those of a bucket ending at its end.
    let mut ends = vec![0u32; to - from];
    for entry in digits.of(task.window) {
        if let Some(count) = ends.get_mut(bucket(entry.digit)) {
            *count += 1;
        }
    }
    while ends.last() == Some(&0) {
        ends.pop();
    }
    let counts = ends.clone();
    let mut total = 0;
    for end in &mut ends {
        (*end, total) = (total, total + *end);
    }
    if total == 0 {
        return Projective::zero();
    }
    let mut sorted = vec![0u32; total as usize];
    for entry in digits.of(task.window) {
        if let Some(place) = ends.get_mut(bucket(entry.digit)) {
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = entry.base << 1 | u32::from(entry.is_negative);
            }
            *place += 1;
        }
    }

    let mut sums = vec![A::Point::default(); counts.len()];
    let most = (BLOCK / size_of::<A::Point>()).max(1);
    let mut points = Vec::with_capacity(most);
    let mut block = Block::default();
    let mut sorted = sorted.as_slice();
    for (bucket, count) in (0..).zip(counts) {
        let mut left = count as usize;
        while left > 0 {
            let some = left.min(most - block.size);
            block.push(bucket, some);
            left -= some;
            if block.size == most {
                sorted = block.play(adder, bases, sorted, &mut points, &mut sums);
            }
        }
    }
    block.play(adder, bases, sorted, &mut points, &mut sums);
    weigh(adder, sums, from)
}

/// Points of some buckets that follow each other; the first and the last may have others in other blocks.
#[derive(Default)]
struct Block {
    buckets: Vec<u32>,
    counts: Vec<u32>,
    size: usize,
}

impl Block {
    fn push(&mut self, bucket: u32, count: usize) {
        self.buckets.push(bucket);
        self.counts.push(count as u32);
        self.size += count;
    }

    /// Adds its points to the sums, and becomes empty. They are the first of the sorted ones; gives the others.
    fn play<'a, P: SWCurveConfig, A: Adder<P>>(
        &mut self,
        adder: &mut A,
        bases: &[Affine<P>],
        sorted: &'a [u32],
        points: &mut Vec<A::Point>,
        sums: &mut [A::Point],
    ) -> &'a [u32] {
        let (these, others) = sorted.split_at(self.size.min(sorted.len()));
        adder.gather(bases, these, points);
        let soon = &mut Soon::new(bases, others.get(..self.size).unwrap_or(others));
        adder.play(points, soon, &self.counts);
        // A bucket that has begun in an earlier block: its sum so far comes after the points.
        let begun = self.buckets.first().copied();
        let begun = begun.and_then(|bucket| sums.get(bucket as usize)).copied();
        let place = points.len() as u32;
        points.push(begun.unwrap_or_default());
        adder.add(points, soon, 0, place, 0);
        adder.settle(points, soon);
        let mut from = 0;
        for (bucket, count) in self.buckets.iter().zip(&self.counts) {
            if let (Some(sum), Some(point)) = (sums.get_mut(*bucket as usize), points.get(from)) {
                *sum = *point;
            }
            from += *count as usize;
        }
        self.buckets.clear();
        self.counts.clear();
        self.size = 0;
        others
    }
}

/// Σ (from + i + 1)·sumᵢ. In each of some runs of consecutive buckets, from the last to the first, the sum of what was
/// seen is added up: that weighs a bucket by its place in the run. Then the runs' own sums are weighed by where the
/// runs begin.
fn weigh<P: SWCurveConfig, A: Adder<P>>(
    adder: &mut A,
    mut sums: Vec<A::Point>,
    from: usize,
) -> Projective<P> {
    let length = sums.len().div_ceil(A::RUNS).max(1);
    let runs = sums.len().div_ceil(length);
    // The places after the buckets: seen[run], then weighed[run].
    let seen = (runs * length) as u32;
    let weighed = seen + runs as u32;
    sums.resize(weighed as usize + runs, A::Point::default());
    let soon = &mut Soon::new(&[], &[]);
    for place in (0..length).rev() {
        for run in 0..runs as u32 {
            let bucket = run * length as u32 + place as u32;
            adder.add(&mut sums, soon, seen + run, bucket, seen + run);
        }
        adder.settle(&mut sums, soon);
        for run in 0..runs as u32 {
            adder.add(&mut sums, soon, weighed + run, seen + run, weighed + run);
        }
        adder.settle(&mut sums, soon);
    }
    adder.play(
        sums.get_mut(weighed as usize..).unwrap_or_default(),
        soon,
        &[runs as u32],
    );
    let weighed = sums.get(weighed as usize).map(A::projective);
    let seen = sums.get(seen as usize..).unwrap_or_default();
    // Σ seen[run] and Σ run·seen[run]
    let (mut all, mut total) = (Projective::<P>::zero(), Projective::<P>::zero());
    for (run, seen) in seen.iter().enumerate().take(runs).rev() {
        all += A::projective(seen);
        if run > 0 {
            total += all;
        }
    }
    weighed.unwrap_or(Projective::zero()) + times(total, length) + times(all, from)
}

fn times<P: SWCurveConfig>(point: Projective<P>, factor: usize) -> Projective<P> {
    let mut product = Projective::zero();
    for bit in (0..usize::BITS - factor.leading_zeros()).rev() {
        product.double_in_place();
        if factor >> bit & 1 == 1 {
            product += point;
        }
    }
    product
}
