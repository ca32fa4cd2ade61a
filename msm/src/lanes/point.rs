//! Points with coordinates as limbs.

use std::fmt::Debug;

/// One limb of an element.
pub(crate) trait Limb: Copy + PartialEq + Debug + Send + Sync + 'static {
    const ZERO: Self;

    /// The identity, for whoever needs a reference to it.
    fn identity<const K: usize>() -> &'static Point<Self, K>;
}

impl Limb for f64 {
    const ZERO: Self = 0.0;

    #[inline(always)]
    fn identity<const K: usize>() -> &'static Point<Self, K> {
        const { &Point::IDENTITY }
    }
}

impl Limb for u64 {
    const ZERO: Self = 0;

    #[inline(always)]
    fn identity<const K: usize>() -> &'static Point<Self, K> {
        const { &Point::IDENTITY }
    }
}

/// One element of the base field.
pub(crate) type Limbs<T> = [T; 8];

/// An affine point with coordinates as limbs, aligned to cache lines. All zero stands for the identity.
#[derive(Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(crate) struct Point<T, const K: usize> {
    pub(super) x: [Limbs<T>; K],
    pub(super) y: [Limbs<T>; K],
}

impl<T: Limb, const K: usize> Default for Point<T, K> {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl<T: Limb, const K: usize> Point<T, K> {
    pub(super) const IDENTITY: Self = Point {
        x: [[T::ZERO; 8]; K],
        y: [[T::ZERO; 8]; K],
    };

    #[inline(always)]
    pub(super) fn is_identity(&self) -> bool {
        // Almost all other points differ in this limb.
        self.x[0][7] == T::ZERO && *self == Self::IDENTITY
    }
}
