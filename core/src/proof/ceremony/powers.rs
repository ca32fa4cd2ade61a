//! The powers of phase 1, and how they are checked.

use super::chain::Chain;
use super::error::CeremonyError;
use super::factors::Factors;
use super::multiples::multiples;
use super::weights::RandomWeights;
use crate::progress::Progress;
use crate::proof::key::Curve;
use crate::proof::pairing::Product;
use crate::proof::transcript::{Hash, Hasher};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine, G2Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{One, PrimeField};
use rand_core::RngCore;
use rayon::prelude::*;
use zeroize::Zeroizing;

const DIGEST: &[u8] = b"provable-vm ceremony powers digest v1";

/// For a domain of n points: τⁱG for i ≤ 2n − 2; ατⁱG, βτⁱG and τⁱH for i < n; βH. All of them in the group of prime order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Powers {
    pub(super) tau_g1: Vec<G1Affine>,
    pub(super) tau_g2: Vec<G2Affine>,
    pub(super) alpha_g1: Vec<G1Affine>,
    pub(super) beta_g1: Vec<G1Affine>,
    pub(super) beta_g2: G2Affine,
}

impl Powers {
    /// The powers before any contribution, of τ = α = β = 1, for a domain of 2^bits points.
    pub fn new(bits: u32) -> Powers {
        let n = 1 << bits;
        let (g, h) = (G1Affine::generator(), G2Affine::generator());
        Powers {
            tau_g1: vec![g; 2 * n - 1],
            tau_g2: vec![h; n],
            alpha_g1: vec![g; n],
            beta_g1: vec![g; n],
            beta_g2: h,
        }
    }

    /// The number of points of the domain.
    pub fn size(&self) -> usize {
        self.tau_g2.len()
    }

    /// The powers for a smaller domain. None if this one is smaller.
    pub fn for_domain(&self, size: usize) -> Option<Powers> {
        Some(Powers {
            tau_g1: self
                .tau_g1
                .get(..size.checked_mul(2)?.checked_sub(1)?)?
                .to_vec(),
            tau_g2: self.tau_g2.get(..size)?.to_vec(),
            alpha_g1: self.alpha_g1.get(..size)?.to_vec(),
            beta_g1: self.beta_g1.get(..size)?.to_vec(),
            beta_g2: self.beta_g2,
        })
    }

    /// The powers of τ times the first factor, with α and β times the others.
    ///
    /// # Errors
    /// If the work is cancelled.
    pub(super) fn multiplied(
        &self,
        factors: &Factors,
        progress: &dyn Progress,
    ) -> Result<Powers, CeremonyError> {
        let [tau, alpha, beta] = factors.all();
        let next = |power: &Fr| Some(*power * tau);
        // They reveal the factor. The capacity is right, so that growing leaves no copy.
        let mut powers = Zeroizing::new(Vec::with_capacity(self.tau_g1.len()));
        powers.extend(std::iter::successors(Some(Fr::one()), next).take(self.tau_g1.len()));
        let power = |index: usize| powers.get(index).copied().unwrap_or_default();
        Ok(Powers {
            tau_g1: multiples(&self.tau_g1, power, progress)?,
            tau_g2: multiples(&self.tau_g2, power, progress)?,
            alpha_g1: multiples(&self.alpha_g1, |i| power(i) * alpha, progress)?,
            beta_g1: multiples(&self.beta_g1, |i| power(i) * beta, progress)?,
            beta_g2: (self.beta_g2 * beta).into_affine(),
        })
    }

    /// The digest of all values.
    pub(super) fn digest(&self) -> Hash {
        let mut hasher = Hasher::new(DIGEST);
        hasher.bytes(&uncompressed(&self.tau_g1));
        hasher.bytes(&uncompressed(&self.tau_g2));
        hasher.bytes(&uncompressed(&self.alpha_g1));
        hasher.bytes(&uncompressed(&self.beta_g1));
        hasher.bytes(&uncompressed(&[self.beta_g2]));
        hasher.finish()
    }

    /// Whether these are the powers after the last contribution of a chain.
    ///
    /// # Errors
    /// Which value differs.
    pub fn end(&self, chain: &Chain<G1Projective>) -> Result<(), CeremonyError> {
        let [tau, alpha, beta] = chain.values();
        for (name, found, expected) in [
            ("tau", self.tau_g1.get(1), tau),
            ("alpha", self.alpha_g1.first(), alpha),
            ("beta", self.beta_g1.first(), beta),
        ] {
            if found != Some(&expected) {
                return Err(CeremonyError::Last(name));
            }
        }
        Ok(())
    }

    /// Whether all values are powers of one τ, times one α and one β, for this number of points.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, size: usize, rng: &mut dyn RngCore) -> Result<(), CeremonyError> {
        let n = size;
        for (what, found, expected) in [
            (
                "powers of tau in G1",
                self.tau_g1.len(),
                (2 * n).saturating_sub(1),
            ),
            ("powers of tau in G2", self.tau_g2.len(), n),
            ("powers with alpha", self.alpha_g1.len(), n),
            ("powers with beta", self.beta_g1.len(), n),
        ] {
            if found != expected {
                return Err(CeremonyError::Count {
                    what,
                    found,
                    expected,
                });
            }
        }
        let (g, h) = (G1Affine::generator(), G2Affine::generator());
        if self.tau_g1.first() != Some(&g) || self.tau_g2.first() != Some(&h) {
            return Err(CeremonyError::Powers(
                "they do not begin with the generators",
            ));
        }
        let first = |points: &[G1Affine], at: usize| points.get(at).copied().unwrap_or_default();
        let tau = first(&self.tau_g1, 1);
        let (alpha, beta) = (first(&self.alpha_g1, 0), first(&self.beta_g1, 0));
        let tau_g2 = self.tau_g2.get(1).copied().unwrap_or_default();
        if [tau, alpha, beta].iter().any(AffineRepr::is_zero) {
            return Err(CeremonyError::Degenerate("tau, alpha or beta is zero"));
        }
        let weights = &mut RandomWeights::new(&self.digest(), rng);
        // τ times each value in G1 is the next one, in each of the three lists.
        let mut next = G1Projective::default();
        let mut this = G1Projective::default();
        for list in [&self.tau_g1, &self.alpha_g1, &self.beta_g1] {
            let (low, high) = neighbours::<G1Projective>(list, weights);
            this += low;
            next += high;
        }
        if !equal(&[(this.into_affine(), tau_g2)], &[(next.into_affine(), h)]) {
            return Err(CeremonyError::Powers(
                "a value in G1 is not tau times the one before it",
            ));
        }
        let (low, high) = neighbours::<G2Projective>(&self.tau_g2, weights);
        if !equal(&[(tau, low.into_affine())], &[(g, high.into_affine())]) {
            return Err(CeremonyError::Powers(
                "a value in G2 is not tau times the one before it",
            ));
        }
        if !equal(&[(beta, h)], &[(g, self.beta_g2)]) {
            return Err(CeremonyError::Powers("beta is not the same in both groups"));
        }
        Ok(())
    }
}

impl Powers {
    /// Whether a key can be made of the powers, which are consistent: it cannot if τ is a point of the domain, as before any
    /// contribution, since then the quotient bases are the identity; nor if it is one of the coset, as no setup draws it.
    ///
    /// # Errors
    /// If no key can be made of them.
    pub fn are_usable(&self) -> Result<(), CeremonyError> {
        let generator = G1Affine::generator();
        let power = self.tau_g1.get(self.size());
        if power == Some(&generator) {
            return Err(CeremonyError::Degenerate(
                "tau is a point of the domain, as before any contribution",
            ));
        }
        if power == Some(&-generator) {
            return Err(CeremonyError::Degenerate("tau is a point of the coset"));
        }
        // Relations that somebody who knows none of the three can make of lists of others. There are more, not all of
        // which can be found: these are refused for whoever makes them by mistake. A contribution undoes them all.
        let first = |points: &[G1Affine], at: usize| points.get(at).copied().unwrap_or_default();
        let mut known = vec![generator];
        for value in [
            first(&self.tau_g1, 1),
            first(&self.alpha_g1, 0),
            first(&self.beta_g1, 0),
        ] {
            if known.iter().any(|one| *one == value || *one == -value) {
                return Err(CeremonyError::Degenerate(
                    "two of tau, alpha, beta and 1 are equal or opposite",
                ));
            }
            known.push(value);
        }
        Ok(())
    }
}

/// Sums of all values but the last and of all but the first, with the same random weights.
fn neighbours<G: Curve>(points: &[G::Affine], weights: &mut RandomWeights) -> (G, G) {
    let records: Vec<G::Record> = points.par_iter().map(G::record).collect();
    let count = records.len().saturating_sub(1);
    let scalars: Vec<_> = weights
        .many(count)
        .iter()
        .map(|weight| weight.into_bigint())
        .collect();
    let sum = |from: usize| {
        let records = records.get(from..from + count).unwrap_or_default();
        G::weighted_sum(&[(records, &scalars)])
    };
    let scale = weights.one();
    (sum(0) * scale, sum(1) * scale)
}

/// Points one after the other, uncompressed.
pub(super) fn uncompressed<A: AffineRepr>(points: &[A]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for point in points {
        // Writing to a vector cannot fail.
        let _ = point.serialize_uncompressed(&mut bytes);
    }
    bytes
}

/// Whether two products of pairings are equal.
pub(super) fn equal(one: &[(G1Affine, G2Affine)], other: &[(G1Affine, G2Affine)]) -> bool {
    Product::of(one).equals(&Product::of(other))
}
