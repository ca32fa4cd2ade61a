//! How wide the windows are, and how many: the shape with the least estimated cost.

use super::decomposition::{Decomposition, LOWER_BITS};
use super::term::Part;

/// Cost of one addition into a bucket, with the memory access. Measured, as are the other costs, in a common unit.
const ADDITION_COST: u64 = 5;
/// Cost of reducing one bucket that has points.
const BUCKET_COST: u64 = 10;
/// So many empty buckets cost one unit.
const EMPTY_BUCKETS_PER_UNIT: u64 = 4;
/// Cost of a window's inversions.
const WINDOW_COST: u64 = 400;
/// The widest window in bits: its buckets have to stay in the cache.
const MAX_WIDTH: u32 = 16;
/// Terms of more bits are long. Most values of a witness are bits, limbs and words, and so short.
pub(crate) const LONG: u32 = 34;

/// Digits of a sparse scalar that are not zero, about.
const SPARSE_DIGITS: usize = 3;

/// Numbers of terms.
pub(crate) struct TermCounts {
    /// Terms of dense scalars by bits of their magnitude.
    dense: [usize; 129],
    /// Lower halves of sparse scalars, by whether they are long.
    sparse: [usize; 2],
    /// Upper halves of sparse scalars.
    upper: usize,
}

impl TermCounts {
    pub(crate) fn of(scalars: &[Decomposition]) -> Self {
        let (mut dense, mut sparse, mut upper) = ([0; 129], [0; 2], 0);
        for scalar in scalars {
            for term in scalar.terms(0) {
                let [short, long] = &mut sparse;
                match (scalar.is_sparse(), term.part) {
                    (_, Part::Upper) => upper += 1,
                    (true, _) => *(if term.bits() > LONG { long } else { short }) += 1,
                    (false, _) => {
                        if let Some(count) = dense.get_mut(term.bits() as usize) {
                            *count += 1;
                        }
                    }
                }
            }
        }
        TermCounts {
            dense,
            sparse,
            upper,
        }
    }

    pub(crate) fn sum(all: &[TermCounts]) -> Self {
        let total = |count: &dyn Fn(&TermCounts) -> usize| all.iter().map(count).sum();
        TermCounts {
            dense: std::array::from_fn(|bits| {
                total(&|one| one.dense.get(bits).copied().unwrap_or(0))
            }),
            sparse: [total(&|one| one.sparse[0]), total(&|one| one.sparse[1])],
            upper: total(&|one| one.upper),
        }
    }

    /// Terms of more than [`LONG`] bits, upper halves not among them.
    pub(crate) fn long(&self) -> usize {
        self.longer_than(LONG) + self.sparse[1]
    }

    /// The other terms, upper halves not among them.
    pub(crate) fn short(&self) -> usize {
        self.longer_than(0) - self.longer_than(LONG) + self.sparse[0]
    }

    /// Upper halves of sparse scalars.
    pub(crate) fn upper(&self) -> usize {
        self.upper
    }

    /// Number of dense terms of more bits.
    fn longer_than(&self, bits: u32) -> usize {
        self.dense.iter().skip(bits as usize + 1).sum()
    }

    /// Bits of the longest term.
    fn longest(&self) -> u32 {
        if self.upper > 0 {
            return LOWER_BITS;
        }
        let longest = self.dense.iter().rposition(|count| *count > 0);
        longest.unwrap_or(0) as u32
    }

    /// Number of dense terms that may have a nonzero digit in a window.
    fn reaching(&self, window: u32, width: u32) -> usize {
        let short = (0..129).take_while(|bits| !reaches(*bits, window, width));
        self.longer_than((short.count() as u32).max(1) - 1)
    }
}

/// Whether a term of so many bits may have a nonzero digit in a window. A shorter one has none: with the offsets of all
/// lower windows it is less than 2^(width·window).
pub(crate) fn reaches(bits: u32, window: u32, width: u32) -> bool {
    bits + 1 >= window * width
}

/// Half a window's range in every window but the last. Adding it to a magnitude makes its digits signed.
pub(crate) fn signed_digit_offset(width: u32, windows: u32) -> u128 {
    (1..windows).fold(0, |offset, window| offset | 1 << (window * width - 1))
}

/// The width of a window in bits for which the estimated cost is least, and the number of windows of lower components.
/// Upper halves have as many of their own.
pub(crate) fn window_shape(counts: &TermCounts) -> (u32, u32) {
    let largest = u128::MAX.checked_shr(u128::BITS - counts.longest());
    // A digit is from minus half a window's range to one less than half, in the last window from 0 to half. The largest
    // term with its offsets has to leave no more than that in the last window.
    let fits = |width: u32, windows: u32| {
        let offset = signed_digit_offset(width, windows);
        let with_offset = largest.unwrap_or(0).checked_add(offset);
        with_offset.is_some_and(|value| value >> (width * (windows - 1)) <= 1 << (width - 1))
    };
    let shapes = (2..=MAX_WIDTH).filter_map(|width| {
        let mut counts = 1..=u128::BITS.div_ceil(width);
        Some((width, counts.find(|windows| fits(width, *windows))?))
    });
    let cost = |(width, windows): &(u32, u32)| -> u64 {
        // The digits of sparse scalars are taken to be spread over all windows.
        let halves = if counts.upper > 0 { 2 } else { 1 };
        let sparse = SPARSE_DIGITS * counts.upper / (halves * *windows as usize);
        let lower = (0..*windows)
            .map(|window| window_cost(counts.reaching(window, *width) + sparse, *width));
        let upper = u64::from(*windows) * window_cost(sparse, *width);
        lower.sum::<u64>() + if counts.upper > 0 { upper } else { 0 }
    };
    shapes.min_by_key(cost).unwrap_or((2, 64))
}

/// Cost of a window in which so many terms may have a nonzero digit.
fn window_cost(terms: usize, width: u32) -> u64 {
    let (terms, buckets) = (terms as u64, 1 << (width - 1));
    ADDITION_COST * terms
        + BUCKET_COST * terms.min(buckets)
        + buckets / EMPTY_BUCKETS_PER_UNIT
        + WINDOW_COST
}
