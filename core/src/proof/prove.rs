//! The prover: commit, draw challenges, derive, prove, and verify before anyone sees the proof.

use super::error::ProveError;
use super::file::ProofFile;
use super::key::ProvingKey;
use super::opening::Opening;
use super::reduction::CommittedReduction;
use super::transcript::{challenges, trace_commitment};
use super::verify::PreparedVerifyingKey;
use super::{Progress, Proof};
use crate::circuit::statement::{statement, StatementError};
use crate::circuit::witness::Recording;
use crate::program::Program;
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Bls12_381, Fr, G1Affine, G1Projective};
use ark_ec::{AffineRepr, CurveGroup, VariableBaseMSM};
use ark_ff::{PrimeField, UniformRand};
use ark_groth16::Groth16;
use rand::{CryptoRng, RngCore};

/// A proof and what was said about it.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The proof file.
    pub file: ProofFile,
    /// What opens the trace commitment. It reveals every secret.
    pub opening: Opening,
    /// Steps of the run; the proof does not say.
    pub steps: u64,
    /// Constraints of the circuit.
    pub constraints: usize,
}

/// Runs a program and proves the run with a key, verifying the proof before returning it.
///
/// # Errors
/// When the run traps or does not fit the key's tier, or the key is damaged.
pub fn prove(
    key: &ProvingKey,
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &dyn Progress,
) -> Result<Proved, ProveError> {
    let recording = Recording::new(program, inputs, limits)?;
    prove_recording(key, program, inputs, &recording, rng, progress)
}

/// Proves a run that has been recorded.
///
/// # Errors
/// As [`prove`], but for traps.
pub fn prove_recording(
    key: &ProvingKey,
    program: &Program,
    inputs: &Inputs,
    recording: &Recording,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &dyn Progress,
) -> Result<Proved, ProveError> {
    let circuit = &key.circuit;
    let digest = key.verifying.digest();
    progress.phase("witness", 0.0);
    let committed = recording.commit(&circuit.layout)?;
    // A pole or an identity comes once in 2^200 times; another blind moves it.
    for _ in 0..4 {
        let mut assignment = committed.clone();
        let blind = Fr::rand(rng);
        if let Some(last) = assignment.last_mut() {
            *last = blind;
        }
        progress.phase("commitment", 0.1);
        let d = commit(key, &assignment);
        let challenges = challenges(
            &key.verifying.circuit,
            &digest,
            program,
            &inputs.public,
            &recording.outputs,
            &d,
        );
        let capacities = circuit.layout.capacities;
        let statement = match statement(
            program,
            &inputs.public,
            &recording.outputs,
            capacities.program,
            capacities.rows,
            &challenges,
        ) {
            Err(StatementError::Pole) => continue,
            other => other?,
        };
        for (slot, value) in assignment.iter_mut().skip(1).zip(statement) {
            *slot = value;
        }
        progress.phase("witness", 0.2);
        circuit.derive(&mut assignment);
        let Some(proof) = multiply(key, &assignment, d, rng, progress)? else {
            continue;
        };
        progress.phase("verification", 0.95);
        let prepared = PreparedVerifyingKey::new(&key.verifying);
        if !prepared.holds(&proof, &statement) {
            return Err(ProveError::SelfCheck);
        }
        let file = ProofFile {
            circuit: key.verifying.circuit,
            key: digest,
            program: program.digest(),
            public_input: inputs.public.clone(),
            public_output: recording.outputs.clone(),
            trace_commitment: trace_commitment(&digest, &d),
            proof,
        };
        let opening = Opening {
            secret: inputs.secret.clone(),
            blind,
        };
        let constraints = circuit.matrices.constraints();
        progress.phase("verification", 1.0);
        return Ok(Proved {
            file,
            opening,
            steps: recording.steps,
            constraints,
        });
    }
    Err(ProveError::Statement(StatementError::Pole))
}

/// D = Σ wᵢ·Pᵢ + r·P_blind, the committed part of an assignment over its bases.
pub(super) fn commit(key: &ProvingKey, assignment: &[Fr]) -> G1Affine {
    let layout = &key.circuit.layout;
    let block = assignment
        .get(layout.committed_start()..layout.committed_end())
        .unwrap_or(&[]);
    let scalars: Vec<_> = block.iter().map(|value| value.into_bigint()).collect();
    G1Projective::msm_bigint(&key.bases, &scalars).into_affine()
}

/// A, B and C by the library, from the products of the key's matrices. `None` if a point came out as the identity.
pub(super) fn multiply(
    key: &ProvingKey,
    assignment: &[Fr],
    d: G1Affine,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &dyn Progress,
) -> Result<Option<Proof>, ProveError> {
    let matrices = &key.circuit.matrices;
    let evaluate = |matrix: usize| matrices.evaluate(matrix, assignment);
    let (a, b, c) = (evaluate(0), evaluate(1), evaluate(2));
    let wrong = a
        .iter()
        .zip(&b)
        .zip(&c)
        .position(|((a, b), c)| *a * b != *c);
    if let Some(constraint) = wrong {
        return Err(ProveError::Unsatisfied { constraint });
    }
    let one_row = |values: Vec<Fr>| vec![values.into_iter().map(|value| (value, 0)).collect()];
    let products = [one_row(a), one_row(b), one_row(c)];
    progress.phase("multiplications", 0.3);
    let proof = Groth16::<Bls12_381, CommittedReduction>::create_proof_with_reduction_and_matrices(
        &key.groth16,
        Fr::rand(rng),
        Fr::rand(rng),
        &products,
        key.circuit.layout.committed_end(),
        matrices.constraints(),
        assignment,
    )
    .map_err(|error| ProveError::Library(error.to_string()))?;
    let proof = Proof {
        a: proof.a,
        b: proof.b,
        c: proof.c,
        d,
    };
    let degenerate = proof.a.is_zero() || proof.b.is_zero() || proof.c.is_zero() || d.is_zero();
    Ok((!degenerate).then_some(proof))
}
