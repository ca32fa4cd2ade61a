//! Eight values at a time, in 52-bit integer products, where the CPU has AVX-512 and IFMA.

mod butterflies;
mod element;
mod field;
mod order;
mod root;
mod words;

use super::factors::{BlockRoots, Roots, Scale, Single};
use super::unit::{Aligned, VectorUnit, across_halves, across_quarters};
use crate::cpu::Ifma;
use crate::simd52::transpose::transpose;
use ark_bls12_381::Fr;
use butterflies::*;
use element::*;
use field::*;
use root::*;

/// The vectors of a block of 64 values.
type Eight<'a> = [&'a mut PackedFr; 8];

// An `Ifma` exists only on a CPU with the features, so its methods may call functions that have them.
#[allow(unsafe_code)]
impl VectorUnit for Ifma {
    type Element = PackedFr;
    type Root = Root;
    const BLOCKS_OF_LANES: &'static [usize] = &[0, 1, 2, 3, 4, 5, 6, 7];

    fn detect() -> Option<Self> {
        Ifma::detect()
    }

    fn gather(self, values: &[Fr]) -> PackedFr {
        // SAFETY: `self` exists.
        unsafe { gathered(values) }
    }

    fn products(self, one: &PackedFr, other: &PackedFr, products: &mut [Fr]) {
        // SAFETY: `self` exists.
        unsafe { scattered_products(one, other, products) }
    }

    fn root(self, factors: &[Fr]) -> Root {
        // SAFETY: `self` exists.
        unsafe { Root::of(factors) }
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
        // SAFETY: `self` exists.
        unsafe { transform_64(vectors, block, roots, scale) }
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn gathered(values: &[Fr]) -> PackedFr {
    let mut packed = PackedFr::default();
    store(&mut packed, &gather(values));
    packed
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn scattered_products(one: &PackedFr, other: &PackedFr, products: &mut [Fr]) {
    scatter(&montgomery(&load(one), &load(other)), products);
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn multiplied(roots: &[Root], factor: Single<'_, Root>, products: &mut [Root]) {
    for (root, product) in roots.iter().zip(products) {
        *product = Root::new(&multiply(&load(&root.parts[0]), factor));
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn split_quarters(quarters: [&mut [Aligned<Ifma>]; 4], roots: BlockRoots<'_, Root>) {
    let (root, halves) = (roots.root, roots.halves);
    match roots.is_first {
        true => across_quarters(quarters, |x| in_place(x, |x| split_first(x, halves[1]))),
        false => across_quarters(quarters, |x| {
            in_place(x, |x| split::<true, _, _>(x, root, halves))
        }),
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn merge_quarters(quarters: [&mut [Aligned<Ifma>]; 4], roots: BlockRoots<'_, Root>) {
    let (root, halves) = (roots.root, roots.halves);
    match roots.is_first {
        true => across_quarters(quarters, |x| in_place(x, |x| merge_first(x, halves[1]))),
        false => across_quarters(quarters, |x| in_place(x, |x| merge(x, root, halves))),
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn split_halves(halves: [&mut [Aligned<Ifma>]; 2], root: Option<Single<'_, Root>>) {
    across_halves(halves, |x| in_place(x, |x| split_once(x, root)));
}

#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn merge_halves(halves: [&mut [Aligned<Ifma>]; 2], root: Option<Single<'_, Root>>) {
    across_halves(halves, |x| in_place(x, |x| merge_once(x, root)));
}

/// Applies a butterfly to vectors in memory.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn in_place<const COUNT: usize>(
    x: [&mut PackedFr; COUNT],
    butterfly: impl Fn(&[Limbs<Vector>; COUNT]) -> [Limbs<Vector>; COUNT],
) {
    let results = butterfly(&x.each_ref().map(|x| load(x)));
    for (x, result) in x.into_iter().zip(&results) {
        store(x, result);
    }
}

/// Both transforms of a block of 64 values.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn transform_64(
    vectors: &mut [Aligned<Ifma>],
    block: usize,
    roots: &Roots<Root>,
    Scale { common, own }: Scale<'_, Root>,
) {
    let [x0, x1, x2, x3, x4, x5, x6, x7] = vectors else {
        return;
    };
    let mut x = [
        &mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0, &mut x4.0, &mut x5.0, &mut x6.0, &mut x7.0,
    ];
    let of_block = roots.of_block(block);
    let (root, halves) = (of_block.root, of_block.halves);
    let quarters = [0, 1, 2, 3].map(|quarter| roots.single(4 * block + quarter));
    for x in across_eight(&mut x) {
        match of_block.is_first {
            true => in_place(x, |x| split_first(x, halves[1])),
            false => in_place(x, |x| split::<false, _, _>(x, root, halves)),
        }
    }
    for (index, (x, root)) in pairs(&mut x).into_iter().zip(quarters).enumerate() {
        let is_one = index == 0 && of_block.is_first;
        in_place(x, |x| split_once(x, (!is_one).then_some(root)));
    }
    transpose_lanes(&mut x);
    let transposed = TransposedRoots::new(roots, block);
    let root = Each(&transposed.blocks);
    let halves = transposed.halves.each_ref().map(Each);
    for x in across_eight(&mut x) {
        in_place(x, |x| split::<false, _, _>(x, root, halves));
    }
    for (x, root) in pairs(&mut x).into_iter().zip(&transposed.quarters) {
        in_place(x, |x| split_once(x, Some(Each(root))));
    }
    for (x, own) in x.iter_mut().zip(own) {
        in_place([x], |[x]| [scale(x, common, Each(own))]);
    }
    for (x, root) in pairs(&mut x).into_iter().zip(&transposed.quarters) {
        in_place(x, |x| merge_once(x, Some(Each(root))));
    }
    for x in across_eight(&mut x) {
        in_place(x, |x| merge(x, root, halves));
    }
    transpose_lanes(&mut x);
    let (root, halves) = (of_block.root, of_block.halves);
    for (index, (x, root)) in pairs(&mut x).into_iter().zip(quarters).enumerate() {
        let is_one = index == 0 && of_block.is_first;
        in_place(x, |x| merge_once(x, (!is_one).then_some(root)));
    }
    for x in across_eight(&mut x) {
        match of_block.is_first {
            true => in_place(x, |x| merge_first(x, halves[1])),
            false => in_place(x, |x| merge(x, root, halves)),
        }
    }
}

/// Corresponding vectors of the four quarters of eight vectors.
fn across_eight<'a>(
    [x0, x1, x2, x3, x4, x5, x6, x7]: &'a mut Eight<'_>,
) -> [[&'a mut PackedFr; 4]; 2] {
    [[x0, x2, x4, x6], [x1, x3, x5, x7]]
}

/// The quarters of eight vectors.
fn pairs<'a>([x0, x1, x2, x3, x4, x5, x6, x7]: &'a mut Eight<'_>) -> [[&'a mut PackedFr; 2]; 4] {
    [[x0, x1], [x2, x3], [x4, x5], [x6, x7]]
}

/// Transposes eight vectors of elements: lane i of element j becomes lane j of element i.
#[inline]
#[target_feature(enable = "avx512f")]
fn transpose_lanes(x: &mut Eight<'_>) {
    for limb in 0..5 {
        let transposed = transpose(x.each_ref().map(|x| load_limb(&x[limb])));
        for (x, transposed) in x.iter_mut().zip(transposed) {
            store_limb(&mut x[limb], transposed);
        }
    }
}

#[cfg(test)]
mod tests;
