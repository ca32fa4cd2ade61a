//! Proofs that are accepted, with every number that a verifier computes on the way.

use crate::folder::{Folder, is_update, kept, path};
use crate::texts;
use ark_bls12_381::{Fr, G1Projective};
use ark_ec::CurveGroup;
use ark_ff::{BigInteger, PrimeField};
use ark_serialize::CanonicalSerialize;
use provable::circuit::encoding;
use provable::circuit::fit::fit;
use provable::circuit::statement::statement;
use provable::circuit::tier::{TIERS, Tier};
use provable::lang::link::{flat_text, link};
use provable::lang::modules::{Modules, Parsed};
use provable::proof::transcript::{Hasher, challenges, trace_commitment};
use provable::proof::{Silent, setup, system_rng};
use provable::{Inputs, KeyStore, Limits, Program, Proof, Prover, Verifier, VerifyingKey};
use provable_tests::{examples, root};
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};

/// A run and its proof.
pub struct Subject {
    /// Its name, which is that of its files.
    pub name: String,
    /// The linked text.
    pub text: String,
    /// The program.
    pub program: Program,
    /// The tier of the proof.
    pub tier: &'static Tier,
    /// The text of the proof file.
    pub proof: String,
}

/// The key of a tier under which proofs are made.
pub fn key_file(tier: &Tier) -> String {
    format!("keys/{}.vk", tier.name)
}

/// A key of the smallest tier with other trapdoors.
pub const OTHER_KEY: &str = "keys/44-other.vk";

/// The key of [`OTHER_KEY`], which is made if it is missing and files are written.
pub fn other_key() -> VerifyingKey {
    if read_key(OTHER_KEY).is_none() && is_update() {
        let other = setup(&TIERS[0], &mut system_rng(), &Silent).unwrap();
        std::fs::write(path(OTHER_KEY), other.verifying.to_bytes()).unwrap();
    }
    read_key(OTHER_KEY).unwrap()
}

fn read_key(name: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(&kept(name)?).ok()
}

/// Whether the proof that is there is one of this run.
fn holds(key: &VerifyingKey, program: &Program, inputs: &Inputs, proof: &[u8]) -> bool {
    let text = String::from_utf8_lossy(proof);
    let proof = Proof::from_json(&text);
    proof.is_ok_and(|proof| {
        proof.public_input == inputs.public && Verifier::new(key).verify(program, &proof).is_ok()
    })
}

/// The text that `provable link` writes of an example. Examples use no files but those of the standard library.
fn linked(name: &str, text: &str) -> String {
    let modules = Modules::alone(Arc::new(Parsed::new(text)));
    let names = |file: usize| match file {
        0 => format!("{name}.prov"),
        _ => modules.files()[file].id.clone(),
    };
    flat_text(&modules, &link(&modules), &names).unwrap()
}

/// The text, the inputs and the tier of every run. The tier is the smallest one unless it is chosen.
fn runs() -> Vec<(String, String, Inputs, Option<&'static Tier>)> {
    let mut runs = Vec::new();
    for example in examples() {
        let name = example.file_stem().unwrap().to_string_lossy().into_owned();
        let text = linked(&name, &std::fs::read_to_string(&example).unwrap());
        let inputs = std::fs::read_to_string(example.with_extension("inputs.json")).unwrap();
        runs.push((name, text, Inputs::from_json(&inputs).unwrap(), None));
    }
    for (name, text, public, secret, tier) in texts::PROVED {
        let tier = Tier::named(tier).unwrap();
        let inputs = Inputs::new(public, secret);
        runs.push((name.into(), text.into(), inputs, Some(tier)));
    }
    runs
}

/// Every run with its proof. What is missing is made if files are written.
pub fn subjects() -> &'static [Subject] {
    static SUBJECTS: OnceLock<Vec<Subject>> = OnceLock::new();
    SUBJECTS.get_or_init(|| runs().into_iter().map(subject).collect())
}

fn subject(
    (name, text, inputs, wanted): (String, String, Inputs, Option<&'static Tier>),
) -> Subject {
    let program: Program = text.parse().unwrap();
    let limits = Limits::default();
    let tier = match fit(&program, &inputs, limits, wanted) {
        Ok(fit) => fit.tier,
        Err(error) => panic!("{name}: {error}"),
    };
    let file = format!("proofs/{name}.json");
    let proof = kept(&file);
    let key = read_key(&key_file(tier));
    let is_good = proof.as_ref().zip(key.as_ref());
    let is_good = is_good.is_some_and(|(proof, key)| holds(key, &program, &inputs, proof));
    let proof = match proof.filter(|_| is_good) {
        Some(proof) => String::from_utf8(proof).unwrap(),
        None => {
            assert!(is_update(), "tests/vectors/{file} is no proof of this run");
            let store = KeyStore::open(root().join("target/vectors"));
            let proved = Prover::new(&store).tier(tier).prove(&program, &inputs);
            let proved = proved.unwrap();
            let (proving, _) = store.proving_key(tier, &Silent).unwrap();
            // Proofs of the tier that were made under another key are made anew when their turn comes.
            std::fs::write(path(&key_file(tier)), proving.verifying.to_bytes()).unwrap();
            let text = proved.proof.to_json();
            std::fs::write(path(&file), &text).unwrap();
            text
        }
    };
    Subject {
        name,
        text,
        program,
        tier,
        proof,
    }
}

/// The subject of this name.
pub fn subject_named(name: &str) -> &'static Subject {
    subjects().iter().find(|one| one.name == name).unwrap()
}

/// The key that a tier's proofs are made under.
pub fn key_of(tier: &Tier) -> VerifyingKey {
    read_key(&key_file(tier)).unwrap()
}

/// The entries of the manifest, and the files that they name.
pub fn accepted(folder: &mut Folder) -> Vec<Value> {
    let entry = |subject: &Subject| {
        let (name, tier) = (&subject.name, subject.tier);
        let (program, proof) = (
            format!("programs/{name}.prov"),
            format!("proofs/{name}.json"),
        );
        folder.put(&program, subject.text.as_bytes());
        folder.put(&proof, subject.proof.as_bytes());
        let parsed = Proof::from_json(&subject.proof).unwrap();
        json!({
            "name": name,
            "key": key_file(tier),
            "program": program,
            "proof": proof,
            "entries": encoding::length(&subject.program),
            "transcript": transcript(&key_of(tier), &subject.program, &parsed),
        })
    };
    subjects().iter().map(entry).collect()
}

/// A number of the scalar field: 64 hexadecimal digits, the most significant first.
fn number(value: Fr) -> String {
    hex::encode(value.into_bigint().to_bytes_be())
}

/// What a verifier computes.
fn transcript(key: &VerifyingKey, program: &Program, proof: &Proof) -> Value {
    let (input, output) = (&proof.public_input, &proof.public_output);
    let d = &proof.elements.d;
    let tag = b"provable-vm challenges v1";
    let mut hasher = Hasher::new(tag);
    for part in [key.circuit(), key.digest(), program.digest()] {
        hasher.bytes(&part);
    }
    hasher.words(input);
    hasher.words(output);
    hasher.canonical(d);
    let seed = hasher.finish();
    let drawn = challenges(&key.circuit(), &key.digest(), program, input, output, d);
    let values = statement(program, input, output, &key.capacities(), &drawn).unwrap();
    let mut sum = G1Projective::from(key.statement()[0]);
    for (base, value) in key.statement()[1..].iter().zip(values) {
        sum += *base * value;
    }
    let mut point = Vec::new();
    sum.into_affine().serialize_compressed(&mut point).unwrap();
    let [gamma, beta, rho, evaluation, memory] = values.map(number);
    json!({
        "program_digest": hex::encode(program.digest()),
        "key_digest": hex::encode(key.digest()),
        "trace_commitment": hex::encode(trace_commitment(&key.digest(), d)),
        "seed": hex::encode(seed),
        "gamma": gamma,
        "beta": beta,
        "rho": rho,
        "evaluation": evaluation,
        "memory": memory,
        "statement_point": hex::encode(point),
    })
}

/// The keys, with what is in them.
pub fn keys(folder: &mut Folder) -> Vec<Value> {
    let is_used = |tier: &&Tier| subjects().iter().any(|one| one.tier == *tier);
    let mut names: Vec<String> = TIERS.iter().filter(is_used).map(key_file).collect();
    names.push(OTHER_KEY.into());
    let mut entries = Vec::new();
    for name in names {
        let key = read_key(&name).unwrap();
        folder.put(&name, key.to_bytes());
        entries.push(json!({
            "key": name,
            "tier": key.tier().unwrap().name,
            "digest": hex::encode(key.digest()),
            "circuit_id": hex::encode(key.circuit()),
        }));
    }
    entries
}
