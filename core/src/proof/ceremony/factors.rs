//! The secret factors of a contribution.

use crate::proof::transcript::Hasher;
use ark_bls12_381::Fr;
use ark_ff::{PrimeField, Zero};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

const TAG: &[u8] = b"provable-vm ceremony factors v1";

/// Three numbers, none of them zero: those of τ, α and β, or of γ, δ and κ. Whoever knows them may be a contributor who
/// does not forget, so they are overwritten when dropped, and can be neither copied nor printed.
pub struct Factors([Fr; 3]);

impl Factors {
    /// Draws factors from a generator, and from what a person typed: they are unknown to others if one of the two is.
    pub fn draw(rng: &mut (impl CryptoRng + ?Sized), typed: &[u8]) -> Factors {
        let mut seed = Zeroizing::new([0; 64]);
        rng.fill_bytes(&mut *seed);
        Factors::of(|hasher| {
            hasher.bytes(&*seed);
            hasher.bytes(typed);
        })
    }

    /// Factors from a hash. Each is 512 bits, reduced modulo the group's order.
    pub(super) fn of(write: impl Fn(&mut Hasher)) -> Factors {
        let half = |index: u8, half: u8, attempt: u8| {
            let mut hasher = Hasher::new(TAG);
            hasher.bytes(&[index, half, attempt]);
            write(&mut hasher);
            Zeroizing::new(hasher.finish())
        };
        let number = |index: u8| {
            let mut attempts = (0..=u8::MAX).map(|attempt| {
                let mut wide = Zeroizing::new([0; 64]);
                for (part, bytes) in (0..).zip(wide.chunks_mut(32)) {
                    bytes.copy_from_slice(&*half(index, part, attempt));
                }
                Fr::from_le_bytes_mod_order(&*wide)
            });
            // No attempt gives zero but with probability 2^-255.
            attempts
                .find(|number| !number.is_zero())
                .unwrap_or(Fr::from(1u64))
        };
        Factors([number(0), number(1), number(2)])
    }

    /// The three.
    pub(super) fn all(&self) -> &[Fr; 3] {
        &self.0
    }
}

impl Drop for Factors {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
