//! Changes of one proof: what all refused proof files are made from.

use crate::points;
use crate::proofs::{Subject, key_file, subject_named};
use crate::texts;
use ark_ec::AffineRepr;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use serde_json::Value;

/// A file, and what it is verified with.
pub struct Case {
    pub name: String,
    pub key: String,
    pub program: String,
    pub bytes: Vec<u8>,
    pub reason: &'static str,
}

/// The run whose proof is changed.
pub fn base() -> &'static Subject {
    subject_named(texts::BASE)
}

/// The name and the text of each program that only refused proofs have.
pub fn programs() -> Vec<(&'static str, String)> {
    vec![
        (
            "programs/sum-other.prov",
            texts::SUM.replace("5, 7", "5, 8"),
        ),
        ("programs/long.prov", "NOP\n".repeat(64)),
        (
            "programs/data.prov",
            format!(".data D at 0 0{}\nNOP\n", ", 0".repeat(16)),
        ),
    ]
}

/// The file of a run's program.
pub fn program_of(name: &str) -> String {
    format!("programs/{name}.prov")
}

/// The fields of a proof file.
pub const FIELDS: [&str; 11] = [
    "version",
    "circuit_id",
    "verifying_key_digest",
    "program_digest",
    "public_input",
    "public_output",
    "trace_commitment",
    "a",
    "b",
    "c",
    "d",
];

/// The base's program and key with other bytes in place of the proof.
pub fn case(name: &str, bytes: impl Into<Vec<u8>>, reason: &'static str) -> Case {
    Case {
        name: name.into(),
        key: key_file(base().tier),
        program: program_of(&base().name),
        bytes: bytes.into(),
        reason,
    }
}

/// The base's proof with a part of its text replaced, which it has once.
#[track_caller]
pub fn replaced(from: &str, to: &str) -> String {
    let text = &base().proof;
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

/// The base's proof with another value of a field.
pub fn with(fields: &[(&str, Value)]) -> String {
    let mut value: Value = serde_json::from_str(&base().proof).unwrap();
    let mut lines = Vec::new();
    for (name, new) in fields {
        assert_ne!(&value[*name], new, "{name}");
        value[*name] = new.clone();
    }
    for name in FIELDS {
        lines.push(format!("\"{name}\": {}", value[name]));
    }
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// The digits of a field of the base's proof.
pub fn text_of(field: &str) -> String {
    let value: Value = serde_json::from_str(&base().proof).unwrap();
    value[field].as_str().unwrap().to_owned()
}

/// The negative of a point of the base's proof.
pub fn negated<P: AffineRepr + CanonicalSerialize + CanonicalDeserialize>(field: &str) -> Value {
    let bytes = hex::decode(text_of(field)).unwrap();
    hex::encode(points::negated::<P>(&bytes)).into()
}
