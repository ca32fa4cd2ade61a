//! What a kind of vectors has to offer.
#![allow(unsafe_code)]

use super::point::{Limb, Limbs, Point};
use crate::batch_affine::Pair;
use crate::signed_index::SignedIndex;

/// Arithmetic on one coordinate of L points, one in each lane of a vector. A coordinate has K components in the base field:
/// one for G1, two for G2. A value of the type exists only on a CPU that has the instructions.
///
/// An element has eight limbs of 48 bits in some redundant representation, which the implementation chooses and whose
/// bounds it states. `Packed` values come in these kinds: *stored* coordinates, which points have in memory; *factors*, which
/// can be multiplied; and *products*.
///
/// # Safety
/// The `unsafe` methods may be called only where a value of the type exists.
pub(crate) trait Unit<const K: usize, const L: usize>: Copy + Send + Sync {
    /// One limb of an element.
    type Limb: Limb;
    /// One coordinate of L points.
    type Packed: Copy;
    /// Which lanes are negated.
    type Signs: Copy;

    /// One in Montgomery form.
    const ONE: Limbs<Self::Limb>;
    /// A [`difference`](Self::difference) of equal elements.
    const ZERO_DIFFERENCE: Limbs<Self::Limb>;

    /// The limbs of words in Montgomery form, as they are stored.
    fn limbs(words: &[u64; 6]) -> Limbs<Self::Limb>;

    /// The reduced words of limbs that are stored, or products or small multiples of these. Other limbs give meaningless
    /// words.
    fn words(limbs: &Limbs<Self::Limb>) -> [u64; 6];

    /// The negative of stored limbs.
    fn negative(limbs: &Limbs<Self::Limb>) -> Limbs<Self::Limb>;

    /// A small multiple of each limb.
    fn times(limbs: &Limbs<Self::Limb>, factor: u8) -> Limbs<Self::Limb>;

    /// The signs of L indices.
    fn signs(indices: [SignedIndex; L]) -> Self::Signs;

    /// Packs L coordinates.
    unsafe fn gather(coordinates: [&[Limbs<Self::Limb>; K]; L]) -> Self::Packed;

    /// Unpacks L coordinates.
    unsafe fn scatter(packed: &Self::Packed) -> [[Limbs<Self::Limb>; K]; L];

    /// Writes the L points with stored coordinates x and y to the targets of the pairs. If there are fewer pairs than
    /// lanes, only that many points.
    unsafe fn store(
        points: &mut [Point<Self::Limb, K>],
        pairs: &[Pair],
        x: &Self::Packed,
        y: &Self::Packed,
    );

    /// a − b of stored coordinates, as a factor.
    unsafe fn difference(a: &Self::Packed, b: &Self::Packed) -> Self::Packed;

    /// ±a ∓ b of stored coordinates with their signs, as a factor.
    unsafe fn signed_difference(
        a: (&Self::Packed, Self::Signs),
        b: (&Self::Packed, Self::Signs),
    ) -> Self::Packed;

    /// A mask of the lanes of a [`difference`](Self::difference) that may be zero: all that are, and very few others.
    unsafe fn may_be_zero(difference: &Self::Packed) -> u32;

    /// `out` becomes a·b as a product, which is a factor, too. The first operand is a product.
    unsafe fn multiply(out: &mut Self::Packed, a: &Self::Packed, b: &Self::Packed);

    /// As [`multiply`](Self::multiply), for a result that only [`sum_y`](Self::sum_y) takes.
    #[inline(always)]
    unsafe fn multiply_last(out: &mut Self::Packed, a: &Self::Packed, b: &Self::Packed) {
        // SAFETY: promised by the caller.
        unsafe { Self::multiply(out, a, b) }
    }

    /// `out` becomes a² for a product a. It is neither a factor nor a product.
    unsafe fn square(out: &mut Self::Packed, a: &Self::Packed);

    /// 3·a² for stored coordinates a: limbs that [`factor`](Self::factor) takes.
    unsafe fn tripled_square(a: &Self::Packed) -> Self::Packed;

    /// Limbs up to twice those of stored coordinates, or three times those of products, as a factor.
    unsafe fn factor(packed: &Self::Packed) -> Self::Packed;

    /// Stored coordinates `square` − 2·p − `difference`, of a [`square`](Self::square), stored coordinates, and q − p.
    unsafe fn sum_x(
        square: &Self::Packed,
        p: &Self::Packed,
        difference: &Self::Packed,
    ) -> Self::Packed;

    /// Stored coordinates a ∓ p of a last product and stored coordinates with their signs.
    unsafe fn sum_y(a: &Self::Packed, p: (&Self::Packed, Self::Signs)) -> Self::Packed;

    /// Runs `task` in a function that has the CPU features of the type.
    unsafe fn run(task: impl Task);
}

/// Work that is compiled for the CPU features of a [`Unit`].
pub(crate) trait Task {
    /// Has to be `#[inline(always)]`, so that it becomes part of a function that has the features.
    fn run(self);
}
