//! Batch-affine addition: additions of affine points that share one inversion (Montgomery, "Speeding the Pollard and
//! elliptic curve methods of factorization", Mathematics of Computation 48, 1987, section 10.3.1).

use super::prefetch::prefetch;
use super::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};

/// A base is prefetched so many additions before it is read.
const PREFETCH_DISTANCE: usize = 16;

/// Two points to be added, and the index where their sum is written.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) left: SignedIndex,
    pub(crate) right: SignedIndex,
    pub(crate) target: u32,
}

/// Adds pairs of points in batches.
pub(crate) trait BatchAdder<P: SWCurveConfig> {
    /// An affine point; the default is the identity.
    type Point: Copy + Default + Send + Sync;

    /// The most additions that share an inversion: so many that its share is a fraction of a multiplication, so few that
    /// they stay in the cache. Measured, as is the next.
    const BATCH_SIZE: usize;

    /// Bytes that the points of a block take after its first round, about. They stay in the cache of a core, and a block is
    /// worth the inversions of its rounds.
    const BLOCK_BYTES: usize;

    /// From the words of a base, see [`crate::G1Base`]; with `endomorphism` z² times the base, z being the curve's
    /// parameter.
    fn point(words: &[u64], endomorphism: bool) -> Self::Point;

    /// The same point in arkworks' form.
    fn projective(point: &Self::Point) -> Projective<P>;

    fn is_identity(point: &Self::Point) -> bool;

    /// The point at an index, negated if the index has the negative sign.
    fn signed_point(points: &[Self::Point], index: SignedIndex) -> Self::Point;

    /// Adds pairs of bases, of which none is the identity, with their signs. The sums are written to `points`. The bases at
    /// the indices `later` are prefetched: they will be read next.
    fn add_bases(
        &mut self,
        bases: &[Self::Point],
        points: &mut [Self::Point],
        pairs: &[Pair],
        later: &[SignedIndex],
    );

    /// Adds pairs of points, of which none is the identity and no index is negative. The sums are written to `points`. No
    /// pair may read what another writes.
    fn add(&mut self, points: &mut [Self::Point], pairs: &[Pair]);
}

/// Cuts pairs into batches of about the same size, at most `most`; it is a multiple of `multiple` but for the last one.
pub(crate) fn batches(
    pairs: &[Pair],
    most: usize,
    multiple: usize,
) -> impl Iterator<Item = &[Pair]> {
    let count = pairs.len().div_ceil(most).max(1);
    let size = pairs.len().div_ceil(count).next_multiple_of(multiple);
    pairs.chunks(size.max(1))
}

/// Prefetches the bases of the pair that follows the given one at [`PREFETCH_DISTANCE`].
#[inline(always)]
pub(crate) fn prefetch_ahead<T>(bases: &[T], pairs: &[Pair], position: usize) {
    if let Some(soon) = pairs.get(position + PREFETCH_DISTANCE) {
        for point in [soon.left, soon.right] {
            if let Some(base) = bases.get(point.index()) {
                prefetch(base);
            }
        }
    }
}
