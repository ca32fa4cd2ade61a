//! How wide the windows are, and how many: the shape with the least estimated cost.

use super::glv::GlvDecomposition;

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

/// Number of terms by bits of their magnitude.
pub(crate) struct LengthCounts([usize; 129]);

impl LengthCounts {
    pub(crate) fn of(scalars: &[GlvDecomposition]) -> Self {
        let mut counts = [0; 129];
        for term in scalars.iter().flat_map(|scalar| scalar.terms(0)) {
            if let Some(count) = counts.get_mut(term.bits() as usize) {
                *count += 1;
            }
        }
        LengthCounts(counts)
    }

    pub(crate) fn sum(all: &[LengthCounts]) -> Self {
        LengthCounts(std::array::from_fn(|bits| {
            all.iter().filter_map(|one| one.0.get(bits)).sum()
        }))
    }

    /// Number of terms of more bits.
    pub(crate) fn longer_than(&self, bits: u32) -> usize {
        self.0.iter().skip(bits as usize + 1).sum()
    }

    /// Bits of the longest term.
    fn longest(&self) -> u32 {
        let longest = self.0.iter().rposition(|count| *count > 0);
        longest.unwrap_or(0) as u32
    }

    /// Number of terms that may have a nonzero digit in a window.
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

/// The width of a window in bits for which the estimated cost is least, and the number of windows.
pub(crate) fn window_shape(lengths: &LengthCounts) -> (u32, u32) {
    let largest = u128::MAX.checked_shr(u128::BITS - lengths.longest());
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
        let windows = 0..*windows;
        windows
            .map(|window| window_cost(lengths.reaching(window, *width), *width))
            .sum()
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
