//! A key must contain no σᵢ/γ, and κ must not be γ. With one such point for the challenge γ of the sums (the pole), a
//! malicious prover can prove that a program which writes nothing writes 1.
//!
//! A Groth16 generator computes σᵢ/γ for each statement element; the setup here computes σᵢ/κ instead. A prover who has
//! σᵢ/γ adds s·σᵢ/γ to D. Then the verifier's equation is that of the statement with s added to its i-th element. The
//! challenges hash D, so s is fixed before the statement is known, and most elements cannot be changed to any useful
//! value. The pole can: with γ' = γ + s, every term 1/(γ − tuple) that the *verifier* adds to the memory sum is 1/(γ' −
//! (tuple + s)) for the circuit, which contains only γ'. Choose s so that it maps the tuple (output 0, time 0) to
//! (calls cell 0, time 1). Then the claimed output word removes a return address that the program left on its call
//! stack, in place of the leftover row that should remove it.
//!
//! Covered: a complete proof file, the complete verifier, and the bytes of a key. Not covered: the other four statement
//! elements, and what else could be proved with the leaked points.

use super::{Claim, prove_with, tiny_key};
use crate::circuit::ExecutionTrace;
use crate::circuit::layout::{leftover, statement};
use crate::circuit::tuple::{Space, packed_public};
use crate::lang::isa::Op;
use crate::lang::program::{Instruction, Program};
use crate::proof::commitment::commit;
use crate::proof::key::{Curve, Points};
use crate::proof::progress::ProgressRange;
use crate::proof::{KeyError, Proof, ProvingKey, Silent, VerifyError, verify};
use crate::vm::{Inputs, Limits};
use ark_bls12_381::{Bls12_381, Fr, G1Affine, G1Projective};
use ark_ec::CurveGroup;
use ark_ec::pairing::Pairing;
use ark_ff::{UniformRand, Zero};
use ark_serialize::CanonicalSerialize;
use rand::rngs::OsRng;

/// CALL 1, HALT: nothing is written, and cell 0 of the call stack holds 1 from time 1 on.
fn silent_program() -> Program {
    let lines = [(Op::Call, Some(1)), (Op::Halt, None)];
    Program::new(lines.map(|(op, operand)| (Instruction { op, operand }, 1)))
}

/// A key, and the σᵢ/γ of its trapdoors, that of the constant first.
fn key_and_toxic_bases() -> (ProvingKey, Vec<G1Affine>) {
    let (key, trapdoors) = tiny_key(4);
    let toxic = trapdoors.toxic_bases(&key.circuit);
    assert_eq!(toxic.len(), key.verifying.statement.len());
    (key, toxic)
}

fn published_base(key: &ProvingKey) -> G1Affine {
    key.verifying.statement[statement::GAMMA.0 as usize]
}

/// Claims the output 1 with s·`base` hidden in D.
fn prove_false_output(key: &ProvingKey, base: G1Affine) -> Proof {
    let rng = &mut OsRng;
    let (program, output) = (silent_program(), vec![1]);
    let trace = ExecutionTrace::new(&program, &Inputs::default(), Limits::default()).unwrap();
    assert!(trace.outputs.is_empty(), "the claim would be true");
    let layout = &key.circuit.layout;
    let mut assignment = trace.commit(layout).unwrap();
    // The claimed output removes the cell in place of its leftover row.
    assignment[layout.calls.at(0, leftover::ACTIVE).0 as usize] = Fr::zero();
    *assignment.last_mut().unwrap() = Fr::rand(rng);
    let cell = packed_public(Space::Calls) + Fr::from(1u64);
    let shift = cell - packed_public(Space::Output);
    let honest = commit(key, &assignment, ProgressRange::new(&Silent, 0.0..1.0));
    let d = (honest + base * shift).into_affine();

    let claim = Claim {
        program,
        input: vec![],
        output,
    };
    let mut statement = claim.statement(key, &claim.challenges(key, &d));
    statement[statement::GAMMA.0 as usize - 1] += shift;
    // Succeeds only if every constraint holds: only the pairing can refuse the proof.
    let proof = prove_with(key, assignment, &statement, d);
    claim.file(key, proof)
}

#[test]
fn a_leaked_base_proves_a_false_output() {
    let (key, toxic) = key_and_toxic_bases();
    // Each pairs with γ as the published one does with κ.
    for (toxic, published) in toxic.iter().zip(&key.verifying.statement) {
        assert_eq!(
            Bls12_381::pairing(toxic, key.verifying.gamma),
            Bls12_381::pairing(published, key.verifying.kappa)
        );
    }
    let leaked = toxic[statement::GAMMA.0 as usize];
    let false_proof = Proof::from_json(&prove_false_output(&key, leaked).to_json()).unwrap();
    verify(&key.verifying, &silent_program(), &false_proof).unwrap();
}

#[test]
fn the_published_base_proves_nothing_false() {
    let (key, _) = key_and_toxic_bases();
    let false_proof = prove_false_output(&key, published_base(&key));
    let answer = verify(&key.verifying, &silent_program(), &false_proof);
    assert!(matches!(answer, Err(VerifyError::Pairing)), "{answer:?}");
}

/// If one trapdoor serves for both blocks, the published bases are the toxic ones. Such a key is refused. If it is used
/// all the same, anyone can prove false statements.
#[test]
fn with_kappa_equal_to_gamma_the_published_base_proves_a_false_output() {
    let (mut key, toxic) = key_and_toxic_bases();
    key.verifying.kappa = key.verifying.gamma;
    key.verifying.statement = toxic;
    let false_proof = prove_false_output(&key, published_base(&key));
    verify(&key.verifying, &silent_program(), &false_proof).unwrap();
    let refusal = key.verifying.check();
    assert!(
        matches!(refusal, Err(KeyError::Degenerate("gamma", "kappa"))),
        "{refusal:?}"
    );
}

/// Whether the bytes contain a point or its negative: compressed or not, which both begin with x and have three flags
/// in the first byte, or as a record, which also begins with x.
fn holds(bytes: &[u8], point: &G1Affine) -> bool {
    let mut form = Vec::new();
    point.serialize_compressed(&mut form).unwrap();
    let record = G1Projective::record(point);
    let record: Vec<u8> = record.iter().flat_map(|word| word.to_le_bytes()).collect();
    [&form[1..48], &record[..48]]
        .iter()
        .any(|x| bytes.windows(x.len()).any(|window| window == *x))
}

#[test]
fn no_key_file_holds_a_toxic_base() {
    let (mut key, toxic) = key_and_toxic_bases();
    let written = |key: &ProvingKey| {
        let mut bytes = Vec::new();
        key.write(&mut bytes).unwrap();
        bytes
    };
    let bytes = written(&key);
    for (index, base) in toxic.iter().enumerate() {
        assert!(!holds(&bytes, base), "{index}");
    }
    // Control: the search finds bases that are in the key, compressed and as records, and finds toxic bases that are
    // inserted at each place.
    assert!(
        key.verifying
            .statement
            .iter()
            .all(|base| holds(&bytes, base))
    );
    assert!(key.bases.all().iter().all(|base| holds(&bytes, base)));
    let leaks = |key: &ProvingKey| {
        let bytes = written(key);
        toxic.iter().all(|base| holds(&bytes, base))
    };
    let sound = key.clone();
    key.queries.l = Points::from(&toxic[..]);
    assert!(leaks(&key));
    let mut key = sound;
    key.verifying.statement = toxic.clone();
    assert!(leaks(&key));
}
