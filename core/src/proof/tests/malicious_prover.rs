//! Malicious provers without trapdoors. Each breaks one rule of the protocol, and the verifier refuses its proof from the bytes on.
//! If the rule alone refuses the proof, the test shows that the proof is valid without the rule.

use super::{Claim, d_of, honest, match_table_at, prove_with, tiny_key};
use crate::proof::Verifier;
use crate::proof::key::Points;
use crate::proof::{Proof, ProofElements, ProvingKey, VerifyError, verify};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::UniformRand;
use ark_serialize::CanonicalSerialize;
use rand::rngs::OsRng;

const TEXT: &str = "PUSH 3\nWRITE\nHALT";

/// The verifier's answer to a proof that is written to a file and read.
fn verified(key: &ProvingKey, claim: &Claim, proof: ProofElements) -> Result<(), VerifyError> {
    let file = Proof::from_json(&claim.file(key, proof).to_json()).unwrap();
    verify(&key.verifying, &claim.program, &file).map(drop)
}

fn assert_pairing_fails(key: &ProvingKey, claim: &Claim, proof: ProofElements, what: &str) {
    let answer = verified(key, claim, proof);
    assert!(
        matches!(answer, Err(VerifyError::Pairing)),
        "{what}: {answer:?}"
    );
}

/// D has a multiple of a point that is no base of the committed block, and the rest of the proof is made for that D. The second
/// attempt subtracts the multiple from C.
#[test]
fn a_commitment_with_foreign_bases_is_refused() {
    let (key, _) = tiny_key(4);
    let claim = Claim::new(TEXT, &[3]);
    let committed = claim.committed(&key);
    let plain = d_of(&key, &committed);
    let queries = &key.queries;
    let first = |query: &Points<G1Projective>| {
        let points = query.all();
        *points.iter().find(|point| !point.is_zero()).unwrap()
    };
    for (name, point) in [
        ("an A base", first(&queries.a)),
        ("a B base", first(&queries.b_g1)),
        ("a quotient base", first(&queries.h)),
        ("a witness base", first(&queries.l)),
        ("a statement base", key.verifying.statement[0]),
        ("alpha", key.verifying.alpha),
        ("beta", queries.beta),
        ("delta", queries.delta),
        ("the generator", G1Affine::generator()),
    ] {
        let foreign = point * Fr::from(5u64);
        let d = (foreign + plain).into_affine();
        let statement = claim.statement(&key, &claim.challenges(&key, &d));
        let proof = prove_with(&key, committed.clone(), &statement, d);
        assert_pairing_fails(&key, &claim, proof, name);
        let c = (-foreign + proof.c).into_affine();
        assert_pairing_fails(&key, &claim, ProofElements { c, ..proof }, name);
    }
}

/// B gains k·γ and D gains k·A, so the pairings cancel. The rule that refuses it: the challenges hash D, so another D needs another A.
#[test]
fn a_shift_of_b_by_gamma_and_of_d_is_refused() {
    let (key, _) = tiny_key(4);
    let claim = Claim::new(TEXT, &[3]);
    let (committed, proof) = honest(&key, &claim);
    let k = Fr::rand(&mut OsRng);
    let shifted = |proof: &ProofElements| ProofElements {
        b: (key.verifying.gamma * k + proof.b).into_affine(),
        d: (proof.a * k + proof.d).into_affine(),
        ..*proof
    };
    let shifted_proof = shifted(&proof);
    let old = claim.statement(&key, &claim.challenges(&key, &proof.d));
    assert!(Verifier::new(&key.verifying).holds(&shifted_proof, &old));
    assert_pairing_fails(&key, &claim, shifted_proof, "old challenges");
    // For the new challenges A is another point, and D still has a multiple of the old one.
    let statement = claim.statement(&key, &claim.challenges(&key, &shifted_proof.d));
    let again = prove_with(&key, committed, &statement, shifted_proof.d);
    assert_pairing_fails(&key, &claim, again, "new challenges");
    let b = (key.verifying.gamma * k + again.b).into_affine();
    assert_pairing_fails(
        &key,
        &claim,
        ProofElements { b, ..again },
        "new challenges, B shifted",
    );
}

/// The challenges of another D are known in advance. So a padding entry can make the program table agree at ρ with the table of
/// another program, and PUSH 3 is proved to write 4. The verifier takes the challenges from the D that it gets.
#[test]
fn challenges_of_another_commitment_are_refused() {
    let (key, _) = tiny_key(4);
    let (program, claimed) = (
        Claim::new(TEXT, &[3]),
        Claim::new("PUSH 4\nWRITE\nHALT", &[4]),
    );
    let false_claim = Claim {
        output: vec![4],
        ..program.clone()
    };
    let (_, other) = honest(&key, &program);
    let other_challenges = false_claim.challenges(&key, &other.d);
    let mut committed = claimed.committed(&key);
    match_table_at(&key, &mut committed, &other_challenges);
    let d = d_of(&key, &committed);
    let statement = false_claim.statement(&key, &other_challenges);
    let proof = prove_with(&key, committed, &statement, d);
    assert!(Verifier::new(&key.verifying).holds(&proof, &statement));
    assert_pairing_fails(&key, &false_claim, proof, "challenges of another D");
    // The D of these challenges, in place of the one of the proof.
    let swapped = ProofElements {
        d: other.d,
        ..proof
    };
    assert_pairing_fails(&key, &false_claim, swapped, "the other D");
}

/// The same D for another statement: the challenges hash the statement too.
#[test]
fn a_commitment_reused_for_another_statement_is_refused() {
    let (key, _) = tiny_key(4);
    let claim = Claim::new(TEXT, &[3]);
    let (_, proof) = honest(&key, &claim);
    for other in [
        Claim {
            output: vec![],
            ..claim.clone()
        },
        Claim {
            output: vec![4],
            ..claim.clone()
        },
        Claim {
            output: vec![3, 0],
            ..claim.clone()
        },
        Claim {
            input: vec![0],
            ..claim.clone()
        },
        Claim {
            input: vec![3],
            output: vec![],
            ..claim.clone()
        },
        Claim {
            program: Claim::new("PUSH 4\nWRITE\nHALT", &[]).program,
            ..claim.clone()
        },
        Claim {
            program: Claim::new("PUSH 3\nWRITE\nNOP", &[]).program,
            ..claim.clone()
        },
    ] {
        let what = format!("{:?} {:?}", other.input, other.output);
        assert_pairing_fails(&key, &other, proof, &what);
    }
}

/// A proof with the key of one circuit, presented as a proof with the key of another.
#[test]
fn a_proof_of_another_tier_is_refused() {
    let ((small, _), (large, _)) = (tiny_key(4), tiny_key(5));
    let claim = Claim::new(TEXT, &[3]);
    let (_, proof) = honest(&small, &claim);
    let file = claim.file(&small, proof);
    let answer = verify(&large.verifying, &claim.program, &file);
    assert!(
        matches!(answer, Err(VerifyError::UnknownCircuit { .. })),
        "{answer:?}"
    );
    assert_pairing_fails(&large, &claim, proof, "the other key's digests");
    // A circuit that the key is not for.
    let mut file = claim.file(&large, proof);
    file.circuit = small.verifying.circuit;
    let answer = verify(&large.verifying, &claim.program, &file);
    assert!(
        matches!(answer, Err(VerifyError::UnknownCircuit { .. })),
        "{answer:?}"
    );
}

/// The identity, and points of the curve outside the group, in each place of a proof file.
#[test]
fn identities_and_points_of_small_order_are_refused() {
    let (key, _) = tiny_key(4);
    let claim = Claim::new(TEXT, &[3]);
    let (_, proof) = honest(&key, &claim);
    let text = claim.file(&key, proof).to_json();
    // A point's multiple by the group's order has an order that divides the cofactor.
    let order = <Fr as ark_ff::PrimeField>::MODULUS;
    let g1 = (1u64..)
        .filter_map(|x| G1Affine::get_point_from_x_unchecked(x.into(), true))
        .map(|point| point.mul_bigint(order).into_affine())
        .find(|point| !point.is_zero())
        .unwrap();
    let g2 = (1u64..)
        .filter_map(|x| G2Affine::get_point_from_x_unchecked(ark_bls12_381::Fq2::from(x), true))
        .map(|point| point.mul_bigint(order).into_affine())
        .find(|point| !point.is_zero())
        .unwrap();
    let hexadecimal = |point: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = vec![];
        point(&mut bytes);
        hex::encode(bytes)
    };
    let written =
        |point: G1Affine| hexadecimal(&|bytes| point.serialize_compressed(bytes).unwrap());
    let written_2 =
        |point: G2Affine| hexadecimal(&|bytes| point.serialize_compressed(bytes).unwrap());
    let ProofElements { a, b, c, d } = proof;
    let places = [("a", written(a)), ("c", written(c)), ("d", written(d))];
    let mut changed: Vec<(&str, String)> = vec![];
    for (name, old) in &places {
        for bad in [G1Affine::zero(), g1, (g1 + a).into_affine()] {
            changed.push((name, text.replace(old, &written(bad))));
        }
    }
    for bad in [G2Affine::zero(), g2, (g2 + b).into_affine()] {
        changed.push(("b", text.replace(&written_2(b), &written_2(bad))));
    }
    assert_eq!(changed.len(), 12);
    for (name, changed) in changed {
        assert_ne!(changed, text);
        let error = Proof::from_json(&changed).unwrap_err().to_string();
        assert!(error.contains(&format!("{name}:")), "{name}: {error}");
    }
    // Without the file: the equation itself refuses identities.
    let prepared = Verifier::new(&key.verifying);
    let statement = claim.statement(&key, &claim.challenges(&key, &d));
    let zero = G1Affine::zero();
    assert!(prepared.holds(&proof, &statement));
    for bad in [
        ProofElements { a: zero, ..proof },
        ProofElements {
            b: G2Affine::zero(),
            ..proof
        },
        ProofElements { c: zero, ..proof },
        ProofElements { d: zero, ..proof },
    ] {
        assert!(!prepared.holds(&bad, &statement));
    }
}
