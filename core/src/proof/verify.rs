//! The verifier: four pairings, whatever the program.

use super::error::VerifyError;
use super::file::ProofFile;
use super::key::VerifyingKey;
use super::transcript::{challenges, trace_commitment, Hash};
use super::Proof;
use crate::circuit::layout::statement;
use crate::circuit::statement as compute;
use crate::circuit::Capacities;
use crate::program::Program;
use ark_bls12_381::{Bls12_381, Fr, G1Projective, G2Affine};
use ark_ec::pairing::{Pairing, PairingOutput};
use ark_ec::AffineRepr;

type G2Prepared = <Bls12_381 as Pairing>::G2Prepared;

/// A verifying key ready for use: e(α, β) and the fixed points' lines computed once.
#[derive(Clone, Debug)]
pub struct PreparedVerifyingKey {
    key: VerifyingKey,
    digest: Hash,
    alpha_beta: PairingOutput<Bls12_381>,
    gamma: G2Prepared,
    delta: G2Prepared,
    kappa: G2Prepared,
}

impl PreparedVerifyingKey {
    /// Prepares a key.
    pub fn new(key: &VerifyingKey) -> Self {
        let negated = |point: G2Affine| G2Prepared::from(-point);
        PreparedVerifyingKey {
            digest: key.digest(),
            alpha_beta: Bls12_381::pairing(key.alpha, key.beta),
            gamma: negated(key.gamma),
            delta: negated(key.delta),
            kappa: negated(key.kappa),
            key: key.clone(),
        }
    }

    /// Whether e(A, B) = e(α, β) · e(Σ xᵢSᵢ, κ) · e(D, γ) · e(C, δ), no point being the identity. On-curve and
    /// subgroup checks are made where bytes become points.
    pub fn holds(&self, proof: &Proof, statement: &[Fr; statement::LEN]) -> bool {
        let Proof { a, b, c, d } = *proof;
        if a.is_zero() || b.is_zero() || c.is_zero() || d.is_zero() {
            return false;
        }
        let Some((constant, bases)) = self.key.statement.split_first() else {
            return false;
        };
        let mut sum = G1Projective::from(*constant);
        for (base, value) in bases.iter().zip(statement) {
            sum += *base * value;
        }
        let left = [a, sum.into(), d, c];
        let right: [G2Prepared; 4] = [
            b.into(),
            self.kappa.clone(),
            self.gamma.clone(),
            self.delta.clone(),
        ];
        Bls12_381::multi_pairing(left, right) == self.alpha_beta
    }

    /// As [`verify`].
    ///
    /// # Errors
    /// As [`verify`].
    pub fn verify(&self, program: &Program, file: &ProofFile) -> Result<(), VerifyError> {
        let differs = |found: &Hash, expected: &Hash| (hex::encode(found), hex::encode(expected));
        if file.circuit != self.key.circuit {
            let (found, expected) = differs(&file.circuit, &self.key.circuit);
            return Err(VerifyError::Circuit { found, expected });
        }
        if file.key != self.digest {
            let (found, expected) = differs(&file.key, &self.digest);
            return Err(VerifyError::Key { found, expected });
        }
        let (input, output) = (&file.public_input, &file.public_output);
        let Capacities {
            program: entries,
            rows,
            ..
        } = self.key.capacities;
        // Before anything is hashed or encoded: the file's lengths are a stranger's.
        compute::check_lengths(program, input, output, entries, rows)?;
        if file.program != program.digest() {
            let (found, expected) = differs(&file.program, &program.digest());
            return Err(VerifyError::Program { found, expected });
        }
        if file.trace_commitment != trace_commitment(&self.digest, &file.proof.d) {
            return Err(VerifyError::Commitment);
        }
        let challenges = challenges(
            &self.key.circuit,
            &self.digest,
            program,
            input,
            output,
            &file.proof.d,
        );
        let statement = compute::statement(program, input, output, entries, rows, &challenges)?;
        match self.holds(&file.proof, &statement) {
            true => Ok(()),
            false => Err(VerifyError::Pairing),
        }
    }
}

/// Verifies that the program, on the file's public input and some secret input, halts with the file's public output.
/// The statement is computed from the program's text; the digests in the file only say early what does not match.
///
/// # Errors
/// Why the proof is not valid.
pub fn verify(key: &VerifyingKey, program: &Program, file: &ProofFile) -> Result<(), VerifyError> {
    PreparedVerifyingKey::new(key).verify(program, file)
}
