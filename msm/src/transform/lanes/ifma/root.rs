//! Constant factors with their quotients, as [`mod@super::field`] needs them.
#![allow(unsafe_code)]

use super::element::*;
use super::field::*;
use super::order::{every_fourth, every_second};
use super::words::from_words;
use crate::simd52::Word;
use crate::transform::lanes::factors::{Roots, Single};
use ark_bls12_381::Fr;
use ark_ff::PrimeField;
use std::array::from_fn;

/// The limbs of eight factors and of their quotients.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
pub(crate) struct Root {
    /// Of the factors, then of the quotients.
    pub(super) parts: [PackedFr; 2],
}

/// Limbs of a factor and of its quotient.
const LIMBS: usize = 10;

/// A factor of its own for each lane.
#[derive(Clone, Copy)]
pub(super) struct Each<'a>(pub(super) &'a Root);

/// One lane of each limb, the same in all lanes.
#[derive(Clone, Copy)]
struct Lane<'a>(&'a PackedFr, usize);

/// All lanes of each limb.
#[derive(Clone, Copy)]
struct Lanes<'a>(&'a PackedFr);

impl Source<Vector> for Lane<'_> {
    #[inline(always)]
    fn limb(self, index: usize) -> Vector {
        Vector::splat(self.0[index][self.1 % 8])
    }
}

impl Source<Vector> for Lanes<'_> {
    #[inline(always)]
    fn limb(self, index: usize) -> Vector {
        // SAFETY: called only by functions that have the target feature.
        unsafe { load_limb(&self.0[index]) }
    }
}

impl Factor<Vector> for Single<'_, Root> {
    #[inline(always)]
    fn factor(self) -> impl Source<Vector> {
        Lane(&self.0.parts[0], self.1)
    }

    #[inline(always)]
    fn quotient(self) -> impl Source<Vector> {
        Lane(&self.0.parts[1], self.1)
    }
}

impl Factor<Vector> for Each<'_> {
    #[inline(always)]
    fn factor(self) -> impl Source<Vector> {
        Lanes(&self.0.parts[0])
    }

    #[inline(always)]
    fn quotient(self) -> impl Source<Vector> {
        Lanes(&self.0.parts[1])
    }
}

/// A factor w below 2r, reduced to below r, and its quotient. With e = w·2^260 modulo r the quotient w' = (w·2^260 − e)/r is
/// exact, so it is −e/r modulo 2^260.
#[inline(always)]
pub(super) fn with_quotient<W: Word>(factor: &Limbs<W>) -> [Limbs<W>; 2] {
    let factor = canonical(factor);
    // The product is below 1.03r.
    let shifted = canonical(&multiply(&factor, Shift));
    [factor, lower_half(&shifted, Constant(&INVERSE))]
}

impl Root {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn new(factor: &Limbs<Vector>) -> Root {
        let [factor, quotient] = with_quotient(factor);
        let mut root = Root::default();
        store(&mut root.parts[0], &factor);
        store(&mut root.parts[1], &quotient);
        root
    }

    /// From eight elements. Missing elements are zero.
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn of(elements: &[Fr]) -> Root {
        // Not in Montgomery form, so that a product stays in the form of its other operand.
        let number = |lane: usize| elements.get(lane).map(|element| element.into_bigint().0);
        let numbers: [_; 8] = from_fn(|lane| number(lane).unwrap_or_default());
        Root::new(&from_words(pack(numbers.each_ref())))
    }

    #[inline(always)]
    fn limb(&self, index: usize) -> &[u64; 8] {
        &self.parts[index / 5 % 2][index % 5]
    }

    #[inline(always)]
    fn limb_mut(&mut self, index: usize) -> &mut [u64; 8] {
        &mut self.parts[index / 5 % 2][index % 5]
    }
}

/// The roots of transposed blocks, a block in each lane.
pub(super) struct TransposedRoots {
    pub(super) blocks: Root,
    pub(super) halves: [Root; 2],
    pub(super) quarters: [Root; 4],
}

impl TransposedRoots {
    /// Of the blocks 8·group to 8·group + 7.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
    pub(super) fn new(roots: &Roots<Root>, group: usize) -> Self {
        let mut transposed = TransposedRoots {
            blocks: *roots.group(group),
            halves: [Root::default(); 2],
            quarters: [Root::default(); 4],
        };
        let halves = [0, 1].map(|k| roots.group(2 * group + k));
        let quarters = [0, 1, 2, 3].map(|k| roots.group(4 * group + k));
        for limb in 0..LIMBS {
            let parts = every_second(halves.map(|root| load_limb(root.limb(limb))));
            for (half, part) in transposed.halves.iter_mut().zip(parts) {
                store_limb(half.limb_mut(limb), part);
            }
            let parts = every_fourth(quarters.map(|root| load_limb(root.limb(limb))));
            for (quarter, part) in transposed.quarters.iter_mut().zip(parts) {
                store_limb(quarter.limb_mut(limb), part);
            }
        }
        transposed
    }
}
