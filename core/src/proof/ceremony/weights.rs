//! Random weights: many equations are checked as one, their sum with weights that whoever chose the values could not know
//! (Bellare, Garay, Rabin, "Fast batch verification for modular exponentiation and digital signatures", EUROCRYPT 1998,
//! section 3.2). With 128 bits, false equations pass with probability 2^-128. This needs values in the group of prime
//! order; every point that is read from a file is checked for that.

use ark_bls12_381::Fr;
use rand_core::RngCore;

/// A weight.
pub(super) fn weight(rng: &mut dyn RngCore) -> Fr {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    Fr::from(u128::from_le_bytes(bytes))
}

/// Weights.
pub(super) fn weights(rng: &mut dyn RngCore, count: usize) -> Vec<Fr> {
    (0..count).map(|_| weight(rng)).collect()
}
