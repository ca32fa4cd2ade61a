//! The four points of a proof.

use ark_bls12_381::{G1Affine, G2Affine};

/// A proof's elements: Groth16's three points and the commitment D to the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProofElements {
    /// A, in G1.
    pub a: G1Affine,
    /// B, in G2.
    pub b: G2Affine,
    /// C, in G1.
    pub c: G1Affine,
    /// D, in G1.
    pub d: G1Affine,
}

impl ProofElements {
    /// Bytes of the elements: three compressed points of G1 and one of G2.
    pub const BYTES: usize = 3 * 48 + 96;
}
