//! Proofs of knowledge of a factor: Schnorr, "Efficient signature generation by smart cards" (Journal of Cryptology 4,
//! 1991), made non-interactive as by Fiat and Shamir (CRYPTO 1986). The base is the value before the contribution, and the
//! challenge hashes all that came before, so that no proof can be used a second time or in another place.

use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::Fr;
use ark_ec::CurveGroup;
use ark_ff::{PrimeField, UniformRand};
use rand::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const TAG: &[u8] = b"provable-vm ceremony knowledge v1";

/// A proof that its maker knows the factor between two points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knowledge<G: CurveGroup<ScalarField = Fr>> {
    /// k times the old point, for a random k.
    pub(super) commitment: G::Affine,
    /// k plus the challenge times the factor.
    pub(super) response: Fr,
}

/// What a proof is about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a, G: CurveGroup> {
    /// The hash of all that came before.
    pub(super) before: &'a Hash,
    /// The name of the factor.
    pub(super) name: &'static str,
    /// The point before.
    pub(super) old: G::Affine,
    /// The point times the factor.
    pub(super) new: G::Affine,
}

impl<G: CurveGroup<ScalarField = Fr>> Knowledge<G> {
    pub(super) fn prove(
        subject: &Subject<'_, G>,
        factor: &Fr,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Self {
        let random = Zeroizing::new(Fr::rand(rng));
        let commitment = (subject.old * *random).into_affine();
        let response = *random + challenge(subject, &commitment) * factor;
        Knowledge {
            commitment,
            response,
        }
    }

    pub(super) fn holds(&self, subject: &Subject<'_, G>) -> bool {
        let challenge = challenge(subject, &self.commitment);
        subject.old * self.response == subject.new * challenge + self.commitment
    }
}

/// 512 bits, reduced modulo the group's order.
fn challenge<G: CurveGroup<ScalarField = Fr>>(
    subject: &Subject<'_, G>,
    commitment: &G::Affine,
) -> Fr {
    let mut wide = [0; 64];
    for (half, bytes) in (0u8..).zip(wide.chunks_mut(32)) {
        let mut hasher = Hasher::new(TAG);
        hasher.bytes(&[half]);
        hasher.bytes(subject.before);
        hasher.bytes(subject.name.as_bytes());
        for point in [&subject.old, &subject.new, commitment] {
            hasher.canonical(point);
        }
        bytes.copy_from_slice(&hasher.finish());
    }
    Fr::from_le_bytes_mod_order(&wide)
}
