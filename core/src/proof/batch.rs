//! Batch verification: verifies many proofs under one key with one final exponentiation and one Miller loop for each
//! proof.
//!
//! The equation of proof i says that a number Eᵢ of the pairing's target group is one. A batch checks Π Eᵢ^rᵢ = 1
//! instead, for weights rᵢ of 128 bits that are drawn after the proofs are known. This is the test of small exponents
//! (Bellare, Garay, Rabin, "Fast batch verification for modular exponentiation and digital signatures", EUROCRYPT 1998,
//! section 3.3), in the form that Zcash uses for Groth16 (protocol specification, appendix B.2). The values e(α, β), κ,
//! γ and δ are the same in all equations, so the product is
//!
//! Π e(rᵢAᵢ, Bᵢ) = e((Σ rᵢ)α, β) · e(Σᵢ rᵢ(S₀ + Σⱼ xᵢⱼSⱼ), κ) · e(Σ rᵢDᵢ, γ) · e(Σ rᵢCᵢ, δ).
//!
//! *Soundness.* The target group has prime order p > 2^128. If some Eⱼ is not one, then for any choice of the other
//! weights the product is one for at most one rⱼ modulo p. So a batch with a false proof passes with probability at
//! most 2^-128, if its author cannot foresee the weights. This argument needs a group of prime order. So each point of
//! each proof is checked to be in the group when its bytes are decoded. These checks are not batched, and neither are
//! the hashes and the statements. A batch that fails does not say which proof is false, so each proof is then verified
//! alone.

use super::elements::ProofElements;
use super::error::VerifyError;
use super::pairing::Product;
use super::proof_json::Proof;
use super::statement::Statement;
use super::straus::Bases;
use super::verifier::{StatementVariables, Verifier, has_identity};
use crate::lang::program::Program;
use crate::log;
use crate::parallel;
use ark_bls12_381::{Fr, G1Affine, G1Projective};
use ark_ec::CurveGroup;
use ark_ff::{BigInt, Zero};
use rand_core::{OsRng, TryRngCore};
use tracing::{debug_span, info};

/// A weight, as two limbs.
pub(super) type Weight = [u64; 2];

/// A proof and the variables of its statement.
pub(super) type Claim<'a> = (&'a ProofElements, StatementVariables);

impl Verifier {
    /// Verifies many proofs, each with its program. Gives one answer for each proof, in order. The answers are those of
    /// [`verify`](Self::verify), except that a false proof passes with probability at most 2^-128. When all proofs are
    /// valid, this takes a fraction of the time.
    pub fn verify_batch<'a>(
        &self,
        claims: &[(&Program, &'a Proof)],
    ) -> Vec<Result<Statement, VerifyError>> {
        let span = debug_span!(target: log::PROOF, "verify batch", proofs = claims.len()).entered();
        let read = |(program, file): (&Program, &'a Proof)| {
            Ok((&file.elements, self.variables(program, file)?))
        };
        let read: Vec<Result<Claim, VerifyError>> = parallel::map(claims.to_vec(), read);
        let together: Vec<Claim> = read.iter().flatten().copied().collect();
        // Without weights that nobody can foresee, there is no batch.
        let all_hold = together.len() > 1
            && weights(together.len()).is_some_and(|weights| self.hold(&together, &weights));
        let alone = |(claim, (_, proof)): (Result<Claim, VerifyError>, &(&Program, &Proof))| {
            let (elements, variables) = claim?;
            match all_hold || self.holds(elements, &variables) {
                true => Ok(self.statement(proof)),
                false => Err(VerifyError::Pairing),
            }
        };
        let answers = parallel::map(read.into_iter().zip(claims).collect(), alone);
        let valid = answers.iter().filter(|answer| answer.is_ok()).count();
        info!(target: log::PROOF, parent: &span, valid, proofs = claims.len(), "verified");
        answers
    }

    /// Whether the product of the claims' equations, raised to these weights, holds.
    pub(super) fn hold(&self, claims: &[Claim], weights: &[Weight]) -> bool {
        if claims.iter().any(|(proof, _)| has_identity(proof)) {
            return false;
        }
        let mut constant = Fr::zero();
        let mut statement = StatementVariables::default();
        for ((_, values), weight) in claims.iter().zip(weights) {
            let weight = Fr::from(BigInt([weight[0], weight[1], 0, 0]));
            constant += weight;
            for (sum, value) in statement.iter_mut().zip(values) {
                *sum += weight * value;
            }
        }
        let scalars: Vec<BigInt<2>> = weights.iter().map(|weight| BigInt(*weight)).collect();
        let column = |of: fn(&ProofElements) -> G1Affine| {
            let points: Vec<G1Affine> = claims.iter().map(|(proof, _)| of(proof)).collect();
            Bases::new(&points).sum(&scalars)
        };
        let weighted_a = || -> Vec<G1Projective> {
            let terms = claims.iter().zip(&scalars).collect();
            let multiple =
                |((proof, _), scalar): (&Claim, &BigInt<2>)| Bases::new(&[proof.a]).sum(&[*scalar]);
            parallel::map(terms, multiple)
        };
        let sums = || parallel::join(|| column(|proof| proof.d), || column(|proof| proof.c));
        let (a, (d, c)) = parallel::join(weighted_a, sums);
        let a = G1Projective::normalize_batch(&a);
        let mut pairs: Vec<_> = a
            .into_iter()
            .zip(claims)
            .map(|(a, (proof, _))| (a, proof.b))
            .collect();
        pairs.extend(self.negated([self.weighted_statement(constant, &statement), d, c]));
        let alpha = (self.key.alpha * -constant).into_affine();
        pairs.push((alpha, self.key.beta));
        Product::of(&pairs).equals(&Product::of(&[]))
    }
}

/// Fresh weights from the operating system. `None` if it has no random numbers to give.
fn weights(count: usize) -> Option<Vec<Weight>> {
    let mut bytes = vec![[0; 16]; count];
    OsRng.try_fill_bytes(bytes.as_flattened_mut()).ok()?;
    let weight = |bytes: [u8; 16]| {
        let number = u128::from_le_bytes(bytes);
        [number as u64, (number >> 64) as u64]
    };
    Some(bytes.into_iter().map(weight).collect())
}
