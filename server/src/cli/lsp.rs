//! `provable lsp`: the language server.

use super::args::LspArgs;
use super::exit::{Exit, Failure};
use crate::lsp;

/// Runs the command.
pub fn command(args: &LspArgs) -> Result<Exit, Failure> {
    lsp::main(args.keys.dir.clone())
        .map_err(|error| Failure::unusable(format!("the language server cannot start: {error}")))?;
    Ok(Exit::Done)
}
