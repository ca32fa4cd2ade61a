//! `provable export calldata`: what to send to the contract of a program, for a proof.

use super::evaluation::{evaluation, name, setup};
use crate::cli::args::CalldataArgs;
use crate::cli::destination::destinations;
use crate::cli::load::read_linked;
use crate::cli::output::Output;
use crate::cli::read::{self, bytes};
use crate::cli::verify::keys::{given, held};
use crate::cli::verify::proof_beside;
use crate::cli::verify::proof_file::parse;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::files::limits;
use crate::keys;
use provable::proof::Verifier;
use provable::proof::solidity::{SolidityError, calldata};
use serde_json::json;
use std::io::Write;

pub fn command(args: &CalldataArgs, output: &Output) -> Result<Exit, Failure> {
    let path = match &args.proof {
        Some(path) => path.clone(),
        None => proof_beside(&args.program)?,
    };
    let inputs = [
        ("the program", Some(&args.program)),
        ("the proof", Some(&path)),
        ("the key", args.key.as_ref()),
        ("the trusted setup", args.evaluation.kzg_setup.as_ref()),
    ];
    let inputs = inputs.into_iter();
    let inputs: Vec<_> = inputs
        .filter_map(|(what, path)| Some((what, path?.as_path())))
        .collect();
    read::read_once(inputs.iter().map(|(_, path)| path.as_os_str()))?;
    let wanted = args.output.iter();
    let wanted: Vec<_> = wanted
        .map(|path| (FileKind::Calldata, path.as_path()))
        .collect();
    let (to, output) = &destinations(&wanted, &inputs, output)?;
    let program = read_linked(&args.program)?.program;
    let refused = |reason: String| {
        Failure::negative(format!("{}: {reason}", read::shown(&path)))
            .help("calldata is written of valid proofs only")
    };
    let proof = parse(bytes(&path, limits::PROOF)?).map_err(refused)?;
    let key = match &args.key {
        Some(path) => given(path)?,
        None => held(
            &keys::list(&keys::store(args.keys.dir.clone())?)?,
            &proof.key,
        )?
        .0
        .clone(),
    };
    let setup = setup(&args.evaluation, &program)?;
    let made = calldata(&Verifier::new(&key), &program, &proof, evaluation(&setup));
    let made = made.map_err(|error| match error {
        SolidityError::Proof(error) => refused(error.to_string()),
        error => Failure::unusable(format!("{}: {error}", read::shown(&args.program))),
    })?;
    let digits = |bytes: &[u8]| format!("0x{}", hex::encode(bytes));
    let line = digits(&made.to_bytes());
    for to in to {
        to.write(|out| writeln!(out, "{line}"))?;
    }
    if to.is_empty() && !output.is_json() {
        output.text(&format!("{line}\n"))?;
        return Ok(Exit::Done);
    }
    let file = to.first();
    output.answer(
        || {
            json!({
                "status": "ok",
                "file": file.map(|to| to.path().display().to_string()),
                "evaluation": name(&setup),
                "calldata": line,
                "proof": digits(&made.proof),
                "input": digits(&made.input),
                "output": digits(&made.output),
            })
        },
        || {
            let name = file.map(|to| to.name()).unwrap_or_default();
            format!("wrote the calldata of the proof to {name}\n")
        },
    )?;
    Ok(Exit::Done)
}
