//! A batch of proofs gets the same answers as its proofs one by one.

use super::{Claim, honest, tiny_key};
use crate::proof::Verifier;
use crate::proof::{Proof, ProofElements, ProvingKey, VerifyError};
use ark_bls12_381::{G1Affine, G1Projective};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::UniformRand;
use rand::rngs::OsRng;

/// Proofs of several programs under one key.
fn proved(key: &ProvingKey) -> Vec<(Claim, Proof)> {
    let claims = [
        Claim::new("PUSH 3\nWRITE\nHALT", &[3]),
        Claim::new("PUSH 4\nWRITE\nHALT", &[4]),
        Claim::new("HALT", &[]),
        Claim::new("PUSH 3\nWRITE\nHALT", &[3]),
        Claim::new("PUSH 9\nHALT", &[]),
    ];
    let file = |claim: Claim| {
        let (_, proof) = honest(key, &claim);
        let file = claim.file(key, proof);
        (claim, file)
    };
    claims.into_iter().map(file).collect()
}

fn verify(key: &ProvingKey, proved: &[(Claim, Proof)]) -> Vec<Result<(), VerifyError>> {
    let claims: Vec<_> = proved
        .iter()
        .map(|(claim, file)| (&claim.program, file))
        .collect();
    let answers = Verifier::new(&key.verifying).verify_batch(&claims);
    answers.into_iter().map(|answer| answer.map(drop)).collect()
}

#[test]
fn valid_proofs_verify_together() {
    let (key, _) = tiny_key(4);
    let proved = proved(&key);
    for count in 0..=proved.len() {
        let answers = verify(&key, &proved[..count]);
        assert_eq!(answers.len(), count);
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    }
}

/// One proof of a batch is invalid, at each place and in each way. It is named with its own reason, and the others are valid.
#[test]
fn an_invalid_proof_is_named_and_the_others_verify() {
    type Spoil = fn(&mut (Claim, Proof), &Claim);
    type Expected = fn(&VerifyError) -> bool;
    let ways: [(Spoil, Expected); 6] = [
        (
            |(_, file), _| file.elements.c = G1Affine::rand(&mut OsRng),
            |error| matches!(error, VerifyError::Pairing),
        ),
        (
            |(_, file), _| file.elements.a = -file.elements.a,
            |error| matches!(error, VerifyError::Pairing),
        ),
        (
            |(_, file), _| file.elements.c = G1Affine::zero(),
            |error| matches!(error, VerifyError::Pairing),
        ),
        (
            |(_, file), _| file.public_output.push(1),
            |error| matches!(error, VerifyError::Pairing),
        ),
        (
            |(_, file), _| file.elements.d = file.elements.c,
            |error| matches!(error, VerifyError::Commitment),
        ),
        (
            |(claim, _), other| claim.program = other.program.clone(),
            |error| matches!(error, VerifyError::Program { .. }),
        ),
    ];
    let (key, _) = tiny_key(4);
    let good = proved(&key);
    let other = Claim::new("NOP\nHALT", &[]);
    for (way, (spoil, is_expected)) in ways.iter().enumerate() {
        for place in 0..good.len() {
            let mut proved = good.clone();
            spoil(&mut proved[place], &other);
            for (index, answer) in verify(&key, &proved).into_iter().enumerate() {
                match answer {
                    Ok(()) => assert_ne!(index, place, "way {way}"),
                    Err(error) => {
                        assert_eq!(index, place, "way {way}: {error}");
                        assert!(is_expected(&error), "way {way}: {error}");
                    }
                }
            }
        }
    }
}

/// Two proofs with inverse errors: the product of their equations holds, and no weighted product does.
#[test]
fn errors_that_cancel_are_refused() {
    let (key, _) = tiny_key(4);
    let prepared = Verifier::new(&key.verifying);
    let good = proved(&key);
    let error = G1Projective::rand(&mut OsRng);
    for (first, second) in [(0, 1), (1, 4), (3, 0)] {
        let mut proved = good.clone();
        let shift =
            |proof: &mut ProofElements, by: G1Projective| proof.c = (by + proof.c).into_affine();
        shift(&mut proved[first].1.elements, error);
        shift(&mut proved[second].1.elements, -error);
        let claims: Vec<_> = proved
            .iter()
            .map(|(claim, file)| {
                let statement = claim.statement(&key, &claim.challenges(&key, &file.elements.d));
                (&file.elements, statement)
            })
            .collect();
        assert!(prepared.hold(&claims, &[[1, 0]; 5]), "they do not cancel");
        let mut apart = [[1, 0]; 5];
        apart[first] = [1, 1];
        assert!(!prepared.hold(&claims, &apart));
        for (index, answer) in verify(&key, &proved).into_iter().enumerate() {
            assert_eq!(answer.is_err(), index == first || index == second);
        }
    }
}
