//! `provable verify`: whether a proof shows that this program ran. What can be read but proves nothing is a
//! negative answer with its reason; what cannot be read, and a missing key, is no answer.

mod several;

use super::args::VerifyArgs;
use super::exit::{Exit, Failure};
use super::input::{self, bytes};
use super::output::Output;
use super::run::assemble;
use crate::engine::{keys, PROOF_LIMIT};
use provable_core::program::Program;
use provable_core::proof::file::ProofFile;
use provable_core::proof::store::KeyStore;
use provable_core::proof::{self, KeyError, VerifyingKey};
use serde_json::{json, Value};
use std::path::Path;

/// The largest verifying key read, in bytes.
pub const KEY_LIMIT: u64 = 1 << 20;

/// Runs the command.
pub fn command(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let paths = args.proofs.iter().chain([&args.program]).chain(&args.key);
    input::read_once(paths.map(|path| path.as_os_str()))?;
    let source = input::program(&args.program)?;
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
    let file = match parse(bytes(proof, PROOF_LIMIT)?) {
        Ok(file) => file,
        Err(reason) => return invalid(output, &reason, Value::Null),
    };
    let (key, origin) = key(args, &file.key)?;
    let shown = shown(&key, &origin);
    if let Err(error) = proof::verify(&key, program, &file) {
        return invalid(output, &error.to_string(), shown);
    }
    output.answer(
        || json!({ "valid": true, "key": shown }),
        || {
            format!(
                "valid\n  {:<18}{}\n  {:<18}{}\n  {:<18}{origin}\n  {:<18}{}\n",
                "public input",
                super::run::words(&file.public_input),
                "public output",
                super::run::words(&file.public_output),
                "key",
                "trace commitment",
                hex::encode(file.trace_commitment),
            )
        },
    )?;
    Ok(Exit::Done)
}

/// A proof file from its bytes, or why it is none.
pub fn parse(bytes: Vec<u8>) -> Result<ProofFile, String> {
    let text = String::from_utf8(bytes).map_err(|_| "the proof file is not UTF-8 text")?;
    ProofFile::from_json(&text).map_err(|error| error.to_string())
}

/// The key that decides about a proof, the given one or else the one of the digest that the proof names, and where it
/// came from.
fn key(args: &VerifyArgs, named: &[u8; 32]) -> Result<(VerifyingKey, String), Failure> {
    match &args.key {
        Some(path) => Ok((given(path)?, "given".to_string())),
        None => held(&keys::store(args.keys.dir.clone())?, named),
    }
}

/// The key with this digest, if it is among those held here, and where it came from.
pub fn held(store: &KeyStore, named: &[u8; 32]) -> Result<(VerifyingKey, String), Failure> {
    let found = keys::held(store, named)?;
    Ok((found.key, found.origin.to_string()))
}

/// A key as answers show it.
fn shown(key: &VerifyingKey, origin: &str) -> Value {
    json!({ "digest": hex::encode(key.digest()), "origin": origin })
}

fn given(path: &Path) -> Result<VerifyingKey, Failure> {
    let refused = |error: &dyn std::fmt::Display| {
        Failure::unusable(format!("{} is no verifying key: {error}", path.display()))
    };
    let key =
        VerifyingKey::from_bytes(&bytes(path, KEY_LIMIT)?).map_err(|error| refused(&error))?;
    // A key for another circuit could accept anything: only this version's circuits mean something here.
    match key.tier() {
        Some(_) => Ok(key),
        None => Err(refused(&KeyError::UnknownCircuit)),
    }
}

/// The negative answer.
pub fn invalid(output: &Output, reason: &str, key: Value) -> Result<Exit, Failure> {
    output.answer(
        || json!({ "valid": false, "reason": reason, "key": key }),
        || format!("invalid: {reason}\n"),
    )?;
    Ok(Exit::Negative)
}
