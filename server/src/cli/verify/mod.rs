//! `provable verify`: whether a proof shows that this program ran. A file that can be read and proves nothing gets a
//! negative answer with its reason. For a file that cannot be read, and without the key, there is no answer.

mod several;

use super::args::VerifyArgs;
use super::exit::{Exit, Failure};
use super::load::assemble;
use super::output::Output;
use super::read::{self, bytes};
use crate::files::limits;
use crate::keys::{self, Held};
use provable::lang::program::Program;
use provable::lang::quote;
use provable::proof::opening::Opening;
use provable::proof::proof_json::Proof;
use provable::proof::{self, KeyError, VerifyingKey};
use serde_json::{Value, json};
use std::path::Path;

pub fn command(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let paths = args.proofs.iter().chain([&args.program]).chain(&args.key);
    read::read_once(paths.map(|path| path.as_os_str()))?;
    let source = read::program(&args.program)?;
    let (_, program) = assemble(&source)?;
    match args.proofs.as_slice() {
        [proof] => one(args, &program, proof, output),
        _ => several::command(args, &program, output),
    }
}

fn one(
    args: &VerifyArgs,
    program: &Program,
    proof: &Path,
    output: &Output,
) -> Result<Exit, Failure> {
    let file = match parse(bytes(proof, limits::PROOF)?) {
        Ok(file) => file,
        Err(reason) => return invalid(output, &reason, Value::Null),
    };
    let keys = Keys::new(args)?;
    let (key, origin) = keys.of(&file.key)?;
    let shown = shown(key, &origin);
    if let Err(error) = proof::verify(key, program, &file) {
        return invalid(output, &error.to_string(), shown);
    }
    output.answer(
        || valid(&file, &shown),
        || {
            format!(
                "valid\n  {:<18}{}\n  {:<18}{}\n  {:<18}{origin}\n  {:<18}{}\n",
                "public input",
                args.show.show.words(&file.public_input),
                "public output",
                args.show.show.words(&file.public_output),
                "key",
                "trace commitment",
                hex::encode(file.trace_commitment),
            )
        },
    )?;
    Ok(Exit::Done)
}

/// A proof from its bytes, or why this version cannot decide about it. For a circuit that it does not have, no key is
/// looked for.
pub fn parse(bytes: Vec<u8>) -> Result<Proof, String> {
    let text = String::from_utf8(bytes).map_err(|_| "the proof file is not UTF-8 text")?;
    let read = Proof::from_json(&text).and_then(|file| file.tier().map(|_| file));
    read.map_err(|error| match mistaken(&text) {
        Some(what) => format!("{error}; {what}"),
        None => error.to_string(),
    })
}

/// What was given in place of a proof, if it can be recognised.
fn mistaken(text: &str) -> Option<&'static str> {
    let has = |key: &str| text.contains(&format!("\"{key}\""));
    if Opening::begins(text.as_bytes()) {
        return Some("it is an opening: the order is `provable audit PROGRAM PROOF OPENING`");
    }
    let is_inputs = !has("verifying_key_digest") && (has("public") || has("secret"));
    is_inputs.then_some("it looks like inputs: a proof is in a file that ends in .proof.json")
}

/// The keys that may decide about proofs: the given one, or else those that are held here.
enum Keys {
    Given(Box<VerifyingKey>),
    Held(Held),
}

impl Keys {
    fn new(args: &VerifyArgs) -> Result<Self, Failure> {
        Ok(match &args.key {
            Some(path) => Keys::Given(Box::new(given(path)?)),
            None => Keys::Held(keys::list(&keys::store(args.keys.dir.clone())?)?),
        })
    }

    /// The key that decides about a proof that names a key with this digest, and where it came from.
    fn of(&self, named: &[u8; 32]) -> Result<(&VerifyingKey, String), Failure> {
        match self {
            Keys::Given(key) => Ok((key, "given".to_string())),
            Keys::Held(keys) => held(keys, named),
        }
    }
}

/// The key with this digest, if it is among those held here, and where it came from.
pub fn held<'a>(keys: &'a Held, named: &[u8; 32]) -> Result<(&'a VerifyingKey, String), Failure> {
    let (entry, key) = keys.key(named)?;
    Ok((key, entry.origin.to_string()))
}

/// What a valid proof shows. Whoever relies on it need not read the file again, which may be replaced meanwhile.
fn valid(file: &Proof, key: &Value) -> Value {
    json!({
        "valid": true,
        "public_input": file.public_input,
        "public_output": file.public_output,
        "trace_commitment": hex::encode(file.trace_commitment),
        "key": key,
    })
}

/// A key as answers show it.
fn shown(key: &VerifyingKey, origin: &str) -> Value {
    json!({ "digest": hex::encode(key.digest()), "origin": origin })
}

fn given(path: &Path) -> Result<VerifyingKey, Failure> {
    VerifyingKey::from_bytes(&bytes(path, limits::VERIFYING_KEY)?).map_err(|error| {
        let name = quote::path(path);
        Failure::unusable(match error {
            KeyError::UnknownCircuit => format!("{name}: {error}"),
            _ => format!("{name} is no verifying key: {error}"),
        })
    })
}

/// The negative answer.
pub fn invalid(output: &Output, reason: &str, key: Value) -> Result<Exit, Failure> {
    output.answer(
        || json!({ "valid": false, "reason": reason, "key": key }),
        || format!("invalid: {reason}\n"),
    )?;
    Ok(Exit::Negative)
}
