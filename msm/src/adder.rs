//! What adds points, many at once.

use super::prefetch::prefetch;
use ark_ec::short_weierstrass::{Projective, SWCurveConfig};

/// Additions that share an inversion, at most: enough that it costs a fraction of a multiplication each, few enough
/// that they stay in the cache.
pub(crate) const MATCHES: usize = 1024;
/// How many additions before it is read a point is asked for.
const AHEAD: usize = 16;

/// One addition: of the points of the codes `left` and `right`; the sum goes to the place `to`. A code is twice a
/// place, and one more where the point is to be negated.
#[derive(Clone, Copy)]
pub(crate) struct Match {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) to: u32,
}

/// Additions of points that wait until there are enough of them to share an inversion.
///
/// Those of a first round (`FIRST`) take from `bases`, of which none is the identity, with their signs. Those of
/// further rounds take from where sums go: until they are settled nothing else may touch a place that is written, nor
/// write one that is read.
pub(crate) trait Adder<P: SWCurveConfig> {
    /// A point, by default the identity.
    type Point: Copy + Default + Send + Sync;

    /// From a base's words: see [`crate::G1Base`]. As its image it is z² times the point, z being the curve's parameter.
    fn point(words: &[u64], is_image: bool) -> Self::Point;

    /// A point, to arkworks.
    fn projective(point: &Self::Point) -> Projective<P>;

    fn is_identity(point: &Self::Point) -> bool;

    /// The point of a code.
    fn signed(points: &[Self::Point], code: u32) -> Self::Point;

    /// Adds two points, now or with [`settle`](Self::settle).
    fn add<const FIRST: bool>(
        &mut self,
        bases: &[Self::Point],
        points: &mut [Self::Point],
        one: Match,
    );

    /// Does what was asked for.
    fn settle<const FIRST: bool>(&mut self, bases: &[Self::Point], points: &mut [Self::Point]);
}

/// Asks for the bases of an addition that comes soon: when they are needed they are there, and nobody has waited for
/// memory.
#[inline(always)]
pub(crate) fn ask<T>(bases: &[T], matches: &[Match], place: usize) {
    if let Some(soon) = matches.get(place + AHEAD) {
        for code in [soon.left, soon.right] {
            if let Some(base) = bases.get((code >> 1) as usize) {
                prefetch(base);
            }
        }
    }
}
