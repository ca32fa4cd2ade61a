//! Proofs of knowledge of a factor: Schnorr, "Efficient signature generation by smart cards" (Journal of Cryptology 4,
//! 1991), made non-interactive as by Fiat and Shamir (CRYPTO 1986). The base is the value before the contribution, and the
//! challenge hashes all that came before, and all three values of the contribution. So no proof can be used a second time, in
//! another place or beside other proofs.

use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::Fr;
use ark_ec::CurveGroup;
use ark_ff::PrimeField;
use rand::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const TAG: &[u8] = b"provable-vm ceremony knowledge v1";
const NONCE: &[u8] = b"provable-vm ceremony nonce v1";

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
    /// The three points of the contribution.
    pub(super) all: [G::Affine; 3],
}

impl<G: CurveGroup<ScalarField = Fr>> Knowledge<G> {
    pub(super) fn prove(
        subject: &Subject<'_, G>,
        factor: &Fr,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Self {
        let random = nonce(subject, factor, rng);
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

/// The random number of a proof. It is a hash of random bytes and of the factor, so that it stays unknown if either is:
/// Aranha, Orlandi, Takahashi, Zaverucha, "Security of hedged Fiat-Shamir signatures under fault attacks" (EUROCRYPT 2020).
fn nonce<G: CurveGroup<ScalarField = Fr>>(
    subject: &Subject<'_, G>,
    factor: &Fr,
    rng: &mut (impl RngCore + CryptoRng),
) -> Zeroizing<Fr> {
    let mut seed = Zeroizing::new([0; 64]);
    rng.fill_bytes(&mut *seed);
    number(NONCE, subject, |hasher| {
        hasher.bytes(&*seed);
        hasher.canonical(factor);
    })
}

fn challenge<G: CurveGroup<ScalarField = Fr>>(
    subject: &Subject<'_, G>,
    commitment: &G::Affine,
) -> Fr {
    *number(TAG, subject, |hasher| hasher.canonical(commitment))
}

/// A number from a hash of what a proof is about, and of more: 512 bits, reduced modulo the group's order.
fn number<G: CurveGroup<ScalarField = Fr>>(
    tag: &[u8],
    subject: &Subject<'_, G>,
    write: impl Fn(&mut Hasher),
) -> Zeroizing<Fr> {
    let mut wide = Zeroizing::new([0; 64]);
    for (half, bytes) in (0u8..).zip(wide.chunks_mut(32)) {
        let mut hasher = Hasher::new(tag);
        hasher.bytes(&[half]);
        hasher.bytes(subject.before);
        hasher.bytes(subject.name.as_bytes());
        hasher.canonical(&subject.old);
        for point in &subject.all {
            hasher.canonical(point);
        }
        write(&mut hasher);
        bytes.copy_from_slice(&hasher.finish());
    }
    Zeroizing::new(Fr::from_le_bytes_mod_order(&*wide))
}
