//! The prover: commits, draws the challenges, derives the remaining witness, computes the proof, and verifies it before
//! returning it.

use super::Backend;
use super::commitment::commit;
use super::elements::ProofElements;
use super::error::ProveError;
use super::key::ProvingKey;
use super::multiply::multiply;
use super::opening::Opening;
use super::progress::ProgressRange;
use super::proof_json::Proof;
use super::random::ArkRng;
use super::reduction::products_on_coset;
use super::transcript::{challenges, trace_commitment};
use super::verifier::{StatementVariables, Verifier};
use crate::circuit::ExecutionTrace;
use crate::circuit::statement::{StatementError, statement};
use crate::lang::program::Program;
use crate::log;
use crate::progress::Progress;
use crate::vm::Inputs;
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::AffineRepr;
use ark_ff::UniformRand;
use rand_core::CryptoRng;
use rayon::prelude::*;
use tracing::{debug_span, info, info_span};
use zeroize::Zeroizing;

/// Fractions of the whole work at which the parts of a proof begin. Measured.
const COMMITMENT: f64 = 0.01;
const DERIVED: f64 = 0.02;
const CHECK: f64 = 0.03;
const FFTS: f64 = 0.04;
const MULTIPLICATIONS: f64 = 0.11;
const VERIFICATION: f64 = 0.99;

/// A proof, and what only the prover knows of it.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The proof.
    pub proof: Proof,
    /// The opening of the trace commitment. It reveals every secret.
    pub opening: Opening,
    /// Steps of the run. The proof does not contain this number.
    pub steps: u64,
    /// Constraints of the circuit.
    pub constraints: usize,
}

/// Proves a run whose execution trace is known, and verifies the proof before returning it. [`Prover`](super::Prover)
/// runs the program, picks a tier and finds a key.
///
/// # Errors
/// When the run does not fit the key's tier, the key is damaged, or `progress` says that the work is cancelled.
pub fn prove_trace(
    key: &ProvingKey,
    program: &Program,
    inputs: &Inputs,
    trace: &ExecutionTrace,
    rng: &mut (impl CryptoRng + ?Sized),
    progress: &dyn Progress,
) -> Result<Proved, ProveError> {
    let rng = &mut ArkRng(rng);
    let circuit = &key.circuit;
    let digest = key.verifying.digest();
    let constraints = circuit.matrices.constraints();
    let span = info_span!(
        target: log::PROOF,
        "prove",
        rows = circuit.layout.capacities.rows,
        variables = circuit.variables,
        constraints,
        backend = Backend::current().name(),
    );
    let _entered = span.enter();
    let run = Run {
        key,
        program,
        inputs,
        trace,
        progress,
    };
    // A pole or an identity has a probability of about 2^-200. Other random numbers avoid it.
    for _ in 0..4 {
        let random = Random {
            blind: Fr::rand(rng),
            rs: [Fr::rand(rng), Fr::rand(rng)],
        };
        // All of the work is done by the pool's threads: to hand them each part from outside takes longer. One of them
        // prepares the verifier while the other has work that cannot be shared.
        let (attempt, verifier) = rayon::join(
            || span.in_scope(|| run.attempt(&random)),
            || Verifier::new(&key.verifying),
        );
        let Some((elements, statement)) = attempt? else {
            continue;
        };
        progress.phase("verification", VERIFICATION);
        let holds = debug_span!(target: log::PROOF, "self-check")
            .in_scope(|| verifier.holds(&elements, &statement));
        if !holds {
            return Err(ProveError::SelfCheck);
        }
        let proof = Proof {
            circuit: key.verifying.circuit,
            key: digest,
            program: program.digest(),
            public_input: inputs.public.clone(),
            public_output: trace.outputs.clone(),
            trace_commitment: trace_commitment(&digest, &elements.d),
            elements,
        };
        let opening = Opening {
            secret: inputs.secret.clone(),
            blind: random.blind,
        };
        progress.phase("verification", 1.0);
        info!(target: log::PROOF, bytes = ProofElements::BYTES, "proved");
        return Ok(Proved {
            proof,
            opening,
            steps: trace.steps,
            constraints,
        });
    }
    Err(ProveError::Statement(StatementError::Pole))
}

/// The random numbers of a proof: that of the commitment, and Groth16's two.
struct Random {
    blind: Fr,
    rs: [Fr; 2],
}

/// What a proof is made from, apart from random numbers.
struct Run<'a> {
    key: &'a ProvingKey,
    program: &'a Program,
    inputs: &'a Inputs,
    trace: &'a ExecutionTrace,
    progress: &'a dyn Progress,
}

impl Run<'_> {
    /// A proof with these random numbers, not verified yet, and the variables of its statement. `None` if other random
    /// numbers are needed.
    fn attempt(
        &self,
        random: &Random,
    ) -> Result<Option<(ProofElements, StatementVariables)>, ProveError> {
        let Run {
            key,
            program,
            inputs,
            trace,
            progress,
        } = *self;
        let circuit = &key.circuit;
        progress.phase("witness", 0.0);
        let committed = debug_span!(target: log::PROOF, "witness", part = "committed")
            .in_scope(|| trace.commit(&circuit.layout));
        let committed = Zeroizing::new(committed?);
        // The capacity covers the rest of the witness: a vector that grows would leave a copy of its contents in
        // memory.
        let mut assignment = Zeroizing::new(Vec::with_capacity(circuit.variables));
        assignment.extend_from_slice(&committed);
        drop(committed);
        if let Some(last) = assignment.last_mut() {
            *last = random.blind;
        }
        let d = commit(
            key,
            &assignment,
            ProgressRange::new(progress, COMMITMENT..DERIVED),
        );
        if progress.is_cancelled() {
            return Err(ProveError::Cancelled);
        }
        let challenges = challenges(
            &key.verifying.circuit,
            &key.verifying.digest(),
            program,
            &inputs.public,
            &trace.outputs,
            &d,
        );
        let capacities = circuit.layout.capacities;
        let statement = match statement(
            program,
            &inputs.public,
            &trace.outputs,
            &capacities,
            &challenges,
        ) {
            Err(StatementError::Pole) => return Ok(None),
            other => other?,
        };
        for (slot, value) in assignment.iter_mut().skip(1).zip(statement) {
            *slot = value;
        }
        progress.phase("witness", DERIVED);
        debug_span!(target: log::PROOF, "witness", part = "derived")
            .in_scope(|| circuit.derive(&mut assignment));
        let elements = groth16(key, assignment, d, random.rs, progress)?;
        Ok(elements.map(|elements| (elements, statement)))
    }
}

/// A, B and C, from Groth16's two random numbers. `None` if one of the points is the identity.
pub(super) fn groth16(
    key: &ProvingKey,
    assignment: Zeroizing<Vec<Fr>>,
    d: G1Affine,
    rs: [Fr; 2],
    progress: &dyn Progress,
) -> Result<Option<ProofElements>, ProveError> {
    progress.phase("constraints", CHECK);
    let span = debug_span!(target: log::PROOF, "constraints").entered();
    let matrices = &key.circuit.matrices;
    let [a, b, c] = [0, 1, 2].map(|matrix| Zeroizing::new(matrices.evaluate(matrix, &assignment)));
    let wrong = a
        .par_iter()
        .zip(b.par_iter())
        .zip(c.par_iter())
        .position_first(|((a, b), c)| *a * b != *c);
    if let Some(constraint) = wrong {
        return Err(ProveError::Unsatisfied { constraint });
    }
    drop(span);
    let ffts = ProgressRange::new(progress, FFTS..MULTIPLICATIONS);
    drop(c);
    let products = products_on_coset([a, b], ffts).ok_or(ProveError::Domain)?;
    let (a, b, c) = multiply(
        key,
        assignment,
        products,
        rs,
        ProgressRange::new(progress, MULTIPLICATIONS..VERIFICATION),
    );
    if progress.is_cancelled() {
        return Err(ProveError::Cancelled);
    }
    let degenerate = a.is_zero() || b.is_zero() || c.is_zero() || d.is_zero();
    Ok((!degenerate).then_some(ProofElements { a, b, c, d }))
}
