//! Why a key must hold no σᵢ/γ, and why κ must not be γ: with one such point for the pole challenge, a program that
//! writes nothing is proved to write 7.
//!
//! The library leaves σᵢ/γ for each statement element in `gamma_abc_g1`; setup publishes σᵢ/κ and overwrites them. A
//! prover who has kept one adds s·σᵢ/γ to D, and the verifier's equation then speaks of the statement with s added to
//! its i-th element. The challenges hash D, so s is fixed before the statement is known, and most elements cannot be
//! moved to any purpose. The pole can: with γ' = γ + s every term 1/(γ − tuple) that the *verifier* adds to the
//! memory sum is one of 1/(γ' − (tuple + s)) for the circuit, which only ever sees γ'. An s that carries the tuple
//! (output 0, time 0) to (stack cell 1, time 2) makes the claimed output word remove a word that the program left
//! on its stack, in place of the leftover row that should.
//!
//! What this covers: a whole proof file, through the whole verifier. What it does not: it moves one statement
//! element of the five, and says nothing of what else could be forged with the leaked points.

use crate::circuit::layout::{leftover, statement};
use crate::circuit::statement::statement as compute;
use crate::circuit::tuple::{packed_public, Space};
use crate::circuit::witness::Recording;
use crate::circuit::Capacities;
use crate::isa::Op;
use crate::program::{Instruction, Program};
use crate::proof::prove::{commit, multiply};
use crate::proof::transcript::{challenges, trace_commitment};
use crate::proof::{setup, verify, KeyError, ProofFile, ProvingKey, Silent, VerifyError};
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Bls12_381, Fr, G1Affine};
use ark_ec::pairing::Pairing;
use ark_ec::CurveGroup;
use ark_ff::{Field, UniformRand, Zero};
use rand::rngs::StdRng;
use rand::SeedableRng;

/// PUSH 7, PUSH 8, HALT: nothing is written, and cell 1 of the stack holds 7 from time 2 on.
fn silent_program() -> Program {
    let push = |word| (Op::Push, Some(word));
    let lines = [push(7), push(8), (Op::Halt, None)];
    Program::new(lines.map(|(op, operand)| (Instruction { op, operand }, 1)))
}

/// A key and its κ/γ, which takes each published σ/κ to the σ/γ that the library left. Setup draws the trapdoors
/// first, so its seed gives them again.
fn key_and_rescale() -> (ProvingKey, Fr) {
    let capacities = Capacities {
        rows: 4,
        program: 4,
        range_bits: 4,
        heap: 1,
        stack: 2,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
    };
    let seeded = || StdRng::seed_from_u64(7);
    let key = setup(capacities, &mut seeded(), &Silent).unwrap();
    let mut again = seeded();
    let [_alpha, _beta, gamma, _delta, kappa] = [(); 5].map(|()| Fr::rand(&mut again));
    (key, kappa * gamma.inverse().unwrap())
}

fn published_base(key: &ProvingKey) -> G1Affine {
    key.verifying.statement[statement::GAMMA.0 as usize]
}

/// Claims the output 7 with s·`base` hidden in D.
fn forge(key: &ProvingKey, base: G1Affine) -> ProofFile {
    let mut rng = StdRng::seed_from_u64(8);
    let (program, output) = (silent_program(), vec![7]);
    let recording = Recording::new(&program, &Inputs::default(), Limits::default()).unwrap();
    assert!(recording.outputs.is_empty(), "the claim would be true");
    let layout = &key.circuit.layout;
    let mut assignment = recording.commit(layout).unwrap();
    // The claimed output removes cell 1 in place of its leftover row.
    assignment[layout.stack.at(1, leftover::ACTIVE).0 as usize] = Fr::zero();
    *assignment.last_mut().unwrap() = Fr::rand(&mut rng);
    let cell = packed_public(Space::Stack, 1) + Fr::from(2u64);
    let shift = cell - packed_public(Space::Output, 0);
    let d = (commit(key, &assignment) + base * shift).into_affine();

    let digest = key.verifying.digest();
    let circuit = key.verifying.circuit;
    let challenges = challenges(&circuit, &digest, &program, &[], &output, &d);
    let Capacities {
        program: entries,
        rows,
        ..
    } = layout.capacities;
    let statement = compute(&program, &[], &output, entries, rows, &challenges).unwrap();
    assignment[1..=statement::LEN].copy_from_slice(&statement);
    assignment[statement::GAMMA.0 as usize] += shift;
    key.circuit.derive(&mut assignment);
    // Succeeds only if every constraint holds: the pairing alone is left to refuse the forgery.
    let proof = multiply(key, &assignment, d, &mut rng, &Silent);
    ProofFile {
        circuit,
        key: digest,
        program: program.digest(),
        public_input: vec![],
        public_output: output,
        trace_commitment: trace_commitment(&digest, &d),
        proof: proof.unwrap().unwrap(),
    }
}

#[test]
fn a_leaked_base_proves_a_false_output() {
    let (key, rescale) = key_and_rescale();
    let published = published_base(&key);
    let leaked = (published * rescale).into_affine();
    // One point alone pairs with γ as the published one does with κ.
    assert_eq!(
        Bls12_381::pairing(leaked, key.verifying.gamma),
        Bls12_381::pairing(published, key.verifying.kappa)
    );
    let forged = ProofFile::from_json(&forge(&key, leaked).to_json()).unwrap();
    verify(&key.verifying, &silent_program(), &forged).unwrap();
}

#[test]
fn the_published_base_proves_nothing_false() {
    let (key, _) = key_and_rescale();
    let forged = forge(&key, published_base(&key));
    let answer = verify(&key.verifying, &silent_program(), &forged);
    assert!(matches!(answer, Err(VerifyError::Pairing)), "{answer:?}");
}

/// With one trapdoor for both blocks what is published is what must not leak. Such a key is refused; used all the
/// same, it is forged under without any secret.
#[test]
fn with_kappa_equal_to_gamma_the_published_base_forges() {
    let (mut key, rescale) = key_and_rescale();
    key.verifying.kappa = key.verifying.gamma;
    for base in &mut key.verifying.statement {
        *base = (*base * rescale).into_affine();
    }
    let forged = forge(&key, published_base(&key));
    verify(&key.verifying, &silent_program(), &forged).unwrap();
    let refusal = key.verifying.check();
    assert!(
        matches!(refusal, Err(KeyError::Degenerate("gamma", "kappa"))),
        "{refusal:?}"
    );
}
