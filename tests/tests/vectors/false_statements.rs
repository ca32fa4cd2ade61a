//! Proof files of the right form that prove something else, or nothing.

use crate::changed::{Case, base, case, negated, programs, text_of, with};
use crate::points;
use crate::proofs::{self, OTHER_KEY, key_file, key_of, subject_named};
use ark_bls12_381::{G1Affine, G2Affine};
use provable::circuit::tier::TIERS;
use provable::proof::transcript::trace_commitment;
use provable::{Program, Proof};
use serde_json::{Value, json};

/// Every file.
pub fn cases() -> Vec<Case> {
    let subject = base();
    let proof = Proof::from_json(&subject.proof).unwrap();
    let digest = |name: &str| {
        let program: Program = match programs().into_iter().find(|(file, _)| *file == name) {
            Some((_, text)) => text.parse().unwrap(),
            None => subject_named(
                name.trim_start_matches("programs/")
                    .trim_end_matches(".prov"),
            )
            .program
            .clone(),
        };
        Value::from(hex::encode(program.digest()))
    };
    let commitment =
        |key: [u8; 32], d: &G1Affine| Value::from(hex::encode(trace_commitment(&key, d)));
    let other_key = proofs::other_key();
    let other_proof = Proof::from_json(&subject_named("seed").proof).unwrap();
    let key = key_of(subject.tier).digest();
    let other_d = other_proof.elements.d;
    let other_d_digits = Value::from(hex::encode(points::compressed(&other_d)));
    let output = |words: &[u32]| with(&[("public_output", json!(words))]);
    let mut cases = vec![
        case(
            "circuit-none",
            with(&[("circuit_id", "0".repeat(64).into())]),
            "unknown-circuit",
        ),
        case(
            "circuit-of-another-tier",
            with(&[("circuit_id", TIERS[1].circuit.into())]),
            "circuit-mismatch",
        ),
        case(
            "key-digest",
            with(&[("verifying_key_digest", "0".repeat(64).into())]),
            "key-mismatch",
        ),
        case(
            "program-digest",
            with(&[("program_digest", "0".repeat(64).into())]),
            "program-mismatch",
        ),
        case(
            "commitment",
            with(&[("trace_commitment", "0".repeat(64).into())]),
            "commitment-mismatch",
        ),
        case(
            "commitment-of-another-d",
            with(&[("d", other_d_digits.clone())]),
            "commitment-mismatch",
        ),
        case("output-changed", output(&[211, 9]), "equation"),
        case("output-exchanged", output(&[9, 210]), "equation"),
        case("output-shorter", output(&[210]), "equation"),
        case("output-longer", output(&[210, 9, 0]), "equation"),
        case("output-empty", output(&[]), "equation"),
        case(
            "input-changed",
            with(&[("public_input", json!([36, 9]))]),
            "equation",
        ),
        case(
            "input-longer",
            with(&[("public_input", json!([35, 9, 0]))]),
            "equation",
        ),
        case(
            "tapes-exchanged",
            with(&[
                ("public_input", json!([210, 9])),
                ("public_output", json!([35, 9])),
            ]),
            "equation",
        ),
        case(
            "a-and-c-exchanged",
            with(&[("a", text_of("c").into()), ("c", text_of("a").into())]),
            "equation",
        ),
        case(
            "a-negated",
            with(&[("a", negated::<G1Affine>("a"))]),
            "equation",
        ),
        case(
            "a-and-b-negated-and-c",
            with(&[
                ("a", negated::<G1Affine>("a")),
                ("b", negated::<G2Affine>("b")),
                ("c", negated::<G1Affine>("c")),
            ]),
            "equation",
        ),
        case(
            "b-negated",
            with(&[("b", negated::<G2Affine>("b"))]),
            "equation",
        ),
        case(
            "c-negated",
            with(&[("c", negated::<G1Affine>("c"))]),
            "equation",
        ),
        case(
            "d-of-another-proof",
            with(&[
                ("d", other_d_digits),
                ("trace_commitment", commitment(key, &other_d)),
            ]),
            "equation",
        ),
        case(
            "input-too-long",
            with(&[("public_input", json!(vec![0; 45]))]),
            "too-long",
        ),
        case(
            "output-too-long",
            with(&[("public_output", json!(vec![0; 45]))]),
            "too-long",
        ),
        case(
            "input-of-all-rows",
            with(&[("public_input", json!(vec![0; 44]))]),
            "equation",
        ),
    ];
    for (name, program, text, reason) in [
        (
            "program-of-another-word",
            "programs/sum-other.prov",
            subject.proof.clone(),
            "program-mismatch",
        ),
        (
            "program-of-another-run",
            "programs/seed.prov",
            subject.proof.clone(),
            "program-mismatch",
        ),
        (
            "program-and-digest",
            "programs/sum-other.prov",
            with(&[("program_digest", digest("programs/sum-other.prov"))]),
            "equation",
        ),
        (
            "program-and-digest-of-another-run",
            "programs/seed.prov",
            with(&[("program_digest", digest("programs/seed.prov"))]),
            "equation",
        ),
        (
            "program-too-long",
            "programs/long.prov",
            with(&[("program_digest", digest("programs/long.prov"))]),
            "too-long",
        ),
        (
            "data-too-long",
            "programs/data.prov",
            with(&[("program_digest", digest("programs/data.prov"))]),
            "too-long",
        ),
    ] {
        cases.push(Case {
            program: program.into(),
            ..case(name, text, reason)
        });
    }
    let other = other_key.digest();
    let named = || ("verifying_key_digest", Value::from(hex::encode(other)));
    let all = ("trace_commitment", commitment(other, &proof.elements.d));
    for (name, text, reason) in [
        ("other-key", subject.proof.clone(), "key-mismatch"),
        ("other-key-named", with(&[named()]), "commitment-mismatch"),
        (
            "other-key-named-and-committed",
            with(&[named(), all]),
            "equation",
        ),
    ] {
        cases.push(Case {
            key: OTHER_KEY.into(),
            ..case(name, text, reason)
        });
    }
    cases.push(Case {
        key: key_file(&TIERS[1]),
        ..case(
            "key-of-another-tier",
            subject.proof.clone(),
            "circuit-mismatch",
        )
    });
    cases
}
