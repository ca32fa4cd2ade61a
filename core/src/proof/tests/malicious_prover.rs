//! Forgers: each breaks one rule of the protocol as far as a prover without trapdoors can, and is rejected by the
//! verifier's own path from bytes. Where the rule is the only thing that stops it, the forgery holds without the rule.

use super::{Claim, d_of, graft_table, honest, prove_with, tiny_key};
use crate::proof::key::Points;
use crate::proof::verify::PreparedVerifyingKey;
use crate::proof::{Proof, ProofElements, ProvingKey, VerifyError, verify};
use ark_bls12_381::{Fr, G1Affine, G1Projective, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::UniformRand;
use ark_serialize::CanonicalSerialize;
use rand::rngs::OsRng;

const TEXT: &str = "PUSH 3\nWRITE\nHALT";

/// What the verifier says of a proof that has gone through a file.
fn judged(key: &ProvingKey, claim: &Claim, proof: ProofElements) -> Result<(), VerifyError> {
    let file = Proof::from_json(&claim.file(key, proof).to_json()).unwrap();
    verify(&key.verifying, &claim.program, &file)
}

fn assert_no_pairing(key: &ProvingKey, claim: &Claim, proof: ProofElements, what: &str) {
    let answer = judged(key, claim, proof);
    assert!(
        matches!(answer, Err(VerifyError::Pairing)),
        "{what}: {answer:?}"
    );
}

/// D with multiples of points that are not bases of the committed block, all else made for that D; and the same with
/// the multiple taken off C.
#[test]
fn d_with_foreign_components() {
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
        assert_no_pairing(&key, &claim, proof, name);
        let c = (-foreign + proof.c).into_affine();
        assert_no_pairing(&key, &claim, ProofElements { c, ..proof }, name);
    }
}

/// B gains k·γ and D gains k·A: the pairings cancel. What stops it is that the challenges hash D, so that another D
/// asks for another A.
#[test]
fn b_shifted_by_gamma_with_d() {
    let (key, _) = tiny_key(4);
    let claim = Claim::new(TEXT, &[3]);
    let (committed, proof) = honest(&key, &claim);
    let k = Fr::rand(&mut OsRng);
    let shifted = |proof: &ProofElements| ProofElements {
        b: (key.verifying.gamma * k + proof.b).into_affine(),
        d: (proof.a * k + proof.d).into_affine(),
        ..*proof
    };
    let forged = shifted(&proof);
    let old = claim.statement(&key, &claim.challenges(&key, &proof.d));
    assert!(PreparedVerifyingKey::new(&key.verifying).holds(&forged, &old));
    assert_no_pairing(&key, &claim, forged, "old challenges");
    // Made again for the new challenges, A is another, and D holds a multiple of the old one.
    let statement = claim.statement(&key, &claim.challenges(&key, &forged.d));
    let again = prove_with(&key, committed, &statement, forged.d);
    assert_no_pairing(&key, &claim, again, "new challenges");
    let b = (key.verifying.gamma * k + again.b).into_affine();
    assert_no_pairing(
        &key,
        &claim,
        ProofElements { b, ..again },
        "new challenges, B shifted",
    );
}

/// With the challenges of another D, known in advance, a padding entry makes the program table agree at ρ with that
/// of another program, and PUSH 3 is proved to write 4. The verifier takes the challenges from the D it is given.
#[test]
fn challenges_grafted_from_another_d() {
    let (key, _) = tiny_key(4);
    let (program, claimed) = (
        Claim::new(TEXT, &[3]),
        Claim::new("PUSH 4\nWRITE\nHALT", &[4]),
    );
    let lie = Claim {
        output: vec![4],
        ..program.clone()
    };
    let (_, other) = honest(&key, &program);
    let grafted = lie.challenges(&key, &other.d);
    let mut committed = claimed.committed(&key);
    graft_table(&key, &mut committed, &grafted);
    let d = d_of(&key, &committed);
    let statement = lie.statement(&key, &grafted);
    let proof = prove_with(&key, committed, &statement, d);
    assert!(PreparedVerifyingKey::new(&key.verifying).holds(&proof, &statement));
    assert_no_pairing(&key, &lie, proof, "challenges of another D");
    // The D they come from, in place of the one that was proved.
    let swapped = ProofElements {
        d: other.d,
        ..proof
    };
    assert_no_pairing(&key, &lie, swapped, "the other D");
}

/// One D, two statements: the challenges hash the statement too.
#[test]
fn a_replayed_d_with_another_statement() {
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
        assert_no_pairing(&key, &other, proof, &what);
    }
}

/// A proof under the key of one circuit, shown as one under the key of another.
#[test]
fn another_tier() {
    let ((small, _), (large, _)) = (tiny_key(4), tiny_key(5));
    let claim = Claim::new(TEXT, &[3]);
    let (_, proof) = honest(&small, &claim);
    let file = claim.file(&small, proof);
    let answer = verify(&large.verifying, &claim.program, &file);
    assert!(
        matches!(answer, Err(VerifyError::UnknownCircuit { .. })),
        "{answer:?}"
    );
    assert_no_pairing(&large, &claim, proof, "the other key's digests");
    // A circuit that the key is not for.
    let mut file = claim.file(&large, proof);
    file.circuit = small.verifying.circuit;
    let answer = verify(&large.verifying, &claim.program, &file);
    assert!(
        matches!(answer, Err(VerifyError::UnknownCircuit { .. })),
        "{answer:?}"
    );
}

/// Points of the curve outside the group, in each place of a file.
#[test]
fn identities_and_points_of_small_order() {
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
    // And past the file: the equation's own look at identities.
    let prepared = PreparedVerifyingKey::new(&key.verifying);
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
