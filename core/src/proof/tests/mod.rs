//! Attacks on the protocol: each is refused by a rule, and succeeds without it. Also key files, batches and the library's Groth16.

mod batch;
mod key_file;
mod leaked_bases;
mod malicious_prover;
mod reference;
mod simulator;
mod weak_keys;

use super::commitment::commit;
use super::progress::ProgressRange;
use super::prove::groth16;
use super::reduction::domain;
use super::setup::generate;
use super::transcript::{challenges, trace_commitment};
use super::trapdoors::Trapdoors;
use super::{Proof, ProofElements, ProvingKey, Silent};
use crate::circuit::ExecutionTrace;
use crate::circuit::layout::{program, statement};
use crate::circuit::statement::{Challenges, statement as compute};
use crate::circuit::{Capacities, Circuit};
use crate::lang::program::{Program, assemble};
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Fr, G1Affine, G1Projective};
use ark_ff::{Field, UniformRand};
use rand::rngs::OsRng;
use zeroize::Zeroizing;

/// A circuit for runs of up to `rows` steps.
pub(super) fn tiny_circuit(rows: usize) -> Circuit {
    Circuit::new(Capacities {
        rows,
        program: 4,
        range_bits: 4,
        heap: 1,
        stack: 2,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
        compare: 1,
        sha256: 0,
    })
    .unwrap()
}

/// A key for runs of up to `rows` steps, and its trapdoors.
fn tiny_key(rows: usize) -> (ProvingKey, Trapdoors) {
    let circuit = tiny_circuit(rows);
    let domain = domain(circuit.matrices.constraints()).unwrap();
    let trapdoors = Trapdoors::draw(&domain, &mut OsRng);
    let key = generate(circuit, &domain, &trapdoors, &Silent).unwrap();
    (key, trapdoors)
}

/// The statement of a proof file.
#[derive(Clone)]
struct Claim {
    program: Program,
    input: Vec<u32>,
    output: Vec<u32>,
}

impl Claim {
    /// The statement that a program without inputs writes these words.
    fn new(text: &str, output: &[u32]) -> Claim {
        Claim {
            program: assemble(text).program.unwrap(),
            input: vec![],
            output: output.to_vec(),
        }
    }

    fn challenges(&self, key: &ProvingKey, d: &G1Affine) -> Challenges {
        let (id, digest) = (&key.verifying.circuit, key.verifying.digest());
        challenges(id, &digest, &self.program, &self.input, &self.output, d)
    }

    fn statement(&self, key: &ProvingKey, challenges: &Challenges) -> [Fr; statement::LEN] {
        let capacities = &key.verifying.capacities;
        let (input, output) = (&self.input, &self.output);
        compute(&self.program, input, output, capacities, challenges).unwrap()
    }

    /// The proof file for the statement with a proof.
    fn file(&self, key: &ProvingKey, proof: ProofElements) -> Proof {
        let digest = key.verifying.digest();
        Proof {
            circuit: key.verifying.circuit,
            key: digest,
            program: self.program.digest(),
            public_input: self.input.clone(),
            public_output: self.output.clone(),
            trace_commitment: trace_commitment(&digest, &proof.d),
            elements: proof,
        }
    }

    /// The committed part of the assignment of a run of the program, with a fresh blind.
    fn committed(&self, key: &ProvingKey) -> Vec<Fr> {
        let inputs = Inputs {
            public: self.input.clone(),
            secret: vec![],
        };
        let trace = ExecutionTrace::new(&self.program, &inputs, Limits::default()).unwrap();
        assert_eq!(trace.outputs, self.output, "the claim is not true");
        let mut assignment = trace.commit(&key.circuit.layout).unwrap();
        *assignment.last_mut().unwrap() = Fr::rand(&mut OsRng);
        assignment
    }
}

/// D = Σ wᵢ·Pᵢ of the committed part of an assignment.
fn d_of(key: &ProvingKey, committed: &[Fr]) -> G1Affine {
    commit(key, committed, ProgressRange::new(&Silent, 0.0..1.0))
}

/// Σ xᵢSᵢ, the constant's base included.
fn statement_sum(key: &ProvingKey, statement: &[Fr; statement::LEN]) -> G1Projective {
    let (constant, bases) = key.verifying.statement.split_first().unwrap();
    let terms = bases.iter().zip(statement).map(|(base, x)| *base * x);
    G1Projective::from(*constant) + terms.sum::<G1Projective>()
}

/// Changes a padding entry of the committed program table. At a known ρ it then agrees with the table of another program, whose
/// first operand is one less.
fn match_table_at(key: &ProvingKey, committed: &mut [Fr], known: &Challenges) {
    let table = key.circuit.layout.program;
    let last = table.rows - 1;
    let there = known.rho.pow([last as u64]).inverse().unwrap();
    committed[table.at(last, program::BITS).0 as usize] -= known.beta * there;
}

/// A, B and C for an assignment with this committed part, for any statement and any D. Panics unless every constraint holds.
fn prove_with(
    key: &ProvingKey,
    mut assignment: Vec<Fr>,
    statement: &[Fr; statement::LEN],
    d: G1Affine,
) -> ProofElements {
    assignment[1..=statement::LEN].copy_from_slice(statement);
    key.circuit.derive(&mut assignment);
    let rs = [(); 2].map(|()| Fr::rand(&mut OsRng));
    let proof = groth16(key, Zeroizing::new(assignment), d, rs, &Silent);
    proof.unwrap().unwrap()
}

/// The committed part of an honest proof, and the proof.
fn honest(key: &ProvingKey, claim: &Claim) -> (Vec<Fr>, ProofElements) {
    let committed = claim.committed(key);
    let d = d_of(key, &committed);
    let statement = claim.statement(key, &claim.challenges(key, &d));
    let proof = prove_with(key, committed.clone(), &statement, d);
    (committed, proof)
}
