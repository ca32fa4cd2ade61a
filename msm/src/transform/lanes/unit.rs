//! What the transforms need of a CPU's vectors.

use super::factors::{BlockRoots, Roots, Scale, Single};
use ark_bls12_381::Fr;
use zeroize::Zeroize;

/// A CPU's unit for vectors, which transforms several values at a time, one in each lane. It exists only where the CPU has
/// the unit.
///
/// Elements are redundant: how large they may be is said by the unit, for the order in which its methods are called.
pub(crate) trait VectorUnit: Copy + Send + Sync {
    /// One value in each lane.
    type Element: Copy + Send + Sync + Zeroize;
    /// One constant factor in each lane. A product has the form of its other operand, Montgomery's or another. The default
    /// is zero.
    type Root: Copy + Send + Sync + Default;
    /// The block that each lane has when as many vectors as there are lanes are transposed.
    const BLOCKS_OF_LANES: &'static [usize];
    /// Number of lanes.
    const LANES: usize = Self::BLOCKS_OF_LANES.len();

    /// `None` if the CPU has no such unit.
    fn detect() -> Option<Self>;

    /// The values side by side. Missing values are zero.
    fn gather(self, values: &[Fr]) -> Self::Element;

    /// Products of elements that were transformed, one for each lane.
    fn products(self, one: &Self::Element, other: &Self::Element, products: &mut [Fr]);

    /// From one factor for each lane.
    fn root(self, factors: &[Fr]) -> Self::Root;

    /// All factors times another.
    fn multiply_roots(
        self,
        roots: &[Self::Root],
        factor: Single<'_, Self::Root>,
        products: &mut [Self::Root],
    );

    /// Two levels of Cooley–Tukey butterflies on the quarters of a block: the block's, then its halves'.
    fn split(self, quarters: [&mut [Aligned<Self>]; 4], roots: BlockRoots<'_, Self::Root>);

    /// Two levels of Gentleman–Sande butterflies on the quarters of a block: its halves', then the block's.
    fn merge(self, quarters: [&mut [Aligned<Self>]; 4], roots: BlockRoots<'_, Self::Root>);

    /// One level of Cooley–Tukey butterflies on the halves of a block. Without a root it is one.
    fn split_once(self, halves: [&mut [Aligned<Self>]; 2], root: Option<Single<'_, Self::Root>>);

    /// One level of Gentleman–Sande butterflies. Without a root it is one.
    fn merge_once(self, halves: [&mut [Aligned<Self>]; 2], root: Option<Single<'_, Self::Root>>);

    /// Both transforms of the block of so many vectors as there are lanes, and the scaling between them.
    fn transform_smallest(
        self,
        vectors: &mut [Aligned<Self>],
        block: usize,
        roots: &Roots<Self::Root>,
        scale: Scale<'_, Self::Root>,
    );
}

/// One value in each lane, aligned to cache lines.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Aligned<U: VectorUnit>(pub(super) U::Element);

impl<U: VectorUnit> Zeroize for Aligned<U> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// Applies a butterfly to corresponding vectors of the four quarters of a block.
#[inline(always)]
pub(crate) fn across_quarters<U: VectorUnit>(
    [x0, x1, x2, x3]: [&mut [Aligned<U>]; 4],
    butterfly: impl Fn([&mut U::Element; 4]),
) {
    let all = x0.iter_mut().zip(x1).zip(x2.iter_mut().zip(x3));
    for ((x0, x1), (x2, x3)) in all {
        butterfly([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0]);
    }
}

/// Applies a butterfly to corresponding vectors of both halves of a block.
#[inline(always)]
pub(crate) fn across_halves<U: VectorUnit>(
    [low, high]: [&mut [Aligned<U>]; 2],
    butterfly: impl Fn([&mut U::Element; 2]),
) {
    for (low, high) in low.iter_mut().zip(high) {
        butterfly([&mut low.0, &mut high.0]);
    }
}
