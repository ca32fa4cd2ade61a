//! Soundness against the protocol, zero knowledge of what is published, and what a key must not hold.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use ark_bls12_381::{Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{Field, UniformRand, Zero};
use ark_serialize::CanonicalSerialize;
use provable::circuit::matrices::Matrices;
use provable::circuit::statement::StatementError;
use provable::circuit::{Capacities, Circuit};
use provable::lang::program::Program;
use provable::proof::tier::{TIERS, Tier};
use provable::proof::{
    KeyError, Proof, ProofElements, ProvingKey, Silent, VerifyError, VerifyingKey, setup, verify,
};
use provable::store::{Entry, KeyStore, UNKNOWN};
use rand::rngs::OsRng;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;
use support::proving::{self, at};

fn keys() -> &'static [ProvingKey; 2] {
    static KEYS: OnceLock<[ProvingKey; 2]> = OnceLock::new();
    KEYS.get_or_init(|| [proving::key(), proving::key()])
}

fn compressed(point: &impl CanonicalSerialize) -> Vec<u8> {
    let mut bytes = vec![];
    point.serialize_compressed(&mut bytes).unwrap();
    bytes
}

fn proved(key: &ProvingKey, program: &Program, public: &[u32]) -> Proof {
    proving::proved(key, program, public, &[3]).file
}

const ECHO: &str = "READ,SECRET,ADD,WRITE,HALT";

#[test]
fn another_statement_is_rejected() {
    let [key, other_key] = keys();
    let program = support::assemble(ECHO);
    let honest = proved(key, &program, &[4]);
    verify(&key.verifying, &program, &honest).unwrap();
    let change = |name: &str, change: &dyn Fn(&mut Proof)| {
        let mut file = honest.clone();
        change(&mut file);
        assert!(verify(&key.verifying, &program, &file).is_err(), "{name}");
    };
    let second = proved(key, &program, &[4]);
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
        file.proof.d = second.proof.d;
        file.trace_commitment = second.trace_commitment;
    });
    let replayed = second.proof;
    change("A, B, C of another proof", &|file| {
        let d = file.proof.d;
        file.proof = replayed;
        file.proof.d = d;
    });
    change("A negated", &|file| file.proof.a = -file.proof.a);
    change("identity A", &|file| file.proof.a = G1Affine::zero());
    change("identity D", &|file| file.proof.d = G1Affine::zero());
    let other = support::assemble("READ,SECRET,ADD,WRITE,NOP,HALT");
    assert!(verify(&key.verifying, &other, &honest).is_err());
    assert!(verify(&other_key.verifying, &program, &honest).is_err());
    // The other key's digest grafted on: the pairing refuses.
    let mut grafted = honest.clone();
    grafted.key = other_key.verifying.digest();
    grafted.trace_commitment =
        provable::proof::transcript::trace_commitment(&grafted.key, &grafted.proof.d);
    assert!(verify(&other_key.verifying, &program, &grafted).is_err());
}

/// Too long for the tier: that is the answer before anything is hashed or encoded, whatever digests the file claims.
#[test]
fn lengths_are_refused_first() {
    let [key, _] = keys();
    let capacities = key.verifying.capacities();
    let program = support::assemble(ECHO);
    let mut honest = proved(key, &program, &[4]);
    (honest.program, honest.trace_commitment) = ([0; 32], [0; 32]);
    let kind = |program: &Program, file: &Proof| {
        let answer = verify(&key.verifying, program, file);
        match answer {
            Err(VerifyError::Statement(error)) => Some(error),
            _ => None,
        }
    };
    assert_eq!(kind(&program, &honest), None);
    let of = |length: usize| support::assemble(&vec!["NOP"; length].join(","));
    // The end takes an entry too.
    let (capacity, rows) = (capacities.program, capacities.rows);
    assert_eq!(kind(&of(capacity - 1), &honest), None);
    let length = capacity + 1;
    let refusal = StatementError::ProgramTooLong { length, capacity };
    assert_eq!(kind(&of(capacity), &honest), Some(refusal));
    // NOT takes two.
    let twice = |count: usize| support::assemble(&vec!["NOT"; count].join(","));
    assert_eq!(kind(&twice((capacity - 1) / 2), &honest), None);
    assert!(kind(&twice(capacity / 2), &honest).is_some());
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

/// The forgery that one trapdoor for both blocks, or a leaked σ/γ, would allow: D gains x·(σ/γ), the statement
/// loses it. With the bases σ/κ that are published it fails.
#[test]
fn statement_bases_moved_into_d_are_rejected() {
    let [key, _] = keys();
    let program = support::assemble(ECHO);
    let honest = proved(key, &program, &[4]);
    for base in key.verifying.statement() {
        let mut file = honest.clone();
        file.proof.d = (file.proof.d + *base * Fr::from(5u64)).into_affine();
        file.trace_commitment =
            provable::proof::transcript::trace_commitment(&file.key, &file.proof.d);
        assert!(verify(&key.verifying, &program, &file).is_err());
    }
}

#[test]
fn two_proofs_of_one_run_share_nothing() {
    let [key, _] = keys();
    let program = support::assemble(ECHO);
    let (first, second) = (proved(key, &program, &[4]), proved(key, &program, &[4]));
    assert_ne!(first.proof.a, second.proof.a);
    assert_ne!(first.proof.b, second.proof.b);
    assert_ne!(first.proof.c, second.proof.c);
    assert_ne!(first.proof.d, second.proof.d);
    assert_ne!(first.trace_commitment, second.trace_commitment);
}

/// Anyone can rerandomise A, B, C. The result is a proof of the same statement and the same D, and of no other.
#[test]
fn a_rerandomised_proof_proves_the_same() {
    let [key, _] = keys();
    let program = support::assemble(ECHO);
    let mut file = proved(key, &program, &[4]);
    let (r, s) = (Fr::rand(&mut OsRng), Fr::rand(&mut OsRng));
    let ProofElements { a, b, c, d } = file.proof;
    file.proof = ProofElements {
        a: (a * r.inverse().unwrap()).into_affine(),
        b: (b * r + key.verifying.delta() * (r * s)).into_affine(),
        c: (c + a * s).into_affine(),
        d,
    };
    verify(&key.verifying, &program, &file).unwrap();
    file.public_output = vec![8];
    assert!(verify(&key.verifying, &program, &file).is_err());
}

#[test]
fn every_flipped_bit_of_a_proof_is_rejected() {
    let [key, _] = keys();
    let program = support::assemble(ECHO);
    let text = proved(key, &program, &[4]).to_json();
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

#[test]
fn unsafe_verifying_keys_are_refused() {
    let bytes = keys()[0].verifying.to_bytes();
    let refusal = |at: usize, point: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at..at + point.len()].copy_from_slice(point);
        VerifyingKey::from_bytes(&bytes).unwrap_err()
    };
    let is_weak = |error: &KeyError| matches!(error, KeyError::Degenerate(..));
    let is_identity = |error: &KeyError| matches!(error, KeyError::Identity(_));
    let [gamma, delta] = [at::GAMMA, at::DELTA].map(|at| bytes[at..at + 96].to_vec());
    let negative = compressed(&-keys()[0].verifying.delta());
    let generator = compressed(&G2Affine::generator());
    for (name, at, point) in [
        ("gamma = delta", at::GAMMA, &delta),
        ("gamma = -delta", at::GAMMA, &negative),
        ("kappa = gamma", at::KAPPA, &gamma),
        ("delta = generator", at::DELTA, &generator),
    ] {
        let refusal = refusal(at, point);
        assert!(is_weak(&refusal), "{name}: {refusal}");
    }
    let (none, none_2) = (compressed(&G1Affine::zero()), compressed(&G2Affine::zero()));
    for (name, at, point) in [
        ("identity kappa", at::KAPPA, &none_2),
        ("identity alpha", at::ALPHA, &none),
        ("identity base", at::STATEMENT + 2 * 48, &none),
    ] {
        let refusal = refusal(at, point);
        assert!(is_identity(&refusal), "{name}: {refusal}");
    }
    for end in 0..bytes.len() {
        assert!(VerifyingKey::from_bytes(&bytes[..end]).is_err());
    }
    // A point of the curve outside the subgroup.
    let outside = (1u64..)
        .filter_map(|x| G1Affine::get_point_from_x_unchecked(x.into(), true))
        .find(|point| !point.is_in_correct_subgroup_assuming_on_curve());
    let refusal = refusal(at::ALPHA, &compressed(&outside.unwrap()));
    assert!(matches!(refusal, KeyError::Malformed(_)), "{refusal}");
}

/// A circuit of somebody's own, or one of a version that was unsound, accepts what is false. There is no way by which
/// bytes or capacities of one's own become a key for another circuit than a tier's.
#[test]
fn a_key_for_another_circuit_is_refused() {
    let bytes = keys()[0].verifying.to_bytes();
    assert!(VerifyingKey::from_bytes(&bytes).is_ok());
    let is_refused = |error: KeyError| {
        let message = error.to_string();
        let is_unknown = matches!(error, KeyError::UnknownCircuit);
        is_unknown
            && ["0.2.0", "RET", "SECURITY.md"].map(|part| message.contains(part)) == [true; 3]
    };
    let mut whole = Vec::new();
    keys()[0].write(&mut whole).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = KeyStore::open(Some(folder.path().to_path_buf())).unwrap();
    // Each capacity, and each byte of the circuit's identity.
    for at in (at::CAPACITIES..at::CIRCUIT)
        .step_by(4)
        .chain(at::CIRCUIT..at::CIRCUIT + 32)
    {
        let (mut bytes, mut whole) = (bytes.clone(), whole.clone());
        bytes[at] ^= 1;
        whole[at] ^= 1;
        assert!(
            is_refused(VerifyingKey::from_bytes(&bytes).unwrap_err()),
            "{at}"
        );
        assert!(
            is_refused(ProvingKey::from_bytes(&whole).unwrap_err()),
            "{at}"
        );
        assert!(is_refused(store.import(&bytes).unwrap_err()), "{at}");
    }
    let path = folder.path().join("other.pk");
    whole[at::CIRCUIT] ^= 1;
    std::fs::write(&path, &whole).unwrap();
    assert!(is_refused(ProvingKey::open(&path).unwrap_err()));
    // In the store it is shown, as what it is, and decides about nothing.
    let [entry] = &store.list().unwrap()[..] else {
        panic!("not one key");
    };
    assert_eq!((entry.tier, &entry.key), (UNKNOWN, &None));
    assert!(store.find(&entry.digest).unwrap().is_none());
    let audit = Entry::proving_key(std::slice::from_ref(entry), &entry.digest);
    assert!(is_refused(audit.unwrap_err()));
    // Nor is one made.
    let [smallest, next, ..] = &TIERS;
    let mut smaller = *smallest;
    smaller.capacities.heap -= 1;
    let exchanged = Tier {
        capacities: next.capacities,
        ..*smallest
    };
    for tier in [smaller, exchanged] {
        assert!(is_refused(setup(&tier, &mut OsRng, &Silent).unwrap_err()));
        assert!(is_refused(store.proving_key(&tier, &Silent).unwrap_err()));
    }
}

/// What is said of a proof that names another circuit than the key's: its tier, or that it is of another version.
#[test]
fn a_proof_of_another_circuit_is_told_by_tier_or_version() {
    let [key, _] = keys();
    let program = support::assemble(ECHO);
    let mut file = proved(key, &program, &[4]);
    assert_eq!(file.tier().unwrap(), &TIERS[0]);
    file.circuit = hex::decode(TIERS[3].circuit).unwrap().try_into().unwrap();
    let told = verify(&key.verifying, &program, &file)
        .unwrap_err()
        .to_string();
    let [ours, others] = [TIERS[0].name, TIERS[3].name];
    let expected = format!("the proof is of tier {others}, and this key is of tier {ours}");
    assert_eq!(told, expected);
    file.circuit[0] ^= 1;
    let told = verify(&key.verifying, &program, &file)
        .unwrap_err()
        .to_string();
    assert_eq!(told, file.tier().unwrap_err().to_string());
    let id = hex::encode(&file.circuit[..6]);
    for part in [
        "of another version",
        &id,
        "before 0.2.0",
        "RET",
        "SECURITY.md",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

/// Binding: the matrices, stacked, have full column rank on the committed block and the blind. With and without rows
/// between the first and the last, a table of top limbs, and digits of a bitwise operation that are nibbles.
#[test]
fn committed_columns_are_independent() {
    for (rows, range_bits, bitwise) in [(2, 4, 1), (3, 5, 1), (4, 4, 90)] {
        let circuit = Circuit::new(Capacities {
            rows,
            program: 2,
            range_bits,
            heap: 2,
            stack: 1,
            calls: 1,
            arithmetic: 1,
            bitwise,
            compare: 1,
        })
        .unwrap();
        let layout = &circuit.layout;
        let committed = layout.committed_start()..layout.committed_end();
        let shape =
            format!("{rows} rows, range table 2^{range_bits}, {bitwise} bitwise operations");
        assert_eq!(
            rank(&circuit.matrices, &committed),
            committed.len(),
            "{shape}"
        );
    }
}

/// The rank of the stacked matrices on these variables.
fn rank(matrices: &Matrices, variables: &Range<usize>) -> usize {
    let mut pivots: BTreeMap<usize, BTreeMap<usize, Fr>> = BTreeMap::new();
    for matrix in &matrices.abc {
        for row in 0..matrices.constraints() {
            let mut reduced = BTreeMap::new();
            for (var, coefficient) in matrix.row(row) {
                let var = var as usize;
                if variables.contains(&var) {
                    reduced.insert(var, matrices.coefficients[coefficient as usize]);
                }
            }
            // Eliminate the lowest column until the row is a new pivot or nothing is left.
            while let Some((column, value)) = reduced.first_key_value() {
                let (column, value) = (*column, *value);
                let Some(pivot) = pivots.get(&column) else {
                    let scale = value.inverse().unwrap();
                    reduced.values_mut().for_each(|value| *value *= scale);
                    pivots.insert(column, reduced);
                    break;
                };
                for (other, weight) in pivot {
                    *reduced.entry(*other).or_default() -= value * weight;
                }
                reduced.retain(|_, value| !value.is_zero());
            }
        }
    }
    pivots.len()
}
