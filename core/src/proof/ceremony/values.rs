//! The values of phase 2: those of a key.

use super::chain::Chain;
use super::error::CeremonyError;
use super::factors::Factors;
use super::multiples::multiples;
use super::powers::{Powers, uncompressed};
use crate::circuit::Circuit;
use crate::progress::Progress;
use crate::proof::key::{Points, ProvingKey, Queries, VerifyingKey, bases_digest};
use crate::proof::transcript::{Hash, Hasher};
use crate::proof::trapdoors::inverse;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::CurveGroup;

const DIGEST: &[u8] = b"provable-vm ceremony values digest v1";

/// A key of a circuit while it is made. Names are as in `docs/proof-system.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    pub(super) a: Vec<G1Affine>,
    pub(super) b_g1: Vec<G1Affine>,
    pub(super) b_g2: Vec<G2Affine>,
    /// S, over κ.
    pub(super) statement: Vec<G1Affine>,
    /// P, over γ.
    pub(super) committed: Vec<G1Affine>,
    /// L and K, over δ.
    pub(super) l: Vec<G1Affine>,
    /// H, over δ.
    pub(super) h: Vec<G1Affine>,
    pub(super) delta_g1: G1Affine,
    pub(super) gamma: G2Affine,
    pub(super) delta: G2Affine,
    pub(super) kappa: G2Affine,
}

impl Values {
    /// The values after γ, δ and κ are multiplied with these factors.
    ///
    /// # Errors
    /// If the work is cancelled.
    pub(super) fn multiplied(
        &self,
        factors: &Factors,
        progress: &dyn Progress,
    ) -> Result<Values, CeremonyError> {
        let [gamma, delta, kappa] = factors.all();
        let over = |points: &[G1Affine], factor: &Fr| {
            let scalar = inverse(*factor);
            multiples(points, |_| *scalar, progress)
        };
        Ok(Values {
            a: self.a.clone(),
            b_g1: self.b_g1.clone(),
            b_g2: self.b_g2.clone(),
            statement: over(&self.statement, kappa)?,
            committed: over(&self.committed, gamma)?,
            l: over(&self.l, delta)?,
            h: over(&self.h, delta)?,
            delta_g1: (self.delta_g1 * delta).into_affine(),
            gamma: (self.gamma * gamma).into_affine(),
            delta: (self.delta * delta).into_affine(),
            kappa: (self.kappa * kappa).into_affine(),
        })
    }

    /// The digest of these values and of the powers over which they are checked.
    pub(super) fn digest(&self, powers: &Powers) -> Hash {
        let mut hasher = Hasher::new(DIGEST);
        hasher.bytes(&powers.digest());
        for list in [
            &self.a,
            &self.b_g1,
            &self.statement,
            &self.committed,
            &self.l,
            &self.h,
        ] {
            hasher.bytes(&uncompressed(list));
        }
        hasher.bytes(&uncompressed(&self.b_g2));
        hasher.bytes(&uncompressed(&[self.delta_g1]));
        hasher.bytes(&uncompressed(&[self.gamma, self.delta, self.kappa]));
        hasher.finish()
    }

    /// Whether these are the values after the last contribution of a chain. The audit says whether the rest fits them.
    ///
    /// # Errors
    /// Which value differs.
    pub fn end(&self, chain: &Chain<G2Projective>) -> Result<(), CeremonyError> {
        let [gamma, delta, kappa] = chain.values();
        for (name, found, expected) in [
            ("gamma", self.gamma, gamma),
            ("delta", self.delta, delta),
            ("kappa", self.kappa, kappa),
        ] {
            if found != expected {
                return Err(CeremonyError::Last(name));
            }
        }
        Ok(())
    }

    /// The proving key. α and β are those of phase 1.
    ///
    /// # Errors
    /// If the key is unsafe, as one to which nobody contributed.
    pub(super) fn key(
        &self,
        circuit: Circuit,
        alpha: G1Affine,
        beta: (G1Affine, G2Affine),
    ) -> Result<ProvingKey, CeremonyError> {
        let points = |points: &[G1Affine]| Points::<G1Projective>::from(points);
        let bases = points(&self.committed);
        let verifying = VerifyingKey {
            capacities: circuit.layout.capacities,
            circuit: circuit.id(),
            alpha,
            beta: beta.1,
            gamma: self.gamma,
            delta: self.delta,
            kappa: self.kappa,
            statement: self.statement.clone(),
            bases: bases_digest(&bases),
        };
        verifying.check()?;
        Ok(ProvingKey {
            verifying,
            queries: Queries {
                beta: beta.0,
                delta: self.delta_g1,
                a: points(&self.a),
                b_g1: points(&self.b_g1),
                b_g2: Points::<G2Projective>::from(&self.b_g2[..]),
                h: points(&self.h),
                l: points(&self.l),
            },
            bases,
            circuit,
        })
    }
}
