//! Two proofs of one run cannot be linked, and a rerandomised proof proves nothing else.

use crate::support::{ECHO, assemble, keys, proof_of};
use ark_bls12_381::Fr;
use ark_ec::CurveGroup;
use ark_ff::{Field, UniformRand};
use provable::proof::{ProofElements, verify};
use rand::rngs::OsRng;

#[test]
fn two_proofs_of_one_run_share_no_point() {
    let [key, _] = keys();
    let program = assemble(ECHO);
    let (first, second) = (proof_of(key, &program, &[4]), proof_of(key, &program, &[4]));
    assert_ne!(first.elements.a, second.elements.a);
    assert_ne!(first.elements.b, second.elements.b);
    assert_ne!(first.elements.c, second.elements.c);
    assert_ne!(first.elements.d, second.elements.d);
    assert_ne!(first.trace_commitment, second.trace_commitment);
}

/// Anyone can rerandomise A, B and C. The result proves the same statement with the same D, and no other statement.
#[test]
fn a_rerandomised_proof_proves_the_same_statement_only() {
    let [key, _] = keys();
    let program = assemble(ECHO);
    let mut file = proof_of(key, &program, &[4]);
    let (r, s) = (Fr::rand(&mut OsRng), Fr::rand(&mut OsRng));
    let ProofElements { a, b, c, d } = file.elements;
    file.elements = ProofElements {
        a: (a * r.inverse().unwrap()).into_affine(),
        b: (b * r + key.verifying.delta() * (r * s)).into_affine(),
        c: (c + a * s).into_affine(),
        d,
    };
    verify(&key.verifying, &program, &file).unwrap();
    file.public_output = vec![8];
    assert!(verify(&key.verifying, &program, &file).is_err());
}
