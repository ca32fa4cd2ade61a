//! Proof files: `NAME.proof.json`. Everything in a file is an unverified claim. Verification starts from the program's
//! text.

use super::elements::ProofElements;
use super::error::VerifyError;
use super::pairing::Decode;
use super::transcript::Hash;
use crate::circuit::tier::{MOST_ROWS, TIERS, Tier};
use crate::lang::quote::{object, quoted};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_serialize::CanonicalSerialize;
use serde::{Deserialize, Serialize};

/// The format's version.
pub const VERSION: u32 = 1;

/// A proof and the statement that it claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The circuit's identity.
    pub circuit: Hash,
    /// The verifying key's digest.
    pub key: Hash,
    /// The program's digest.
    pub program: Hash,
    /// The public input.
    pub public_input: Vec<u32>,
    /// The public output.
    pub public_output: Vec<u32>,
    /// The commitment to the trace.
    pub trace_commitment: Hash,
    /// The four points.
    pub elements: ProofElements,
}

/// The fields of the JSON file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    version: u32,
    circuit_id: String,
    verifying_key_digest: String,
    program_digest: String,
    public_input: Vec<u32>,
    public_output: Vec<u32>,
    trace_commitment: String,
    a: String,
    b: String,
    c: String,
    d: String,
}

impl Proof {
    /// The text of the file.
    pub fn to_json(&self) -> String {
        let fields = Fields {
            version: VERSION,
            circuit_id: hex::encode(self.circuit),
            verifying_key_digest: hex::encode(self.key),
            program_digest: hex::encode(self.program),
            public_input: self.public_input.clone(),
            public_output: self.public_output.clone(),
            trace_commitment: hex::encode(self.trace_commitment),
            a: compressed(&self.elements.a),
            b: compressed(&self.elements.b),
            c: compressed(&self.elements.c),
            d: compressed(&self.elements.d),
        };
        // Strings and integers always have a JSON form.
        serde_json::to_string_pretty(&fields).unwrap_or_default() + "\n"
    }

    /// The tier whose circuit the file names.
    ///
    /// # Errors
    /// When this version does not have the circuit. Then no key of this version can verify the proof.
    pub fn tier(&self) -> Result<&'static Tier, VerifyError> {
        let found = hex::encode(self.circuit);
        let tier = TIERS.iter().find(|tier| tier.circuit == found);
        tier.ok_or(VerifyError::UnknownCircuit { found })
    }

    /// Reads the text of a file. Refuses unknown, missing or repeated fields, tapes longer than any run that can be
    /// proved, hexadecimal digits in capitals, and points that are off the curve, outside the subgroup, the identity,
    /// or not in canonical form.
    ///
    /// # Errors
    /// Which field is refused, and why.
    pub fn from_json(text: &str) -> Result<Self, VerifyError> {
        let text =
            object(text).ok_or_else(|| VerifyError::Malformed("it is no JSON object".into()))?;
        let fields: Fields = serde_json::from_str(text)
            .map_err(|error| VerifyError::Malformed(quoted(&error.to_string())))?;
        if fields.version != VERSION {
            let problem = format!(
                "{} is not a version this program reads; it reads {VERSION}",
                fields.version
            );
            return Err(VerifyError::Field {
                field: "version",
                problem,
            });
        }
        Ok(Proof {
            circuit: hash("circuit_id", &fields.circuit_id)?,
            key: hash("verifying_key_digest", &fields.verifying_key_digest)?,
            program: hash("program_digest", &fields.program_digest)?,
            public_input: tape("public_input", fields.public_input)?,
            public_output: tape("public_output", fields.public_output)?,
            trace_commitment: hash("trace_commitment", &fields.trace_commitment)?,
            elements: ProofElements {
                a: point::<G1Affine>("a", &fields.a)?,
                b: point::<G2Affine>("b", &fields.b)?,
                c: point::<G1Affine>("c", &fields.c)?,
                d: point::<G1Affine>("d", &fields.d)?,
            },
        })
    }
}

fn compressed(point: &impl CanonicalSerialize) -> String {
    let mut bytes = Vec::new();
    // Writing to a vector cannot fail.
    let _ = point.serialize_compressed(&mut bytes);
    hex::encode(bytes)
}

/// A row reads or writes at most one word, so a tape is no longer than the largest tier has rows. This also limits the
/// memory that each of many files takes.
fn tape(field: &'static str, words: Vec<u32>) -> Result<Vec<u32>, VerifyError> {
    if words.len() > MOST_ROWS {
        let problem = format!(
            "{} words; a run that can be proved has {MOST_ROWS} rows at most, each with a word at most",
            words.len()
        );
        return Err(VerifyError::Field { field, problem });
    }
    Ok(words)
}

fn bytes(field: &'static str, text: &str, length: usize) -> Result<Vec<u8>, VerifyError> {
    let refuse = |problem: String| VerifyError::Field { field, problem };
    let bytes = hex::decode(text).map_err(|error| refuse(error.to_string()))?;
    if bytes.len() != length {
        return Err(refuse(format!("{} bytes, not {length}", bytes.len())));
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(refuse("hexadecimal digits must be lower case".into()));
    }
    Ok(bytes)
}

fn hash(field: &'static str, text: &str) -> Result<Hash, VerifyError> {
    let bytes = bytes(field, text, 32)?;
    bytes.try_into().map_err(|_| VerifyError::Field {
        field,
        problem: "not 32 bytes".into(),
    })
}

fn point<P: Decode>(field: &'static str, text: &str) -> Result<P, VerifyError> {
    let refuse = |problem: &str| VerifyError::Field {
        field,
        problem: problem.into(),
    };
    let bytes = bytes(field, text, P::BYTES)?;
    let point = P::decode(&bytes)
        .ok_or_else(|| refuse("not a point of the curve's prime-order subgroup"))?;
    if point.is_zero() {
        return Err(refuse("the point at infinity"));
    }
    if compressed(&point) != text {
        return Err(refuse("not the point's canonical form"));
    }
    Ok(point)
}
