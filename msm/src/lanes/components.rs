//! A coordinate as elements of the base field.

use crate::fp::element;
use ark_bls12_381::{Fq, Fq2};

/// A coordinate as K components in the base field.
pub(crate) trait Components<const K: usize>: Copy {
    /// The components' words in Montgomery form with R = 2^384.
    fn components(&self) -> [[u64; 6]; K];
    /// From such words.
    fn from_components(components: [[u64; 6]; K]) -> Self;
}

impl Components<1> for Fq {
    #[inline(always)]
    fn components(&self) -> [[u64; 6]; 1] {
        [self.0.0]
    }

    fn from_components([words]: [[u64; 6]; 1]) -> Self {
        element(words)
    }
}

impl Components<2> for Fq2 {
    #[inline(always)]
    fn components(&self) -> [[u64; 6]; 2] {
        [self.c0.0.0, self.c1.0.0]
    }

    fn from_components(components: [[u64; 6]; 2]) -> Self {
        let [c0, c1] = components.map(element);
        Fq2::new(c0, c1)
    }
}
