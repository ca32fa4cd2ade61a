//! Random weights: many equations are checked as one, their sum with weights that whoever chose the values could not know
//! (Bellare, Garay, Rabin, "Fast batch verification for modular exponentiation and digital signatures", EUROCRYPT 1998,
//! section 3.2). With 128 bits, one false equation passes with probability 2^-128. This needs values in the group of prime
//! order; every point that is read from a file is checked for that.
//!
//! The weights are drawn from a hash of the values and of random bytes. So they are unknown to whoever chose the values even if
//! the machine's random numbers could be predicted: the values would have to be chosen by their own hash.

use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::Fr;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

const TAG: &[u8] = b"provable-vm ceremony weights v1";

/// The weights of a check.
pub(super) struct RandomWeights(ChaCha20Rng);

impl RandomWeights {
    /// For values with this digest.
    pub(super) fn new(digest: &Hash, rng: &mut dyn RngCore) -> Self {
        let mut random = [0; 32];
        rng.fill_bytes(&mut random);
        let mut hasher = Hasher::new(TAG);
        hasher.bytes(digest);
        hasher.bytes(&random);
        RandomWeights(ChaCha20Rng::from_seed(hasher.finish()))
    }

    /// A weight.
    pub(super) fn one(&mut self) -> Fr {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        Fr::from(u128::from_le_bytes(bytes))
    }

    /// Weights.
    pub(super) fn many(&mut self, count: usize) -> Vec<Fr> {
        (0..count).map(|_| self.one()).collect()
    }
}
