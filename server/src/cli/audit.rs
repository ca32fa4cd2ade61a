//! `provable audit`: whether a disclosed trace is the one that was proved.

use super::args::AuditArgs;
use super::exit::{Exit, Failure};
use super::input::{self, bytes};
use super::output::Output;
use super::run::assemble;
use super::setup::store_failure;
use super::verify::{held, invalid, parse, PROOF_LIMIT};
use provable_core::proof::opening::{audit, Opening};
use provable_core::proof::store::KeyStore;
use serde_json::{json, Value};

/// The largest opening read, in bytes: it holds the whole trace.
const OPENING_LIMIT: u64 = 1 << 30;

/// Runs the command.
pub fn command(args: &AuditArgs, output: &Output) -> Result<Exit, Failure> {
    let source = input::program(&args.program)?;
    let (_, program) = assemble(&source)?;
    let proof = bytes(&args.proof, PROOF_LIMIT)?;
    let opening = bytes(&args.opening, OPENING_LIMIT)?;
    let file = match parse(proof) {
        Ok(file) => file,
        Err(reason) => return invalid(output, &reason, Value::Null),
    };
    let opening = match Opening::from_bytes(&opening) {
        Ok(opening) => opening,
        Err(error) => return invalid(output, &format!("the opening: {error}"), Value::Null),
    };
    let store = KeyStore::open(args.keys.dir.clone()).map_err(store_failure)?;
    let (key, origin) = held(&store, &file)?;
    let shown = json!({ "digest": hex::encode(key.digest()), "origin": origin });
    if let Err(error) = audit(&store, &key, &program, &file, &opening) {
        return invalid(output, &error.to_string(), shown);
    }
    output.answer(
        || json!({ "valid": true, "key": shown }),
        || "valid: the disclosed trace is the one that was proved\n".to_string(),
    )?;
    Ok(Exit::Done)
}
