//! The trapdoors of a key generation. Anyone who knows them can make false proofs.

use super::reduction::Domain;
#[cfg(test)]
use ark_bls12_381::G1Affine;
use ark_bls12_381::{Fr, G1Projective, G2Projective};
#[cfg(test)]
use ark_ec::CurveGroup;
use ark_ff::{Field, UniformRand, Zero};
use ark_poly::EvaluationDomain;
use rand::{CryptoRng, RngCore};
use zeroize::{Zeroize, Zeroizing};

/// α, β, γ, δ, κ and τ, with the generators G and H. They are overwritten when dropped. They can be neither copied nor
/// printed.
pub(super) struct Trapdoors {
    pub(super) alpha: Fr,
    pub(super) beta: Fr,
    /// The trapdoor of the committed block.
    pub(super) gamma: Fr,
    /// The trapdoor of the remaining witness.
    pub(super) delta: Fr,
    /// The trapdoor of the statement.
    pub(super) kappa: Fr,
    /// The secret point.
    pub(super) tau: Fr,
    pub(super) g1: G1Projective,
    pub(super) g2: G2Projective,
}

impl Trapdoors {
    /// Draws nonzero numbers, and a τ outside the domain and outside the coset where Xⁿ = −1.
    pub(super) fn draw(domain: &Domain, rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut number = || loop {
            let drawn = Fr::rand(rng);
            let vanishing = domain.evaluate_vanishing_polynomial(drawn);
            let on_coset = vanishing + Fr::from(2u64);
            if !(drawn.is_zero() || vanishing.is_zero() || on_coset.is_zero()) {
                return drawn;
            }
        };
        Trapdoors {
            alpha: number(),
            beta: number(),
            gamma: number(),
            delta: number(),
            kappa: number(),
            tau: number(),
            g1: G1Projective::rand(rng),
            g2: G2Projective::rand(rng),
        }
    }
}

/// The inverse of a trapdoor, overwritten when dropped.
pub(super) fn inverse(trapdoor: Fr) -> Zeroizing<Fr> {
    // No trapdoor is zero. If one were, the bases would be identities, which are refused.
    Zeroizing::new(trapdoor.inverse().unwrap_or_default())
}

#[cfg(test)]
impl Trapdoors {
    /// σᵢ/γ of the constant and the statement. No key may contain these. Tests use them to show what they would allow.
    pub(super) fn toxic_bases(&self, circuit: &crate::circuit::Circuit) -> Vec<G1Affine> {
        let domain = super::reduction::domain(circuit.matrices.constraints()).unwrap();
        let [a, b, c] = super::reduction::evaluate(circuit, &domain, self.tau);
        (0..circuit.layout.committed_start())
            .map(|index| self.beta * a[index] + self.alpha * b[index] + c[index])
            .map(|sigma| (self.g1 * (sigma / self.gamma)).into_affine())
            .collect()
    }
}

impl Drop for Trapdoors {
    fn drop(&mut self) {
        for number in [
            &mut self.alpha,
            &mut self.beta,
            &mut self.gamma,
            &mut self.delta,
            &mut self.kappa,
            &mut self.tau,
        ] {
            number.zeroize();
        }
        self.g1.zeroize();
        self.g2.zeroize();
    }
}
