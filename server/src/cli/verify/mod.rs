//! `provable verify`: whether a proof shows that this program ran. A file that can be read and proves nothing gets a
//! negative answer with its reason. For a file that cannot be read, and without the key, there is no answer.

pub mod answer;
pub mod keys;
pub mod proof_file;
mod several;

use super::args::VerifyArgs;
use super::load::read_linked;
use super::output::Output;
use super::read::{self, beside, bytes, is_stdin, is_there};
use crate::errors::failure::{Exit, Failure};
use crate::files::limits;
use answer::{invalid, shown, valid};
use keys::Keys;
use proof_file::parse;
use provable::lang::program::Program;
use provable::proof;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub fn command(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let paths = args.proofs.iter().chain([&args.program]).chain(&args.key);
    read::read_once(paths.map(|path| path.as_os_str()))?;
    let program = read_linked(&args.program)?.program;
    match args.proofs.as_slice() {
        [] => one(args, &program, &proof_beside(&args.program)?, output),
        [proof] => one(args, &program, proof, output),
        _ => several::command(args, &program, output),
    }
}

/// The proof that lies beside a program, where `provable prove` writes it.
pub(super) fn proof_beside(program: &Path) -> Result<PathBuf, Failure> {
    if is_stdin(program) {
        return Err(
            Failure::unusable("a program from standard input has no proof beside it")
                .help("give the proof, as in `provable verify - NAME.proof.json`"),
        );
    }
    let path = beside(program, "proof.json");
    if is_there(&path) {
        return Ok(path);
    }
    Err(Failure::unusable(format!(
        "there is no {}, the proof beside the program",
        read::shown(&path)
    ))
    .field("file", json!(read::name_of(&path)))
    .help("make it with `provable prove`, or say where it is: `provable verify PROGRAM PROOF`"))
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
