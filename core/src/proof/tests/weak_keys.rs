//! Verifying keys with equal trapdoors, as they have been deployed and exploited. With such a key anyone proves false statements,
//! without a secret and without a run. Reading such a key is refused; these tests use it all the same.

use super::{Claim, d_of, match_table_at, prove_with, statement_sum, tiny_key};
use crate::proof::Verifier;
use crate::proof::key::Points;
use crate::proof::{KeyError, ProofElements, VerifyingKey};
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::UniformRand;
use rand::rngs::OsRng;

const FALSE_OUTPUT: [u32; 2] = [4, 3];

fn assert_refused(key: &VerifyingKey, first: &str, second: &str) {
    for refusal in [
        key.check().err(),
        VerifyingKey::from_bytes(&key.to_bytes()).err(),
    ] {
        assert!(
            matches!(refusal, Some(KeyError::Degenerate(a, b)) if (a, b) == (first, second)),
            "{refusal:?}"
        );
    }
}

/// κ = δ: D = k·α compensates the shift of B by k·γ, and C compensates the whole statement.
#[test]
fn a_key_with_kappa_equal_to_delta_proves_false_outputs_and_is_refused() {
    let (mut key, _) = tiny_key(4);
    let false_claim = Claim {
        output: FALSE_OUTPUT.to_vec(),
        ..Claim::new("PUSH 3\nWRITE\nHALT", &[3])
    };
    let false_proof_verifies = |key: &crate::proof::ProvingKey| {
        let k = Fr::rand(&mut OsRng);
        let d = (key.verifying.alpha * k).into_affine();
        let statement = false_claim.statement(key, &false_claim.challenges(key, &d));
        let proof = ProofElements {
            a: key.verifying.alpha,
            b: (key.verifying.gamma * k + key.verifying.beta).into_affine(),
            c: (-statement_sum(key, &statement)).into_affine(),
            d,
        };
        let file = false_claim.file(key, proof);
        Verifier::new(&key.verifying).verify(&false_claim.program, &file)
    };
    assert!(false_proof_verifies(&key).is_err());
    key.verifying.kappa = key.verifying.delta;
    false_proof_verifies(&key).unwrap();
    assert_refused(&key.verifying, "delta", "kappa");
}

/// γ = δ: C compensates any D. So the committed block can be chosen when the challenges are known, and the program table can be
/// that of another program.
#[test]
fn a_key_with_gamma_equal_to_delta_proves_false_outputs_and_is_refused() {
    let (mut key, trapdoors) = tiny_key(4);
    let other_claim = Claim::new("PUSH 4\nWRITE\nHALT", &[4]);
    let false_claim = Claim {
        output: vec![4],
        ..Claim::new("PUSH 3\nWRITE\nHALT", &[3])
    };
    let false_proof_verifies = |key: &crate::proof::ProvingKey| {
        let d = G1Affine::generator();
        let challenges = false_claim.challenges(key, &d);
        let mut committed = other_claim.committed(key);
        match_table_at(key, &mut committed, &challenges);
        let real = d_of(key, &committed);
        let statement = false_claim.statement(key, &challenges);
        let proof = prove_with(key, committed, &statement, d);
        let c = (real - d + proof.c).into_affine();
        let file = false_claim.file(key, ProofElements { c, ..proof });
        Verifier::new(&key.verifying).verify(&false_claim.program, &file)
    };
    assert!(false_proof_verifies(&key).is_err());
    // The key that setup would have made with γ = δ.
    let scale = trapdoors.gamma / trapdoors.delta;
    let scaled = key.bases.all().into_iter();
    let scaled: Vec<_> = scaled.map(|base| (base * scale).into_affine()).collect();
    key.bases = Points::from(&scaled[..]);
    key.verifying.gamma = key.verifying.delta;
    false_proof_verifies(&key).unwrap();
    assert_refused(&key.verifying, "gamma", "delta");
}
