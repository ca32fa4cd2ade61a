//! Verifying keys with equal trapdoors, as have been deployed and robbed: anyone forges under them, with no secret and
//! no run. Such keys are refused when they are read; here they are used all the same.

use super::{Claim, d_of, graft_table, prove_with, statement_sum, tiny_key};
use crate::proof::key::Points;
use crate::proof::verify::PreparedVerifyingKey;
use crate::proof::{KeyError, ProofElements, VerifyingKey};
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::UniformRand;
use rand::rngs::OsRng;

const LIE: [u32; 2] = [4, 3];

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

/// κ = δ: D = k·α takes up B's shift by k·γ, and C takes the whole statement away.
#[test]
fn kappa_equal_to_delta() {
    let (mut key, _) = tiny_key(4);
    let lie = Claim {
        output: LIE.to_vec(),
        ..Claim::new("PUSH 3\nWRITE\nHALT", &[3])
    };
    let forge = |key: &crate::proof::ProvingKey| {
        let k = Fr::rand(&mut OsRng);
        let d = (key.verifying.alpha * k).into_affine();
        let statement = lie.statement(key, &lie.challenges(key, &d));
        let proof = ProofElements {
            a: key.verifying.alpha,
            b: (key.verifying.gamma * k + key.verifying.beta).into_affine(),
            c: (-statement_sum(key, &statement)).into_affine(),
            d,
        };
        let file = lie.file(key, proof);
        PreparedVerifyingKey::new(&key.verifying).verify(&lie.program, &file)
    };
    assert!(forge(&key).is_err());
    key.verifying.kappa = key.verifying.delta;
    forge(&key).unwrap();
    assert_refused(&key.verifying, "delta", "kappa");
}

/// γ = δ: what D lacks goes into C. So D is any point, and the committed block is chosen once the challenges are
/// known: then the program's table may be another's.
#[test]
fn gamma_equal_to_delta() {
    let (mut key, trapdoors) = tiny_key(4);
    let told = Claim::new("PUSH 4\nWRITE\nHALT", &[4]);
    let lie = Claim {
        output: vec![4],
        ..Claim::new("PUSH 3\nWRITE\nHALT", &[3])
    };
    let forge = |key: &crate::proof::ProvingKey| {
        let d = G1Affine::generator();
        let challenges = lie.challenges(key, &d);
        let mut committed = told.committed(key);
        graft_table(key, &mut committed, &challenges);
        let real = d_of(key, &committed);
        let statement = lie.statement(key, &challenges);
        let proof = prove_with(key, committed, &statement, d);
        let c = (real - d + proof.c).into_affine();
        let file = lie.file(key, ProofElements { c, ..proof });
        PreparedVerifyingKey::new(&key.verifying).verify(&lie.program, &file)
    };
    assert!(forge(&key).is_err());
    // The key that setup would have made with γ = δ.
    let scale = trapdoors.gamma / trapdoors.delta;
    let scaled = key.bases.all().into_iter();
    let scaled: Vec<_> = scaled.map(|base| (base * scale).into_affine()).collect();
    key.bases = Points::from(&scaled[..]);
    key.verifying.gamma = key.verifying.delta;
    forge(&key).unwrap();
    assert_refused(&key.verifying, "gamma", "delta");
}
