//! Sums of the points of many buckets at once, in affine coordinates, in rounds of pairs.

use super::fp::prefetch;
use ark_ec::short_weierstrass::{Affine, Projective, SWCurveConfig};

/// Additions that share an inversion, at most: enough that it costs a fraction of a multiplication each, few enough
/// that they stay in the cache.
pub(crate) const MATCHES: usize = 1024;
/// How many bases before it is read one is asked for.
pub(crate) const AHEAD: usize = 12;

/// One match: the points at `left` and `right`; the sum goes to `to`.
pub(crate) struct Match {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) to: u32,
}

/// Bases that will be gathered next: asked for while there is something to compute, they are there when they are
/// needed, and nobody has waited for memory.
pub(crate) struct Soon<'a, P: SWCurveConfig> {
    bases: &'a [Affine<P>],
    codes: std::slice::Iter<'a, u32>,
}

impl<'a, P: SWCurveConfig> Soon<'a, P> {
    /// Those of codes, as in [`Adder::gather`].
    pub(crate) fn new(bases: &'a [Affine<P>], codes: &'a [u32]) -> Self {
        let codes = codes.iter();
        Soon { bases, codes }
    }

    /// Asks for some more.
    #[inline(always)]
    pub(crate) fn ask(&mut self, count: usize) {
        for code in self.codes.by_ref().take(count) {
            if let Some(base) = self.bases.get((code >> 1) as usize) {
                prefetch(base);
            }
        }
    }
}

/// Additions of points that wait until there are enough of them to share an inversion.
pub(crate) trait Adder<P: SWCurveConfig> {
    /// A point, by default the identity.
    type Point: Copy + Default;
    /// Runs of buckets that are weighed side by side, so that their additions share inversions.
    const RUNS: usize;

    /// The bases of codes, which are twice a base's place and one more where it is to be negated.
    fn gather(&self, bases: &[Affine<P>], codes: &[u32], points: &mut Vec<Self::Point>);

    /// A point, to arkworks.
    fn projective(point: &Self::Point) -> Projective<P>;

    /// Adds the points at `left` and `right` into the place `to`, now or with [`Adder::settle`]. Until then nothing
    /// else may touch a place that is written, nor write one that is read.
    fn add(
        &mut self,
        points: &mut [Self::Point],
        soon: &mut Soon<P>,
        left: u32,
        right: u32,
        to: u32,
    );

    /// Does what was asked for.
    fn settle(&mut self, points: &mut [Self::Point], soon: &mut Soon<P>);

    /// Sums up the points of each bucket, into the place of its first: `counts` says how many each has, one bucket
    /// after the other.
    fn play(&mut self, points: &mut [Self::Point], soon: &mut Soon<P>, counts: &[u32]) {
        let mut left = counts.to_vec();
        while left.iter().any(|count| *count > 1) {
            let mut from = 0;
            for (left, count) in left.iter_mut().zip(counts) {
                for pair in 0..*left / 2 {
                    self.add(
                        points,
                        soon,
                        from + pair,
                        from + *left - 1 - pair,
                        from + pair,
                    );
                }
                *left = left.div_ceil(2);
                from += count;
            }
            self.settle(points, soon);
        }
    }
}
