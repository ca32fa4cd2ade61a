//! A proof proves one statement. A proof for another statement, and a proof with a changed part, is refused.

use crate::support::{ECHO, assemble, keys, proof_of};
use ark_bls12_381::{Fr, G1Affine};
use ark_ec::{AffineRepr, CurveGroup};
use provable::circuit::statement::StatementError;
use provable::circuit::tier::TIERS;
use provable::lang::program::Program;
use provable::proof::{Proof, VerifyError, verify};

#[test]
fn a_proof_of_another_statement_is_refused() {
    let [key, other_key] = keys();
    let program = assemble(ECHO);
    let honest = proof_of(key, &program, &[4]);
    verify(&key.verifying, &program, &honest).unwrap();
    let change = |name: &str, change: &dyn Fn(&mut Proof)| {
        let mut file = honest.clone();
        change(&mut file);
        assert!(verify(&key.verifying, &program, &file).is_err(), "{name}");
    };
    let second = proof_of(key, &program, &[4]);
    change("input", &|file| file.public_input = vec![5]);
    change("longer input", &|file| file.public_input.push(0));
    change("output", &|file| file.public_output = vec![8]);
    change("no output", &|file| file.public_output.clear());
    change("tapes swapped", &|file| {
        std::mem::swap(&mut file.public_input, &mut file.public_output)
    });
    change("commitment", &|file| file.trace_commitment[0] ^= 1);
    change("circuit", &|file| file.circuit[0] ^= 1);
    change("key digest", &|file| file.key[0] ^= 1);
    change("program digest", &|file| file.program[0] ^= 1);
    change("another D with its commitment", &|file| {
        file.elements.d = second.elements.d;
        file.trace_commitment = second.trace_commitment;
    });
    let replayed = second.elements;
    change("A, B, C of another proof", &|file| {
        let d = file.elements.d;
        file.elements = replayed;
        file.elements.d = d;
    });
    change("A negated", &|file| file.elements.a = -file.elements.a);
    change("identity A", &|file| file.elements.a = G1Affine::zero());
    change("identity D", &|file| file.elements.d = G1Affine::zero());
    let other = assemble("READ,SECRET,ADD,WRITE,NOP,HALT");
    assert!(verify(&key.verifying, &other, &honest).is_err());
    assert!(verify(&other_key.verifying, &program, &honest).is_err());
    // The other key's digest grafted on: the pairing refuses.
    let mut grafted = honest.clone();
    grafted.key = other_key.verifying.digest();
    grafted.trace_commitment =
        provable::proof::transcript::trace_commitment(&grafted.key, &grafted.elements.d);
    assert!(verify(&other_key.verifying, &program, &grafted).is_err());
}

/// A program or a tape that is too long for the tier is refused before anything is hashed or encoded, whatever digests the file
/// claims.
#[test]
fn too_long_statements_are_refused_before_anything_is_hashed() {
    let [key, _] = keys();
    let capacities = key.verifying.capacities();
    let program = assemble(ECHO);
    let mut honest = proof_of(key, &program, &[4]);
    (honest.program, honest.trace_commitment) = ([0; 32], [0; 32]);
    let kind = |program: &Program, file: &Proof| {
        let answer = verify(&key.verifying, program, file);
        match answer {
            Err(VerifyError::Statement(error)) => Some(error),
            _ => None,
        }
    };
    assert_eq!(kind(&program, &honest), None);
    let of = |length: usize| assemble(&vec!["NOP"; length].join(","));
    // The end takes an entry too.
    let (capacity, rows) = (capacities.program, capacities.rows);
    assert_eq!(kind(&of(capacity - 1), &honest), None);
    let length = capacity + 1;
    let refusal = StatementError::ProgramTooLong { length, capacity };
    assert_eq!(kind(&of(capacity), &honest), Some(refusal));
    // STORE without operand takes three.
    let thrice = |count: usize| assemble(&vec!["STORE"; count].join(","));
    assert_eq!(kind(&thrice((capacity - 1) / 3), &honest), None);
    assert!(kind(&thrice(capacity / 3 + 1), &honest).is_some());
    let words = |count: u32| program.clone().with_data((0..count).map(|at| (at, 0)));
    let cells = capacities.heap;
    assert_eq!(kind(&words(cells as u32), &honest), None);
    let (words, too_many) = (cells + 1, words(cells as u32 + 1));
    let refusal = StatementError::TooMuchData { words, cells };
    assert_eq!(kind(&too_many, &honest), Some(refusal));
    let (mut input, mut output) = (honest.clone(), honest.clone());
    input.public_input = vec![0; rows];
    output.public_output = vec![0; rows];
    for (file, tape) in [(&input, "input"), (&output, "output")] {
        assert_eq!(kind(&program, file), None, "{tape}");
    }
    input.public_input.push(0);
    output.public_output.push(0);
    let length = rows + 1;
    let refusal = StatementError::TapeTooLong { length, rows };
    for (file, tape) in [(&input, "input"), (&output, "output")] {
        assert_eq!(kind(&program, file), Some(refusal), "{tape}");
    }
}

/// With one trapdoor for both blocks, or with a leaked σ/γ, this would be a valid proof: D gains x·(σ/γ) and the statement loses
/// it. With the published bases σ/κ it is refused.
#[test]
fn statement_bases_moved_into_d_are_refused() {
    let [key, _] = keys();
    let program = assemble(ECHO);
    let honest = proof_of(key, &program, &[4]);
    for base in key.verifying.statement() {
        let mut file = honest.clone();
        file.elements.d = (file.elements.d + *base * Fr::from(5u64)).into_affine();
        file.trace_commitment =
            provable::proof::transcript::trace_commitment(&file.key, &file.elements.d);
        assert!(verify(&key.verifying, &program, &file).is_err());
    }
}

#[test]
fn every_changed_digit_of_a_proof_is_refused() {
    let [key, _] = keys();
    let program = assemble(ECHO);
    let text = proof_of(key, &program, &[4]).to_json();
    let start = text.find("\"a\"").unwrap();
    for (at, byte) in text
        .bytes()
        .enumerate()
        .skip(start)
        .filter(|(_, byte)| byte.is_ascii_hexdigit())
    {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if byte == b'0' { b'1' } else { b'0' };
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        if let Ok(file) = Proof::from_json(&changed) {
            assert!(
                verify(&key.verifying, &program, &file).is_err(),
                "byte {at}"
            );
        }
    }
    for end in (0..text.len() - 1).step_by(37) {
        assert!(
            text.get(..end)
                .is_none_or(|cut| Proof::from_json(cut).is_err())
        );
    }
}

/// The error names the tier of the other circuit, or says that it belongs to another version.
#[test]
fn a_proof_of_another_circuit_is_refused_with_its_tier_or_version() {
    let [key, _] = keys();
    let program = assemble(ECHO);
    let mut file = proof_of(key, &program, &[4]);
    assert_eq!(file.tier().unwrap(), &TIERS[0]);
    file.circuit = hex::decode(TIERS[3].circuit).unwrap().try_into().unwrap();
    let error = verify(&key.verifying, &program, &file)
        .unwrap_err()
        .to_string();
    let [ours, others] = [TIERS[0].name, TIERS[3].name];
    let expected = format!("the proof is of tier {others}, and this key is of tier {ours}");
    assert_eq!(error, expected);
    file.circuit[0] ^= 1;
    let error = verify(&key.verifying, &program, &file)
        .unwrap_err()
        .to_string();
    assert_eq!(error, file.tier().unwrap_err().to_string());
    let id = hex::encode(&file.circuit[..6]);
    for part in [
        "of another version",
        &id,
        "before 0.2.0",
        "RET",
        "SECURITY.md",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
}
