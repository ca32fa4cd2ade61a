//! The verifier: four pairings, independent of the program. `batch` verifies many proofs together.

use super::elements::ProofElements;
use super::error::{KeyError, VerifyError};
use super::key::{Origin, VerifyingKey};
use super::pairing::Product;
use super::proof_json::Proof;
use super::statement::Statement;
use super::straus::Bases;
use super::transcript::{Hash, challenges, trace_commitment};
use crate::circuit::layout::statement;
use crate::circuit::statement as compute;
use crate::circuit::tier::UNKNOWN;
use crate::lang::program::Program;
use crate::log;
use crate::parallel;
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::AffineRepr;
use ark_ff::PrimeField;
use tracing::{debug_span, info};

/// The variables of the statement: the challenges, and what the verifier computes with them.
pub(super) type StatementVariables = [Fr; statement::LEN];

/// A verifying key prepared for use: e(α, β) and the small multiples of the statement's bases are computed once.
#[derive(Clone, Debug)]
pub struct Verifier {
    pub(super) key: VerifyingKey,
    digest: Hash,
    alpha_beta: Product,
    statement: Bases,
    origin: Origin,
}

impl Verifier {
    /// A verifier from the bytes of a verifying key. The key counts as imported ([`Origin::Imported`]).
    ///
    /// # Errors
    /// When the bytes are not a verifying key, or the key is unsafe or for a circuit that this version does not have.
    pub fn from_bytes(key: &[u8]) -> Result<Self, KeyError> {
        Ok(Verifier::new(&VerifyingKey::from_bytes(key)?))
    }

    /// A verifier with this key, which counts as imported ([`Origin::Imported`]).
    pub fn new(key: &VerifyingKey) -> Self {
        let bases = key.statement.get(1..).unwrap_or(&[]);
        let (alpha_beta, statement) = parallel::join(
            || Product::of(&[(key.alpha, key.beta)]),
            || Bases::new(bases),
        );
        Verifier {
            digest: key.digest(),
            alpha_beta,
            statement,
            key: key.clone(),
            origin: Origin::Imported,
        }
    }

    /// The same verifier, with another origin of the key.
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The origin of the key.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The verifying key.
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// Whether e(A, B) = e(α, β) · e(S₀ + Σ xᵢSᵢ, κ) · e(D, γ) · e(C, δ) and no point is the identity. Curve and
    /// subgroup membership are checked when bytes are decoded to points.
    pub fn holds(&self, proof: &ProofElements, statement: &[Fr; statement::LEN]) -> bool {
        if has_identity(proof) {
            return false;
        }
        let ProofElements { a, b, c, d } = *proof;
        let sum = self.weighted_statement(Fr::from(1u64), statement);
        let [over_kappa, over_gamma, over_delta] = self.negated([sum, d.into(), c.into()]);
        Product::of(&[(a, b), over_kappa, over_gamma, over_delta]).equals(&self.alpha_beta)
    }

    /// constant·S₀ + Σ xᵢSᵢ.
    pub(super) fn weighted_statement(
        &self,
        constant: Fr,
        statement: &StatementVariables,
    ) -> G1Projective {
        let first = self.key.statement.first().copied().unwrap_or_default();
        let scalars = statement.map(|value| value.into_bigint());
        let first = match constant == Fr::from(1u64) {
            true => first.into(),
            false => first * constant,
        };
        first + self.statement.sum(&scalars)
    }

    /// The pairs of the right side of the equation, negated so that they stand on the side of e(A, B): those of the
    /// sums that pair with κ, γ and δ.
    pub(super) fn negated(&self, sums: [G1Projective; 3]) -> [(G1Affine, G2Affine); 3] {
        let [sum, d, c] = sums.map(|sum| -G1Affine::from(sum));
        let VerifyingKey {
            kappa,
            gamma,
            delta,
            ..
        } = self.key;
        [(sum, kappa), (d, gamma), (c, delta)]
    }

    /// Verifies that the program, on the proof's public input and some secret input, halts with the proof's public
    /// output. The statement is computed from the program. The digests in the proof only give an early and precise
    /// error.
    ///
    /// # Errors
    /// The reason why the proof is not valid.
    pub fn verify(&self, program: &Program, proof: &Proof) -> Result<Statement, VerifyError> {
        let _span = debug_span!(target: log::PROOF, "verify").entered();
        let variables = self.variables(program, proof);
        let result =
            variables.and_then(|variables| match self.holds(&proof.elements, &variables) {
                true => Ok(self.statement(proof)),
                false => Err(VerifyError::Pairing),
            });
        info!(target: log::PROOF, valid = result.is_ok(), "verified");
        result
    }

    /// The statement of a proof that is valid.
    pub(super) fn statement(&self, proof: &Proof) -> Statement {
        Statement {
            public_input: proof.public_input.clone(),
            public_output: proof.public_output.clone(),
            program: proof.program,
            trace_commitment: proof.trace_commitment,
            key: self.digest,
            key_origin: self.origin,
        }
    }

    /// Every check but the equation: the file is for this key, this circuit and this program, and its fields match its
    /// points. Returns the variables of the statement.
    pub(super) fn variables(
        &self,
        program: &Program,
        proof: &Proof,
    ) -> Result<StatementVariables, VerifyError> {
        let differs = |found: &Hash, expected: &Hash| (hex::encode(found), hex::encode(expected));
        if proof.circuit != self.key.circuit {
            let found = proof.tier()?.name;
            let expected = self.key.tier().map_or(UNKNOWN, |tier| tier.name);
            return Err(VerifyError::Circuit { found, expected });
        }
        if proof.key != self.digest {
            let (found, expected) = differs(&proof.key, &self.digest);
            return Err(VerifyError::Key { found, expected });
        }
        let (input, output) = (&proof.public_input, &proof.public_output);
        let capacities = &self.key.capacities;
        // This comes before any hashing or encoding, because the lengths in the file are untrusted.
        compute::check_lengths(program, input, output, capacities)?;
        let digest = program.digest();
        if proof.program != digest {
            let (found, expected) = differs(&proof.program, &digest);
            return Err(VerifyError::Program { found, expected });
        }
        if proof.trace_commitment != trace_commitment(&self.digest, &proof.elements.d) {
            return Err(VerifyError::Commitment);
        }
        let challenges = challenges(
            &self.key.circuit,
            &self.digest,
            program,
            input,
            output,
            &proof.elements.d,
        );
        let statement = compute::statement(program, input, output, capacities, &challenges)?;
        Ok(statement)
    }
}

/// Whether a point is the identity, which no honest proof has.
pub(super) fn has_identity(proof: &ProofElements) -> bool {
    let ProofElements { a, b, c, d } = proof;
    a.is_zero() || b.is_zero() || c.is_zero() || d.is_zero()
}

/// Verifies one proof. For several proofs, make a [`Verifier`] once.
///
/// # Errors
/// As [`Verifier::verify`].
pub fn verify(
    key: &VerifyingKey,
    program: &Program,
    proof: &Proof,
) -> Result<Statement, VerifyError> {
    Verifier::new(key).verify(program, proof)
}
