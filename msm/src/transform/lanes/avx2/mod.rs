//! Four values at a time, in double-precision arithmetic, where the CPU has AVX2 and FMA.

mod butterflies;
mod element;
mod multiply;
mod root;

use super::factors::{BlockRoots, Roots, Scale, Single};
use super::unit::{Aligned, VectorUnit, across_halves, across_quarters};
use crate::cpu::Avx2Fma;
use ark_bls12_381::Fr;
use butterflies::*;
use multiply::*;
use root::*;

// An `Avx2Fma` exists only on a CPU with the features, so its methods may call functions that have them.
#[allow(unsafe_code)]
impl VectorUnit for Avx2Fma {
    type Element = PackedFr;
    type Root = Root;
    const BLOCKS_OF_LANES: &'static [usize] = &[0, 2, 1, 3];

    fn detect() -> Option<Self> {
        Avx2Fma::detect()
    }

    fn gather(self, values: &[Fr]) -> PackedFr {
        let zero = Fr::default();
        let four = [0, 1, 2, 3].map(|lane| values.get(lane).unwrap_or(&zero));
        // SAFETY: `self` exists.
        unsafe { element::gather(four) }
    }

    fn products(self, one: &PackedFr, other: &PackedFr, products: &mut [Fr]) {
        // SAFETY: `self` exists.
        let [one, other] = [one, other].map(|four| unsafe { element::scatter(&reduce(four)) });
        for (product, (one, other)) in products.iter_mut().zip(one.into_iter().zip(other)) {
            *product = one * other;
        }
    }

    fn root(self, factors: &[Fr]) -> Root {
        let four = [0, 1, 2, 3].map(|lane| factors.get(lane).copied().unwrap_or_default());
        // SAFETY: `self` exists.
        unsafe { Root::of(four) }
    }

    fn multiply_roots(self, roots: &[Root], factor: Single<'_, Root>, products: &mut [Root]) {
        // SAFETY: `self` exists.
        unsafe { multiplied(roots, factor, products) }
    }

    fn split(self, quarters: [&mut [Aligned<Self>]; 4], roots: BlockRoots<'_, Root>) {
        // SAFETY: `self` exists.
        unsafe { split_quarters(quarters, roots) }
    }

    fn merge(self, quarters: [&mut [Aligned<Self>]; 4], roots: BlockRoots<'_, Root>) {
        // SAFETY: `self` exists.
        unsafe { merge_quarters(quarters, roots) }
    }

    fn split_once(self, halves: [&mut [Aligned<Self>]; 2], root: Option<Single<'_, Root>>) {
        // SAFETY: `self` exists.
        unsafe { split_halves(halves, root) }
    }

    fn merge_once(self, halves: [&mut [Aligned<Self>]; 2], root: Option<Single<'_, Root>>) {
        // SAFETY: `self` exists.
        unsafe { merge_halves(halves, root) }
    }

    fn transform_smallest(
        self,
        vectors: &mut [Aligned<Self>],
        block: usize,
        roots: &Roots<Self::Root>,
        scale: Scale<'_, Root>,
    ) {
        let [x0, x1, x2, x3] = vectors else { return };
        let vectors = [&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0];
        // SAFETY: `self` exists.
        unsafe { transform_sixteen(vectors, block, roots, scale) }
    }
}

#[target_feature(enable = "avx2,fma")]
fn multiplied(roots: &[Root], factor: Single<'_, Root>, products: &mut [Root]) {
    for (root, product) in roots.iter().zip(products) {
        *product = root.times(factor);
    }
}

#[target_feature(enable = "avx2,fma")]
fn split_quarters(quarters: [&mut [Aligned<Avx2Fma>]; 4], roots: BlockRoots<'_, Root>) {
    let (root, halves) = (roots.root, roots.halves);
    match roots.is_first {
        true => across_quarters(quarters, |x| split_first(x, halves[1])),
        false => across_quarters(quarters, |x| split(x, root, halves)),
    }
}

#[target_feature(enable = "avx2,fma")]
fn merge_quarters(quarters: [&mut [Aligned<Avx2Fma>]; 4], roots: BlockRoots<'_, Root>) {
    let (root, halves) = (roots.root, roots.halves);
    match roots.is_first {
        true => across_quarters(quarters, |x| merge_first(x, halves[1])),
        false => across_quarters(quarters, |x| merge(x, root, halves)),
    }
}

#[target_feature(enable = "avx2,fma")]
fn split_halves(halves: [&mut [Aligned<Avx2Fma>]; 2], root: Option<Single<'_, Root>>) {
    across_halves(halves, |x| split_once(x, root));
}

#[target_feature(enable = "avx2,fma")]
fn merge_halves(halves: [&mut [Aligned<Avx2Fma>]; 2], root: Option<Single<'_, Root>>) {
    across_halves(halves, |x| merge_once(x, root));
}

/// Both transforms of a block of sixteen values.
#[target_feature(enable = "avx2,fma")]
fn transform_sixteen(
    [x0, x1, x2, x3]: [&mut PackedFr; 4],
    block: usize,
    roots: &Roots<Root>,
    Scale { common, own }: Scale<'_, Root>,
) {
    let of_block = roots.of_block(block);
    let (root, halves) = (of_block.root, of_block.halves);
    match of_block.is_first {
        true => split_first([x0, x1, x2, x3], halves[1]),
        false => split([x0, x1, x2, x3], root, halves),
    }
    transpose_lanes([x0, x2, x1, x3]);
    // The lanes have the blocks 0, 2, 1 and 3.
    let transposed = of_transposed_blocks(roots, block);
    let [each, left, right] = [0, 1, 2].map(|which| Each(&transposed[which]));
    split([x0, x2, x1, x3], each, [left, right]);
    if let [a, b, c, d] = own {
        scale([&mut *x0, &mut *x2], common, [a, b]);
        scale([&mut *x1, &mut *x3], common, [c, d]);
    }
    merge([x0, x2, x1, x3], each, [left, right]);
    transpose_lanes([x0, x2, x1, x3]);
    match of_block.is_first {
        true => merge_first([x0, x1, x2, x3], halves[1]),
        false => merge([x0, x1, x2, x3], root, halves),
    }
}

#[cfg(test)]
mod tests;
