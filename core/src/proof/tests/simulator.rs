//! Zero knowledge (Groth, EUROCRYPT 2016, section 3.2). With the trapdoors a simulator makes proofs without a witness, and they have
//! the distribution of real proofs. So a proof shows nothing of the secret.

use super::{Claim, d_of, honest, prove_with, statement_sum, tiny_key};
use crate::proof::trapdoors::{Trapdoors, inverse};
use crate::proof::{ProofElements, ProvingKey, verify};
use ark_bls12_381::{Fr, G1Projective};
use ark_ec::CurveGroup;
use ark_ff::UniformRand;
use ark_serialize::CanonicalSerialize;
use rand::rngs::OsRng;
use std::collections::HashSet;

/// A proof of a claim, true or false, from the trapdoors alone: D, A and B are random, and C is computed to fit.
fn simulate(key: &ProvingKey, trapdoors: &Trapdoors, claim: &Claim) -> ProofElements {
    let rng = &mut OsRng;
    let Trapdoors {
        alpha,
        beta,
        gamma,
        delta,
        kappa,
        g1,
        g2,
        ..
    } = trapdoors;
    let d = G1Projective::rand(rng);
    let statement = claim.statement(key, &claim.challenges(key, &d.into_affine()));
    let sum = statement_sum(key, &statement);
    let (a, b) = (Fr::rand(rng), Fr::rand(rng));
    let c = (*g1 * (a * b - *alpha * beta) - sum * kappa - d * gamma) * *inverse(*delta);
    ProofElements {
        a: (*g1 * a).into_affine(),
        b: (*g2 * b).into_affine(),
        c: c.into_affine(),
        d: d.into_affine(),
    }
}

/// The points of a proof as they are published.
fn points(proof: &ProofElements) -> [Vec<u8>; 4] {
    let ProofElements { a, b, c, d } = proof;
    let mut bytes: [Vec<u8>; 4] = Default::default();
    a.serialize_compressed(&mut bytes[0]).unwrap();
    b.serialize_compressed(&mut bytes[1]).unwrap();
    c.serialize_compressed(&mut bytes[2]).unwrap();
    d.serialize_compressed(&mut bytes[3]).unwrap();
    bytes
}

/// How a sample of proofs differs from the uniform distribution: a point occurs twice, or a bit is mostly one or mostly zero. It
/// tests the lowest 32 bits of a coordinate, and the sign of y.
fn deviation_from_uniform(proofs: &[ProofElements]) -> Option<String> {
    for (which, name) in ["A", "B", "C", "D"].into_iter().enumerate() {
        let all: Vec<Vec<u8>> = proofs
            .iter()
            .map(|proof| points(proof)[which].clone())
            .collect();
        let distinct: HashSet<&Vec<u8>> = all.iter().collect();
        if distinct.len() < all.len() {
            return Some(format!("{name} comes twice"));
        }
        let sign = |bytes: &Vec<u8>| (bytes[0] >> 5) & 1;
        let low =
            |bit: usize| move |bytes: &Vec<u8>| (bytes[bytes.len() - 1 - bit / 8] >> (bit % 8)) & 1;
        let ones = |of: &dyn Fn(&Vec<u8>) -> u8| all.iter().filter(|bytes| of(bytes) == 1).count();
        let mut counts = vec![ones(&sign)];
        counts.extend((0..32).map(|bit| ones(&low(bit))));
        // Six standard deviations. For 132 fair coins, this is exceeded in about one of several million samples.
        let (half, deviation) = (all.len() as f64 / 2.0, (all.len() as f64).sqrt() / 2.0);
        if let Some(count) = counts
            .iter()
            .find(|count| (**count as f64 - half).abs() > 6.0 * deviation)
        {
            return Some(format!(
                "a bit of {name} is set {count} times of {}",
                all.len()
            ));
        }
    }
    None
}

/// The simulator proves true claims and false ones alike, without a witness.
#[test]
fn the_trapdoors_prove_any_statement() {
    let (key, trapdoors) = tiny_key(4);
    for claim in [
        Claim::new("PUSH 3\nWRITE\nHALT", &[3]),
        Claim::new("PUSH 3\nWRITE\nHALT", &[4]),
        Claim::new("HALT", &[1, 2, 3]),
        Claim::new("PUSH 0\nASSERT\nHALT", &[]),
    ] {
        let proof = simulate(&key, &trapdoors, &claim);
        let file = claim.file(&key, proof);
        verify(&key.verifying, &claim.program, &file).unwrap();
    }
}

#[test]
fn real_proofs_and_simulated_ones_pass_the_same_tests() {
    let (key, trapdoors) = tiny_key(4);
    let claim = Claim::new("PUSH 3\nWRITE\nHALT", &[3]);
    let sample = |one: &dyn Fn() -> ProofElements| -> Vec<ProofElements> {
        (0..64).map(|_| one()).collect()
    };
    let proofs = sample(&|| honest(&key, &claim).1);
    assert_eq!(deviation_from_uniform(&proofs), None, "real");
    let simulated = sample(&|| simulate(&key, &trapdoors, &claim));
    assert_eq!(deviation_from_uniform(&simulated), None, "simulated");
    let mixed: Vec<ProofElements> = proofs.into_iter().chain(simulated).collect();
    assert_eq!(deviation_from_uniform(&mixed), None, "mixed");
}

/// The control: without the blind D depends on the trace alone, so it occurs twice.
#[test]
fn a_proof_without_its_blind_is_distinguished() {
    let (key, _) = tiny_key(4);
    let claim = Claim::new("PUSH 3\nWRITE\nHALT", &[3]);
    let unblinded = || {
        let mut committed = claim.committed(&key);
        *committed.last_mut().unwrap() = Fr::from(7u64);
        let d = d_of(&key, &committed);
        let statement = claim.statement(&key, &claim.challenges(&key, &d));
        prove_with(&key, committed, &statement, d)
    };
    let proofs = [unblinded(), unblinded()];
    assert_eq!(
        deviation_from_uniform(&proofs),
        Some("D comes twice".into())
    );
    let mut skewed = vec![];
    for _ in 0..64 {
        let mut proof = honest(&key, &claim).1;
        // Of a point and its negative, always takes the same one.
        let (mut a, mut negative) = (vec![], vec![]);
        proof.a.serialize_compressed(&mut a).unwrap();
        (-proof.a).serialize_compressed(&mut negative).unwrap();
        proof.a = if a < negative { proof.a } else { -proof.a };
        skewed.push(proof);
    }
    assert!(deviation_from_uniform(&skewed).is_some_and(|what| what.starts_with("a bit of A")));
}
