//! `provable audit`: whether a disclosed trace is the one that was proved.

use super::args::AuditArgs;
use super::load::read_linked;
use super::output::Output;
use super::read::{self, bytes};
use super::setup::store_failure;
use super::verify::answer::invalid;
use super::verify::keys::held;
use super::verify::proof_file::parse;
use crate::errors::failure::{Exit, Failure};
use crate::files::limits;
use crate::keys;
use provable::lang::quote;
use provable::proof::opening::{AuditError, Opening};
use provable::store::Entry;
use provable::vm::Limits;
use serde_json::{Value, json};

pub fn command(args: &AuditArgs, output: &Output) -> Result<Exit, Failure> {
    let paths = [&args.program, &args.proof, &args.opening];
    read::read_once(paths.into_iter().map(|path| path.as_os_str()))?;
    let program = read_linked(&args.program)?.program;
    let proof = bytes(&args.proof, limits::PROOF)?;
    let opening = bytes(&args.opening, limits::OPENING)?;
    let file = match parse(proof) {
        Ok(file) => file,
        Err(reason) => return invalid(output, &reason, Value::Null),
    };
    let opening = match String::from_utf8(opening).map(|text| Opening::from_json(&text)) {
        Ok(Ok(opening)) => opening,
        Ok(Err(error)) => return invalid(output, &error.to_string(), Value::Null),
        Err(_) => return invalid(output, "the opening is not UTF-8 text", Value::Null),
    };
    let store = keys::store(args.keys.dir.clone())?;
    let keys = keys::list(&store)?;
    let (verifying, origin) = held(&keys, &file.key)?;
    let key = Entry::proving_key(&keys.contents.entries, &file.key).map_err(store_failure)?;
    let key = key.ok_or_else(|| {
        Failure::unusable("an audit needs the proving key, and only its verifying key is held here")
            .help(format!(
                "audit where the key was made, or copy its .pk file from that key store into {}",
                quote::path(store.folder())
            ))
    })?;
    // A run that is longer than the key's circuit is not the one that was proved. A row does eight steps at most.
    let limits = Limits {
        max_steps: verifying.capacities().rows as u64 * 8 + 1,
        ..Limits::default()
    };
    let shown = json!({ "digest": hex::encode(file.key), "origin": origin });
    match opening.audit(&key, &program, &file, limits) {
        Ok(()) => {}
        Err(AuditError::Key(error)) => return Err(store_failure(error)),
        Err(error) => return invalid(output, &error.to_string(), shown),
    }
    output.answer(
        || json!({ "valid": true, "key": shown }),
        || "valid: the disclosed trace is the one that was proved\n".to_string(),
    )?;
    Ok(Exit::Done)
}
