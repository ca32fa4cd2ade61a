//! Batch-affine addition: additions of affine points that share one inversion (Montgomery, "Speeding the Pollard and
//! elliptic curve methods of factorization", Mathematics of Computation 48, 1987, section 10.3.1).

use super::prefetch::prefetch;
use super::signed_index::SignedIndex;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};

/// The most additions that share an inversion: so many that its share is a fraction of a multiplication, so few that
/// they stay in the cache.
pub(crate) const BATCH_SIZE: usize = 1024;
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
///
/// With `FROM_BASES`, as in the first round, the points of a pair are in `bases`, none is the identity, and their signs
/// count. Otherwise they are in `points`, and no sign is negative. Sums are written to `points`. Until
/// [`flush`](Self::flush) nothing else may use an index that is written, nor write one that is read.
pub(crate) trait BatchAdder<P: SWCurveConfig> {
    /// An affine point; the default is the identity.
    type Point: Copy + Default + Send + Sync;

    /// From the words of a base, see [`crate::G1Base`]; with `endomorphism` z² times the base, z being the curve's
    /// parameter.
    fn point(words: &[u64], endomorphism: bool) -> Self::Point;

    /// The same point in arkworks' form.
    fn projective(point: &Self::Point) -> Projective<P>;

    fn is_identity(point: &Self::Point) -> bool;

    /// The point at an index, negated if the index has the negative sign.
    fn signed_point(points: &[Self::Point], index: SignedIndex) -> Self::Point;

    /// Adds a pair, now or when the batch is full.
    fn add<const FROM_BASES: bool>(
        &mut self,
        bases: &[Self::Point],
        points: &mut [Self::Point],
        pair: Pair,
    );

    /// Adds all pairs of the batch.
    fn flush<const FROM_BASES: bool>(&mut self, bases: &[Self::Point], points: &mut [Self::Point]);
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
