//! Everything that is hashed: digests, challenges, the trace commitment. Every hash begins with a tag of its own, and
//! parts without a fixed length are preceded by their length.

use crate::circuit::statement::Challenges;
use crate::lang::program::Program;
use ark_bls12_381::{Fr, G1Affine};
use ark_ff::PrimeField;
use ark_serialize::CanonicalSerialize;
use sha2::{Digest, Sha256};

/// A SHA-256 value.
pub type Hash = [u8; 32];

const CHALLENGE_TAG: &[u8] = b"provable-vm challenges v1";
const COMMITMENT_TAG: &[u8] = b"provable-vm trace commitment v1";

/// A hash of parts. Different sequences of parts never give the same input to SHA-256.
#[derive(Clone, Debug)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Begins a hash under a tag.
    pub fn new(tag: &[u8]) -> Self {
        let mut hasher = Hasher(Sha256::new());
        hasher.bytes(tag);
        hasher
    }

    /// Adds bytes, preceded by their number.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Adds words, preceded by their number.
    pub fn words(&mut self, words: &[u32]) {
        self.0.update((words.len() as u64).to_le_bytes());
        for word in words {
            self.0.update(word.to_le_bytes());
        }
    }

    /// Adds a point or another value in its canonical compressed form.
    pub fn canonical(&mut self, value: &impl CanonicalSerialize) {
        let mut bytes = Vec::with_capacity(value.compressed_size());
        // Writing to a vector cannot fail.
        let _ = value.serialize_compressed(&mut bytes);
        self.bytes(&bytes);
    }

    /// The hash value.
    pub fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// The challenges: a hash of everything that defines the statement, and of D. Each challenge is 512 bits, reduced
/// modulo the field's order, so its distribution differs from uniform by at most 2^−257.
pub fn challenges(
    circuit: &Hash,
    key: &Hash,
    program: &Program,
    input: &[u32],
    output: &[u32],
    d: &G1Affine,
) -> Challenges {
    let prefix = prefix([circuit, key, &program.digest()]);
    let mut hasher = Hasher(Sha256::new_with_prefix(prefix));
    hasher.words(input);
    hasher.words(output);
    hasher.canonical(d);
    let seed = hasher.finish();
    let draw = |index: u8| -> Fr {
        let mut wide = [0u8; 64];
        for (half, bytes) in wide.chunks_mut(32).enumerate() {
            let mut hash = Sha256::new();
            hash.update(CHALLENGE_TAG);
            hash.update(seed);
            hash.update([index, half as u8]);
            bytes.copy_from_slice(&hash.finalize());
        }
        Fr::from_le_bytes_mod_order(&wide)
    };
    Challenges {
        gamma: draw(0),
        beta: draw(1),
        rho: draw(2),
    }
}

/// How the hash of the challenges begins, for these: circuit, key, program. Each part is preceded by its length.
pub(super) fn prefix(parts: [&Hash; 3]) -> Vec<u8> {
    let parts = parts.iter().map(|part| part.as_slice());
    let parts = std::iter::once(CHALLENGE_TAG).chain(parts);
    let parts = parts.flat_map(|part| [&(part.len() as u64).to_le_bytes(), part].concat());
    parts.collect()
}

/// The trace commitment. It binds the whole trace through D, and hides it because D does.
pub fn trace_commitment(key: &Hash, d: &G1Affine) -> Hash {
    let mut hasher = Hasher::new(COMMITMENT_TAG);
    hasher.bytes(key);
    hasher.canonical(d);
    hasher.finish()
}
